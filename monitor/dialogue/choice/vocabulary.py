"""The words a choice can be made of, in every language that is spoken here; a fourth adds its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Final, Self

from monitor.model import DocumentKind, ReviewCycle, When
from monitor.profile.words import fold


@dataclass(frozen=True, slots=True)
class Wish:
    """What words ask for; about what they do not mention they say nothing."""

    is_all: bool = False
    """All States parties."""
    is_pledge: bool = False
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    kinds: frozenset[DocumentKind] = frozenset()
    withdrawals: bool = False
    files: bool | None = None
    """What happens to documents after their publication."""
    is_all_cycles: bool = False
    cycles: frozenset[str] = frozenset()
    when: When | None = None
    is_silent: bool | None = None
    is_paused: bool | None = None

    @property
    def names_countries(self) -> bool:
        """Whether any country is meant, by whatever name."""
        return self.is_pledge or bool(self.regions or self.countries)

    def and_also(self, other: Self) -> Self:
        """Join two wishes; where they contradict each other the other one holds."""
        joined = {
            field.name: _joined(getattr(self, field.name), getattr(other, field.name), field.default)
            for field in fields(self)
        }
        return replace(self, **joined)  # type: ignore[arg-type] # each field joined with its like


def _joined(mine: object, theirs: object, nothing: object) -> object:
    if isinstance(mine, frozenset) and isinstance(theirs, frozenset):
        return mine | theirs
    return mine if theirs is nothing else theirs


_KIND: Final = DocumentKind
# Neither "resume" nor "résumé" is here: without accents nobody can tell which of the two was meant.
PHRASES: Final = (
    (
        Wish(is_all=True),
        (
            "all, everything, every country, all countries, all states parties, world, "
            "tous, tout, tous les pays, tous les états parties, monde, "
            "todos, todo, todos los países, todos los estados partes, mundo"
        ),
    ),
    (
        Wish(is_pledge=True),
        (
            "pledge, transparency pledge, signatories, signatory, "
            "signataires, signataire, engagement, engagement de transparence, "
            "signatarios, signatario, firmantes, compromiso, compromiso de transparencia"
        ),
    ),
    (
        Wish(kinds=frozenset({_KIND.SELF_ASSESSMENT})),
        (
            "self-assessment, self-assessments, self-assessment checklist, self-assessment checklists, "
            "auto-évaluation, auto-évaluations, liste de contrôle pour l'auto-évaluation, "
            "autoevaluación, autoevaluaciones, lista de verificación para la autoevaluación"
        ),
    ),
    (
        Wish(kinds=frozenset({_KIND.COUNTRY_REPORT})),
        (
            "country report, country reports, report, reports, country review report, country review reports, "
            "rapport de pays, rapports de pays, rapport, rapports, rapport d'examen de pays, rapports d'examen de pays, "
            "informe sobre el país, informes sobre el país, informes sobre los países, informe de país, informes de países, informe, informes"
        ),
    ),
    (
        Wish(kinds=frozenset({_KIND.EXECUTIVE_SUMMARY})),
        (
            "executive summary, executive summaries, summary, summaries, "
            "résumé analytique, résumés analytiques, résumés, "
            "resumen, resúmenes, resumen ejecutivo, resúmenes ejecutivos"
        ),
    ),
    (
        Wish(kinds=frozenset({_KIND.FOLLOW_UP})),
        (
            "follow-up, follow-ups, follow-up document, follow-up documents, "
            "suivi, suivis, document de suivi, documents de suivi, "
            "seguimiento, seguimientos, documento de seguimiento, documentos de seguimiento"
        ),
    ),
    (
        Wish(withdrawals=True),
        "withdrawal, withdrawals, withdrawn, retrait, retraits, retirés, retirada, retiradas, retiro, retiros",
    ),
    (
        Wish(files=True),
        (
            "files, file changes, with files, dead links, what happens to documents later, "
            "fichiers, avec fichiers, avec les fichiers, liens morts, ce que deviennent les documents, "
            "ce que deviennent les documents par la suite, "
            "archivos, ficheros, con archivos, con ficheros, enlaces rotos, "
            "qué pasa después con los documentos, lo que pasa después con los documentos"
        ),
    ),
    (
        Wish(files=False),
        ("without files, no files, sans fichiers, sans les fichiers, sin archivos, sin ficheros"),
    ),
    (
        Wish(is_all_cycles=True),
        "all cycles, all review cycles, every cycle, tous les cycles, tous les cycles d'examen, todos los ciclos, todos los ciclos de examen",
    ),
    (
        Wish(when=When.AT_ONCE),
        (
            "at once, immediately, now, aussitôt, immédiatement, tout de suite, "
            "al momento, de inmediato, inmediatamente, enseguida"
        ),
    ),
    (
        Wish(when=When.DAILY),
        (
            "daily, every day, daily digest, quotidien, chaque jour, tous les jours, par jour, résumé quotidien, "
            "diario, diariamente, cada día, todos los días, a diario, resumen diario"
        ),
    ),
    (
        Wish(when=When.WEEKLY),
        (
            "weekly, every week, weekly digest, hebdomadaire, chaque semaine, toutes les semaines, par semaine, "
            "résumé hebdomadaire, semanal, semanalmente, cada semana, todas las semanas, resumen semanal"
        ),
    ),
    (
        Wish(is_silent=True),
        (
            "silent, silently, without sound, no sound, silencieux, sans son, en silence, "
            "silencioso, sin sonido, en silencio"
        ),
    ),
    (Wish(is_silent=False), "sound, with sound, son, avec son, avec du son, sonido, con sonido"),
    (Wish(is_paused=True), "pause, paused, en pause, pausa, en pausa"),
    (Wish(is_paused=False), "continue, reprendre, continuer, reanudar, continuar"),
)
"""What can be said besides the names of countries, regions and cycles; case, accents and spaces do not matter."""
_CYCLE: Final = "{id}, cycle {id}, cycles {id}, review cycle {id}, cycle d'examen {id}, ciclo {id}, ciclos {id}, ciclo de examen {id}"


def key(text: str) -> str:
    """Give the form in which two spellings of one phrase are equal: no case, accents, spaces or punctuation."""
    return fold(text).replace(" ", "")


def _phrases(phrases: str, wish: Wish) -> Iterable[tuple[str, Wish]]:
    return ((key(phrase), wish) for phrase in phrases.split(","))


KEYWORDS: Final = {written: wish for wish, phrases in PHRASES for written, wish in _phrases(phrases, wish)}
"""What each phrase asks for, by its key."""


def cycle_words(cycles: Iterable[ReviewCycle]) -> dict[str, Wish]:
    """Give what the names of review cycles ask for, by key."""
    named = ((cycle, Wish(cycles=frozenset({cycle.id}))) for cycle in cycles)
    return {
        written: wish for cycle, wish in named for written, wish in _phrases(_CYCLE.format(id=cycle.id), wish)
    }
