"""Targets of Ctrl + K: articles and cases by their words or numbers."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from corrections.models import Case, SavedFilter
from newsroom.models import Article, Editor
from newsroom.text.forbidden_characters import FORBIDDEN

MOST_ARTICLES = 8
LONGEST = 100  # characters looked for


@dataclass(frozen=True, slots=True)
class JumpTarget:
    label: str
    hint: str
    url: str


def find_targets(words: str, *, by: Editor) -> list[JumpTarget]:
    """The case of that number, the editor's lists, articles by headline or address, the search through the cases."""
    words = " ".join(FORBIDDEN.sub(" ", words).split())[:LONGEST]
    cases = reverse("admin:corrections_case_changelist")
    mine = SavedFilter.objects.filter(editor=by, name__icontains=words).order_by("name")[:MOST_ARTICLES]
    named = [JumpTarget(each.name, _("your list"), f"{cases}?{each.query}") for each in mine]
    if not words:
        return named
    search = JumpTarget(
        _("Search the cases for “%(words)s”") % {"words": words}, "", f"{cases}?{urlencode({'q': words})}"
    )
    return [*_case(words), *named, *(_articles(words) if by.has_perm("newsroom.view_article") else []), search]


def _case(words: str) -> list[JumpTarget]:
    digits = words.removeprefix("#")
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 16):
        return []
    case = Case.objects.select_related("article").filter(pk=int(digits)).first()
    if case is None:
        return []
    label = _("Case %(number)s") % {"number": case.pk}
    return [JumpTarget(label, str(case), reverse("admin:corrections_case_change", args=[case.pk]))]


def _articles(words: str) -> list[JumpTarget]:
    named = Q(current__stored_text__headline__icontains=words) | Q(slug__icontains=words)
    found = Article.objects.filter(named).order_by("-pk").values_list("pk", "slug", "current__stored_text__headline")
    return [
        JumpTarget(headline or slug, _("article"), reverse("admin:newsroom_article_change", args=[pk]))
        for pk, slug, headline in found[:MOST_ARTICLES]
    ]
