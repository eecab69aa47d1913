"""The public note of a change in the article's language, by the house's own sentences or those below."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from newsroom.languages import override_language, supported_language
from newsroom.models import Article, Kind, NotePattern, Revision
from newsroom.notes.writing import Sentence, write_note
from newsroom.publishing.policy import binding_changes
from newsroom.text.canonical import Wording

# Quotation marks come with the words. Translators: keep the braces.
DEFAULTS = {
    Sentence.NUMBER: pgettext_lazy("public note", "An earlier version of this article said {old}. It is {new}."),
    Sentence.NAME: pgettext_lazy(
        "public note", "An earlier version of this article gave a wrong name, {old}. The right name is {new}."
    ),
    Sentence.WORDS: pgettext_lazy(
        "public note", "An earlier version of this article said {old}. It should have said {new}."
    ),
    Sentence.REMOVED: pgettext_lazy(
        "public note", "An earlier version of this article said {old}. That was wrong and has been removed."
    ),
    Sentence.ADDED: pgettext_lazy("public note", "An earlier version of this article left out {new}."),
    Sentence.LINK: pgettext_lazy(
        "public note", "A link in this article led to the wrong place and has been corrected."
    ),
    Sentence.SEVERAL: pgettext_lazy("public note", "This article has been corrected in several places: {changes}."),
    Sentence.CLEARER_WORDS: pgettext_lazy(
        "public note", "This article has been made clearer: it said {old}, and now says {new}."
    ),
    Sentence.CLEARER_REMOVED: pgettext_lazy(
        "public note", "This article has been made clearer: {old} has been taken out."
    ),
    Sentence.CLEARER_ADDED: pgettext_lazy("public note", "This article has been made clearer: {new} has been added."),
    Sentence.CLEARER_SEVERAL: pgettext_lazy(
        "public note", "This article has been made clearer in several places: {changes}."
    ),
    Sentence.ITEM_WORDS: pgettext_lazy("public note", "{new} instead of {old}"),
    Sentence.ITEM_REMOVED: pgettext_lazy("public note", "{old} has been removed"),
    Sentence.ITEM_ADDED: pgettext_lazy("public note", "{new} has been added"),
    Sentence.RETRACTION: pgettext_lazy(
        "public note", "This article has been retracted because of errors that concern it as a whole."
    ),
}


def default_patterns(language: str) -> dict[Sentence, str]:
    with override_language(language):
        return {sentence: str(text) for sentence, text in DEFAULTS.items()}


def house_patterns(language: str) -> Mapping[Sentence, str]:
    """The sentences for articles in a language such as "de-AT", with the house's own in their place."""
    own = NotePattern.objects.filter(language=supported_language(language))
    return default_patterns(language) | {Sentence(each.sentence): each.text for each in own}


def written_note(
    article: Article,
    *,
    base: Revision | None,
    kind: str,
    wording: Wording,
    patterns: Mapping[Sentence, str] | None = None,
) -> str:
    """The note that fits the change, in the article's language; empty where none is needed or no words can be named.

    `patterns` are the house's, if they were read before.

    Of withheld words there is nothing to quote, so no note either.
    """
    content = base.content if base else None
    if content is None or kind in ("", Kind.PUBLICATION):
        return ""
    patterns = patterns or house_patterns(article.language)
    if kind == Kind.RETRACTION:
        return patterns[Sentence.RETRACTION]
    if kind in (Kind.TYPO, Kind.UPDATE) and not binding_changes(article, base=base, kind=Kind(kind), wording=wording):
        return ""
    clearer = kind == Kind.CLARIFICATION
    return write_note(content.wording, wording, language=article.language, patterns=patterns, clearer=clearer)
