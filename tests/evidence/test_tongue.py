from __future__ import annotations

import pytest

from monitor.evidence.tongue import language_of

TEXTS = {
    "en": "The review of the implementation of the Convention by the State was carried out on the basis of the responses that were "
    "received from the authorities, and the outcome of the constructive dialogue is to be found in this report.",
    "fr": "L'examen de l'application de la Convention par l'État a été effectué sur la base des réponses reçues des autorités, et les "
    "résultats du dialogue constructif sont présentés dans le présent rapport pour les deux chapitres.",
    "es": "El examen de la aplicación de la Convención por el Estado se realizó sobre la base de las respuestas que se recibieron de las "
    "autoridades, y el resultado del diálogo constructivo se presenta en el informe de los dos capítulos.",
    "pt": "A revisão da implementação da Convenção pelo Estado foi realizada com base nas respostas que foram recebidas das autoridades, "
    "e o resultado do diálogo construtivo não é apresentado no relatório para os dois capítulos da revisão, mas na página.",
    "ru": "Обзор хода осуществления Конвенции проводился на основе ответов, полученных от органов власти государства, и результатов диалога.",
    "ar": "أجري استعراض تنفيذ الاتفاقية على أساس الردود الواردة من السلطات في الدولة المستعرضة وعلى أساس نتائج الحوار البناء بين الخبراء",
    "zh": "本报告根据缔约国当局的答复以及各国政府专家之间的建设性对话结果对公约实施情况进行审议，并就良好做法、挑战和技术援助需求作出说明。"
    "审议工作由来自两个缔约国的专家在秘书处的支持下完成。",
}


@pytest.mark.parametrize(("code", "text"), TEXTS.items())
def test_a_text_is_in_its_language(code: str, text: str) -> None:
    assert language_of(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "the of and",
        "12345 67890 " * 50,
        "Lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore",
        TEXTS["en"][:150] + TEXTS["ru"],
        "Der Bericht über die Umsetzung des Übereinkommens wurde von den Behörden des Staates am Montag vorgelegt",
    ],
)
def test_what_is_not_clear_has_no_language(text: str) -> None:
    assert language_of(text) == ""


