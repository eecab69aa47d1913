"""The policy in words, generated from the table that publishing enforces."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from newsroom.languages import native_name
from newsroom.models import Kind, Source
from newsroom.publishing.policy import POLICY, KindRule, MeaningRule, Notice, kind_name

MEANINGS: dict[Kind, str | Promise] = {
    Kind.PUBLICATION: gettext_lazy("The article appears for the first time."),
    Kind.UPDATE: gettext_lazy("The news moved on. What we said before was right when we said it."),
    Kind.TYPO: gettext_lazy("A slip of the keyboard. The meaning stays the same."),
    Kind.CLARIFICATION: gettext_lazy("What we said was right, but it could be misread or something was missing."),
    Kind.CORRECTION: gettext_lazy("What we said was wrong."),
    Kind.RETRACTION: gettext_lazy("We no longer stand by the article."),
    Kind.OBSERVED: gettext_lazy("The article changed on its own site, and nobody told us why. We only saw it."),
}
PLACES: dict[Notice, str | Promise] = {
    Notice.NONE: gettext_lazy("In the article’s record of changes."),
    Notice.FOOT: gettext_lazy("At the foot of the article, and in its record of changes."),
    Notice.TOP: gettext_lazy("On top of the article, and in its record of changes."),
}
ALSO_LISTED = gettext_lazy("Also on our page of corrections and in its feeds.")


@dataclass(frozen=True, slots=True)
class PolicyRow:
    kind: str
    name: str
    meaning: str | Promise
    note: str | Promise
    place: str | Promise
    editors: str | Promise


@dataclass(frozen=True, slots=True)
class KindNames:
    """Names of the kinds in one language."""

    code: str
    native_name: str
    kinds: list[str]


def policy_rows(language: str) -> list[PolicyRow]:
    """One row per kind, named in that language."""
    return [
        PolicyRow(kind.value, kind_name(kind, language)[0], MEANINGS[kind], _note(rule), _place(rule), _editors(rule))
        for kind, rule in _kinds()
    ]


def named_languages() -> list[KindNames]:
    codes = [code for code, _name in settings.LANGUAGES]
    return [
        KindNames(code, native_name(code), [kind_name(kind, code)[0] for kind, _rule in _kinds()]) for code in codes
    ]


def _kinds() -> list[tuple[Kind, KindRule]]:
    """Without what is only seen on other sites, unless there are some."""
    elsewhere = Source.objects.exists()
    return [(kind, rule) for kind, rule in POLICY.items() if elsewhere or kind is not Kind.OBSERVED]


def _note(rule: KindRule) -> str | Promise:
    if rule.note_names_change:
        return gettext_lazy("Always a note: what was wrong, and what is right")
    if rule.note_required:
        return gettext_lazy("Always a note that says why")
    return gettext_lazy("The changed words; a note where it helps")


def _place(rule: KindRule) -> str:
    place = str(PLACES[rule.notice])
    return f"{place} {ALSO_LISTED}" if rule.listed else place


def _editors(rule: KindRule) -> str | Promise:
    if rule.second_editor:
        return gettext_lazy("Two editors")
    if rule.meaning is MeaningRule.REPORTED:
        return gettext_lazy(
            "One editor; two and a note if it touches a number, a name, a link, a quotation or a “not” in a passage "
            "that readers have reported"
        )
    if rule.meaning is MeaningRule.ALWAYS:
        return gettext_lazy("One editor; two and a note if it touches a number, a name, a link, a quotation or a “not”")
    return gettext_lazy("One editor")
