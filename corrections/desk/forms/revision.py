"""Forms that make a new revision: of the passage, or of the whole article."""

import re
from copy import copy
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.anchoring.spans import Span
from corrections.decisions.compose import KIND_OF_CATEGORY, Composition, Edit, compose
from corrections.decisions.messages import REFUSALS
from corrections.decisions.variants import DIFF_CONTEXT, normalize_newlines
from corrections.desk.forms.base import DecisionForm
from corrections.desk.forms.kinds import clean_public_note, kinds_for
from corrections.desk.forms.widening import widths_of
from corrections.models import Case
from corrections.screening.flags import WARNINGS, Flag, find_flags
from newsroom.admin.widgets import HiddenText, RichTextarea
from newsroom.models import Editor, Kind, Revision
from newsroom.publishing.drafts import DeadLinks, refuse_dead_links
from newsroom.publishing.messages import explain
from newsroom.publishing.notes import written_note
from newsroom.publishing.publish import StaleRevision, clean_wording

PARTS = ("headline", "standfirst", "byline", "body")
VARIANT_VALUE = re.compile(r"(\d{1,9})-(\d{1,9}):(.*)", re.DOTALL)


class UnconfirmedWarnings(Exception):
    """The editor has not confirmed the warnings about the change; `flags` names them."""

    def __init__(self, flags: list[str]) -> None:
        super().__init__(flags)
        self.flags = flags


def edit_warnings(edit: Edit, base: Revision) -> list[str]:
    """Warnings about the text that would be published."""
    case, span = edit.case, edit.span or Span(edit.case.start or 0, edit.case.end or 0)
    text = base.require_content().canonical(case.field)
    found = find_flags(
        text[span.start : span.end],
        edit.replacement,
        prefix=text[max(0, span.start - DIFF_CONTEXT) : span.start],
        suffix=text[span.end : span.end + DIFF_CONTEXT],
        category=case.category,
        language=case.article.language,
    )
    automatic = [flag for flag in case.flags if flag == Flag.AUTOMATIC]
    return [*automatic, *(flag.value for flag in found if flag in WARNINGS)]


class RevisionForm(DecisionForm):
    """Fields of every new revision. `base` is the number of the revision that the page was rendered from."""

    base = forms.IntegerField(
        label=gettext_lazy("Based on version"), min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    # The note as it was written for the editor, to tell whether they changed it.
    written = forms.CharField(required=False, strip=False, widget=HiddenText)
    note = forms.CharField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("Readers see it beside the version: what was wrong, and what is right."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None) -> None:
        proposed = KIND_OF_CATEGORY.get(case.category, "")
        super().__init__(
            case, data, by=by, initial={"base": case.anchored_in.number, "kind": proposed, **(initial or {})}
        )
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind of change"),
            choices=kinds_for(by),
            help_text=_(
                "A change of a number, a name, a link, a quotation or a “not” needs a public note and a second editor, "
                "whatever its kind."
            ),
        )

    @cached_property
    def seen_revision(self) -> Revision:
        """The revision that the page was rendered from; the current one where the form names none.

        Raises StaleRevision where it names one that is not there.
        """
        current = self.case.anchored_in
        try:
            number = self.fields["base"].clean(self.data.get("base"))
        except forms.ValidationError:
            return current  # the form is not valid, and says so
        if number == current.number:
            return current
        older = Revision.objects.select_related("stored_text", "article__current")
        seen = older.filter(article_id=self.case.article_id, number__lt=current.number, number=number).first()
        if seen is None:
            raise StaleRevision(None, current)
        return seen

    @property
    def base_revision(self) -> Revision:
        """What is made from an older revision moves to the current one as it is published or proposed."""
        return self.seen_revision

    def refuse_overtaken(self) -> None:
        """Raises StaleRevision as well for a base that is not there, WordsWithheld."""
        super().refuse_overtaken()
        self.seen_revision.require_content()

    def refuse_unconfirmed(self, verb: str) -> None:
        """Raises UnconfirmedWarnings, except for a proposal: the second editor sees the warnings."""
        if verb == "publish" and not self.cleaned_data["confirmed"] and (warnings := self.warnings()):
            raise UnconfirmedWarnings(warnings)

    def edits(self) -> list[Edit]:
        """Edits of passages; none for the whole article."""
        return []

    def composed(self) -> Composition:
        """The wording of the new revision; a retraction keeps the current one. Raises as compose does."""
        if self.cleaned_data["kind"] == Kind.RETRACTION:
            return Composition(self.base_revision.require_content().wording, {})
        return self.reworded()

    def reworded(self) -> Composition:
        return compose(self.base_revision, self.edits())

    def note_by_now(self) -> str:
        """The note that fits what the form says; empty while it says nothing that could be published."""
        try:
            wording = self.composed().wording if self.is_valid() else None
        except REFUSALS:
            wording = None
        if wording is None:
            return ""
        kind = self.cleaned_data["kind"]
        return written_note(self.case.article, base=self.base_revision, kind=kind, wording=wording)

    def warnings(self) -> list[str]:
        """Warnings about the edits; for the whole article, the flags of the readers' suggestions."""
        edits = self.edits()
        if not edits:
            return [flag for flag in self.case.flags if flag in WARNINGS]
        return list(dict.fromkeys(flag for edit in edits for flag in edit_warnings(edit, self.base_revision)))

    def clean_note(self) -> str:
        return clean_public_note(self.cleaned_data["note"])