NEIGHBOURS = {
    "it": (
        "La relazione sull'attuazione della Convenzione da parte dello Stato è stata presentata dalle "
        "autorità nel corso della riunione, e una parte dei risultati del dialogo costruttivo si trova "
        "nel rapporto. Il gruppo ha esaminato le risposte con attenzione e le autorità hanno fornito una"
        " serie di chiarimenti per la parte che riguarda la cooperazione internazionale, con una sintesi"
        " al termine della visita."
    ),
    "ca": (
        "L'examen de l'aplicació de la Convenció per part de l'Estat es va realitzar sobre la base de "
        "les respostes que es van rebre de les autoritats, i el resultat del diàleg constructiu es "
        "presenta en aquest informe. Els experts de la Secretaria van visitar el país i es van reunir "
        "amb els representants de la societat civil, que no van formular cap objecció a la publicació "
        "del document."
    ),
    "ro": (
        "Examinarea punerii în aplicare a Convenției de către stat a fost efectuată pe baza "
        "răspunsurilor primite de la autorități, iar rezultatul dialogului constructiv este prezentat în"
        " acest raport. Statul a adoptat o serie de măsuri pentru a preveni corupția și pentru a "
        "consolida cooperarea internațională cu celelalte state, în special în ceea ce privește "
        "extrădarea."
    ),
    "nl": (
        "De evaluatie van de uitvoering van het Verdrag door de staat werd uitgevoerd op basis van de "
        "antwoorden die van de autoriteiten zijn ontvangen, en de uitkomst van de constructieve dialoog "
        "is in dit verslag te vinden. De regering is van plan om de wet te wijzigen en de instellingen "
        "in het land te versterken."
    ),
    "de": (
        "Der Bericht über die Umsetzung des Übereinkommens wurde von den Behörden des Staates am Montag "
        "in Wien vorgelegt, und die Ergebnisse des Dialogs sind in dem Bericht zu finden, der von der "
        "Regierung veröffentlicht worden ist. Die Regierung hat zugesagt, das Gesetz zu ändern."
    ),
    "id": (
        "Tinjauan atas pelaksanaan Konvensi oleh Negara dilakukan berdasarkan jawaban yang diterima dari"
        " pihak berwenang, dan hasil dialog konstruktif dapat ditemukan dalam laporan ini. Pemerintah "
        "telah berkomitmen untuk mengubah undang-undang dan memperkuat lembaga yang ada di negara "
        "tersebut untuk mencegah korupsi."
    ),
    "uk": (
        "Огляд ходу здійснення Конвенції проводився на основі відповідей, отриманих від органів "
        "державної влади, і результатів конструктивного діалогу, який відбувся під час візиту до країни."
    ),
    "bg": (
        "Прегледът на изпълнението на Конвенцията беше извършен въз основа на отговорите, получени от "
        "органите на държавата, и на резултатите от конструктивния диалог между експертите."
    ),
    "sr": (
        "Преглед примене Конвенције је спроведен на основу одговора које су доставили органи државе и "
        "резултата конструктивног дијалога који је вођен током посете земљи."
    ),
    "mn": (
        "Конвенцийн хэрэгжилтийн тойм нь төрийн байгууллагуудаас ирүүлсэн хариулт болон бүтээлч яриа "
        "хэлэлцээний үр дүнд үндэслэн хийгдсэн болно."
    ),
    "kk": (
        "Конвенцияның орындалуын шолу мемлекеттік органдардан алынған жауаптар негізінде және сындарлы "
        "диалог нәтижелері бойынша жүргізілді."
    ),
    "fa": (
        "بررسی اجرای کنوانسیون بر پایه پاسخ\u200cهایی که از مقامات کشور دریافت شده بود و بر اساس نتایج گفتگوی"
        " سازنده میان کارشناسان انجام گرفت و گزارش آن منتشر شد"
    ),
    "ur": (
        "کنونشن کے نفاذ کا جائزہ ریاست کے حکام سے موصول ہونے والے جوابات اور ماہرین کے درمیان تعمیری "
        "مکالمے کے نتائج کی بنیاد پر لیا گیا ہے"
    ),
    "ja": (
        "本報告書は、締約国の当局から受領した回答および専門家間の建設的な対話の結果に基づいて、条約の実施状況を審査したものであり、良好な慣行、課題および技術援助の必要性について記述している。審査は二"
        "つの締約国の専門家によって行われた。"
    ),
    "gl": (
        "O exame da aplicación da Convención polo Estado realizouse sobre a base das respostas que se "
        "recibiron das autoridades, e o resultado do diálogo construtivo preséntase neste informe. Os "
        "expertos da Secretaría visitaron o país e reuníronse cos representantes da sociedade civil."
    ),
}
"""The same, in languages that are none of the seven."""


@pytest.mark.parametrize("name", NEIGHBOURS)
def test_a_language_that_is_none_of_ours_is_not_taken_for_its_neighbour(name: str) -> None:
    assert language_of(NEIGHBOURS[name]) == ""


def test_words_that_were_taken_apart_have_no_language() -> None:
    assert language_of(" ".join(TEXTS["en"].replace(" ", ""))) == ""


def test_a_name_in_another_script_changes_nothing() -> None:
    assert language_of(TEXTS["ru"] * 3 + " Київ") == "ru"
    assert (
        language_of(TEXTS["pt"].replace("ã", "a\u0303").replace("ç", "c\u0327").replace("õ", "o\u0303"))
        == "pt"
    )


def test_a_list_of_names_has_no_language() -> None:
    names = "Albania Benin Chile Denmark Ecuador Fiji Ghana Honduras Iceland Jordan Kenya Lebanon Mexico Nepal Oman"
    assert (
        language_of(f"{names} the {names} of {names} and {names} the {names} and {names} of {names} the")
        == ""
    )


def test_half_a_text_in_another_alphabet_has_no_language() -> None:
    greek = "Η επισκόπηση της εφαρμογής της Σύμβασης πραγματοποιήθηκε με βάση τις απαντήσεις των αρχών του κράτους "
    assert language_of(TEXTS["en"] + greek * 3) == ""
