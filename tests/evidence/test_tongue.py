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
