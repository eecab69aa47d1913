"""The one table that says what each kind of revision demands; publishing enforces it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from newsroom.meaning import Touch
from newsroom.models import Kind

FALLBACK = "en"


class Notice(StrEnum):
    """Where the article itself says that it was changed."""

    NONE = "none"
    TOP = "top"
    FOOT = "foot"


@dataclass(frozen=True, slots=True)
class Rule:
    """What one kind of revision demands.

    note_required: there must be a public note.
    note_names_change: the note must name words that went or came, so that it says what was wrong and what is right.
    second_editor: somebody other than its editor must have approved it.
    listed: it stands in the site's public record and feeds; every kind stands in the article's changelog.
    minor: the changelog folds it.
    names: what it is called on pages of an article, by the article's language.
    """

    names: Mapping[str, str]
    note_required: bool = False
    note_names_change: bool = False
    second_editor: bool = False
    listed: bool = False
    notice: Notice = Notice.NONE
    minor: bool = False


def _names(**names: str) -> Mapping[str, str]:
    return MappingProxyType(names)


POLICY: Mapping[Kind, Rule] = MappingProxyType(
    {
        Kind.PUBLICATION: Rule(
            _names(
                en="Publication",
                uk="Публікація",
                fr="Publication",
                es="Publicación",
                de="Veröffentlichung",
                ar="نشر",
            )
        ),
        Kind.UPDATE: Rule(
            _names(
                en="Update",
                uk="Оновлення",
                fr="Mise à jour",
                es="Actualización",
                de="Aktualisierung",
                ar="تحديث",
            )
        ),
        Kind.TYPO: Rule(
            _names(
                en="Typing error",
                uk="Одруківка",
                fr="Coquille",
                es="Errata",
                de="Tippfehler",
                ar="خطأ مطبعي",
            ),
            minor=True,
        ),
        Kind.CLARIFICATION: Rule(
            _names(
                en="Clarification",
                uk="Уточнення",
                fr="Précision",
                es="Aclaración",
                de="Klarstellung",
                ar="توضيح",
            ),
            note_required=True,
            listed=True,
            notice=Notice.FOOT,
        ),
        Kind.CORRECTION: Rule(
            _names(
                en="Correction",
                uk="Виправлення",
                fr="Rectificatif",
                es="Corrección",
                de="Korrektur",
                ar="تصحيح",
            ),
            note_required=True,
            note_names_change=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
        Kind.RETRACTION: Rule(
            _names(
                en="Retraction",
                uk="Відкликання",
                fr="Rétractation",
                es="Retractación",
                de="Rücknahme",
                ar="سحب المقال",
            ),
            note_required=True,
            second_editor=True,
            listed=True,
            notice=Notice.TOP,
        ),
    }
)
LISTED_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.listed)
NOTICE_KINDS = tuple(kind for kind, rule in POLICY.items() if rule.notice is not Notice.NONE)


def needs_second_editor(kind: Kind, touches: frozenset[Touch]) -> bool:
    """Whether a change of this kind needs two pairs of eyes.

    A change that touches a number, name, link, quotation or negation may alter the meaning, so calling it a typing
    error takes a second editor too.
    """
    return POLICY[kind].second_editor or (kind is Kind.TYPO and bool(touches))


def kind_name(kind: Kind, language: str) -> tuple[str, str]:
    """What a kind is called in a language such as "uk" or "de-AT", and the language of that name.

    English stands in for a language that the table does not know.
    """
    names, base = POLICY[kind].names, language.partition("-")[0].lower()
    return (names[base], base) if base in names else (names[FALLBACK], FALLBACK)
