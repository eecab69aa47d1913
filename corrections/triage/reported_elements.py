"""Pictures, figures, tables and notices that readers report, found again in the revision that they read."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import Truncator

from corrections.models import AboutElement, Suggestion
from newsroom.models import Article, Revision, RevisionText
from newsroom.publishing.policy import NOTICE_KINDS
from newsroom.text.canonical import canonical_text
from newsroom.text.elements import element_html, elements_html, first_picture


def reported_html(revision: Revision, element: str, index: int) -> str | None:
    """The element's markup in a revision; None where there is no such element, or its text was withheld."""
    if element == AboutElement.NOTICE:
        return None
    content = RevisionText.objects.filter(revision=revision.pk).first()
    return element_html(content.body, element, index) if content else None


def reported_notice(article: Article, number: int) -> Revision | None:
    """The revision whose notice readers see."""
    return article.revisions.filter(number=number, kind__in=NOTICE_KINDS).first()


def is_known_element(revision: Revision, element: str, index: int) -> bool:
    if element == AboutElement.NOTICE:
        return index <= revision.number and reported_notice(revision.article, index) is not None
    return reported_html(revision, element, index) is not None


LABEL_LENGTH = 80
SHOWN_BY_ITSELF = re.compile("<(?:img|table)[ >]")  # a figure around it is not offered beside it


@dataclass(frozen=True, slots=True)
class ReportedElement:
    """What a case without a passage is about, as its first reader saw it; `html` is None where it was withheld.

    Of a notice, `notice` is the revision that it belongs to.
    """

    label: str
    html: str | None
    notice: Revision | None
    read_in: Revision


def reported_element(suggestions: Iterable[Suggestion]) -> ReportedElement | None:
    """The element of the first suggestion that is about one; None for words and the article as a whole."""
    for suggestion in suggestions:
        element, index = suggestion.about_element, suggestion.about_index
        if element and index is not None:
            label, read_in = suggestion.get_about_element_display(), suggestion.read_in
            if element == AboutElement.NOTICE:
                return ReportedElement(label, None, reported_notice(suggestion.article, index), read_in)
            return ReportedElement(label, reported_html(read_in, element, index), None, read_in)
    return None


@dataclass(frozen=True, slots=True)
class ElementChoice:
    """An element that readers may report, as a form offers it; `value` is "<element>-<index>"."""

    element: str
    index: int
    words: str

    @property
    def value(self) -> str:
        return f"{self.element}-{self.index}"

    @property
    def label(self) -> str:
        name = str(AboutElement(self.element).label)
        if self.element != AboutElement.NOTICE:
            name = f"{name} {self.index + 1}"
        return f"{name}: {self.words}" if self.words else name


def element_choices(revision: Revision) -> list[ElementChoice]:
    """Pictures, tables, other figures, and the notices that readers of this revision see."""
    content = RevisionText.objects.filter(revision=revision.pk).first()
    body = content.body if content else ""
    choices = [
        ElementChoice(element, index, _words(html))
        for element in (AboutElement.PICTURE, AboutElement.TABLE, AboutElement.FIGURE)
        for index, html in enumerate(elements_html(body, element))
        if element != AboutElement.FIGURE or not SHOWN_BY_ITSELF.search(html)
    ]
    notices = revision.article.revisions.filter(kind__in=NOTICE_KINDS, number__lte=revision.number)
    return choices + [
        ElementChoice(AboutElement.NOTICE, notice.number, Truncator(notice.note).chars(LABEL_LENGTH))
        for notice in notices.order_by("number")
    ]


def _words(html: str) -> str:
    picture = first_picture(html) if html.startswith("<img") else None
    return Truncator(picture.alt if picture else " ".join(canonical_text(html).split())).chars(LABEL_LENGTH)


def element_digest(suggestion: Suggestion) -> str:
    """SHA-256 of what was reported, so that readers of two revisions share a case; empty for words and when withheld.

    `suggestion` has `read_in__stored_text` prefetched.
    """
    if not suggestion.about_element or suggestion.about_index is None:
        return ""
    if suggestion.about_element == AboutElement.NOTICE:
        return _digest(f"notice {suggestion.about_index}")
    content = suggestion.read_in.content
    html = element_html(content.body, suggestion.about_element, suggestion.about_index) if content else None
    return _digest(html) if html else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