class PassageForm(RevisionForm):
    """A new wording of the passage: a reader's variant, or the editor's own."""

    chosen = forms.CharField(label=gettext_lazy("Proposed wording"), required=False, strip=False)
    start = forms.IntegerField(label=gettext_lazy("Start of the passage"), min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(label=gettext_lazy("End of the passage"), min_value=0, widget=forms.HiddenInput)
    wording = forms.CharField(
        label=gettext_lazy("Your wording of the passage"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # The initial wording, to detect whether the editor changed it.
    offered = forms.CharField(required=False, strip=False, widget=HiddenText)

    def __init__(
        self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None, own: bool = False
    ) -> None:
        """`own` uses the editor's wording instead of the chosen variant."""
        super().__init__(case, data, by=by, initial=initial)
        self.own = own
        self.blamed = ("wording",) if own else ("chosen",)

    @property
    def widths(self) -> str:
        """Spans to which the passage can grow, the narrowest first: "12-14 0-40"."""
        return " ".join(f"{span.start}-{span.end}" for span in widths_of(self.case))

    def clean_wording(self) -> str:
        return normalize_newlines(self.cleaned_data["wording"])

    def clean_chosen(self) -> tuple[Span, str] | None:
        if self.own:
            return None
        if self.has_own_words():
            raise forms.ValidationError(
                _("You wrote your own wording: press “Edit and publish” to use it, or undo it.")
            )
        match = VARIANT_VALUE.fullmatch(normalize_newlines(self.cleaned_data["chosen"]))
        if match is None:
            raise forms.ValidationError(_("Choose one of the proposed wordings."))
        return Span(int(match[1]), int(match[2])), match[3]

    def has_own_words(self) -> bool:
        return normalize_newlines(self.data.get("wording", "")) != normalize_newlines(self.data.get("offered", ""))

    def typed(self) -> dict[str, str]:
        typed = super().typed()
        if not self.own and not self.has_own_words():
            typed.pop("wording", None)
        return typed

    def edits(self) -> list[Edit]:
        if self.own:
            span, words = Span(self.cleaned_data["start"], self.cleaned_data["end"]), self.cleaned_data["wording"]
        else:
            span, words = self.cleaned_data["chosen"]
        return [Edit(self._case_as_seen(span), words, span)]

    def _case_as_seen(self, span: Span) -> Case:
        """The case in the revision that the page was rendered from, where its passage lay within the span."""
        if self.seen_revision == self.case.anchored_in:
            return self.case
        seen = copy(self.case)
        seen.anchored_in, seen.start, seen.end = self.seen_revision, span.start, span.end
        return seen


class ArticleForm(RevisionForm):
    """A new wording of the whole article, as for a case without a place."""

    headline = forms.CharField(label=gettext_lazy("Headline"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    standfirst = forms.CharField(
        label=gettext_lazy("Standfirst"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    byline = forms.CharField(
        label=gettext_lazy("Byline"), required=False, widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"})
    )
    body = forms.CharField(label=gettext_lazy("Body"), strip=False, widget=RichTextarea)

    blamed = ("body",)

    def clean_body(self) -> str:
        body, content = str(self.cleaned_data["body"]), self.case.anchored_in.content
        try:
            refuse_dead_links(body, content.body if content else "")
        except DeadLinks as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return body

    def reworded(self) -> Composition:
        """Raises as clean_wording does."""
        return Composition(clean_wording(**{part: self.cleaned_data[part] for part in PARTS}), {})
