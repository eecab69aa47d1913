"""The forms by which an editor decides a case."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.composing import KIND_OF_CATEGORY, Composed, Edit, compose
from corrections.grouping import Span
from corrections.models import Case, Reason
from corrections.screening import WARNINGS, Flag, HiddenCharacters, flags_of, refuse_hidden_characters
from corrections.variants import CLOSE, in_lines
from newsroom.models import Editor, Kind, Revision
from newsroom.policy import POLICY
from newsroom.publishing import RETRACTION, AlreadyDecided, StaleRevision, clean_wording
from newsroom.widgets import RichTextarea

PARTS = ("headline", "standfirst", "byline", "body")
CHOSEN = re.compile(r"(\d{1,9})-(\d{1,9}):(.*)", re.DOTALL)


class Flagged(Exception):
    """The change has warnings that the editor has to see first; `flags` names them."""

    def __init__(self, flags: list[str]) -> None:
        super().__init__(flags)
        self.flags = flags


def warnings_of(edit: Edit, base: Revision) -> list[str]:
    """What is risky about the very words that would be published."""
    case, span = edit.case, edit.span or Span(edit.case.start or 0, edit.case.end or 0)
    text = base.content.canonical(case.field)
    found = flags_of(
        text[span.start : span.end],
        edit.replacement,
        prefix=text[max(0, span.start - CLOSE) : span.start],
        suffix=text[span.end : span.end + CLOSE],
        category=case.category,
        language=case.article.language,
    )
    automatic = [flag for flag in case.flags if flag == Flag.AUTOMATIC]
    return [*automatic, *(flag.value for flag in found if flag in WARNINGS)]


class DecisionForm(forms.Form):
    """What every decision carries: the state in which the editor saw the case."""

    state = forms.CharField(widget=forms.HiddenInput)

    # Names of the fields that hold what a refusal may be about, the most fitting first.
    blamed: tuple[str, ...] = ()

    def __init__(self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"state": case.state, **(initial or {})}, auto_id=f"{type(self).__name__}_%s")
        self.case = case
        self.by = by

    @property
    def cases(self) -> list[Case]:
        """What the decision is about."""
        return [self.case]

    def refuse_overtaken(self) -> None:
        """Raises AlreadyDecided when somebody decided the case since the editor saw it."""
        if self.data.get("state") != self.case.state:
            raise AlreadyDecided

    def typed(self) -> dict[str, str]:
        """What the editor wrote, by field, to be kept where the form itself cannot be shown again."""
        areas = [field for field in self.visible_fields() if isinstance(field.field.widget, forms.Textarea)]
        return {field.name: in_lines(text) for field in areas if (text := str(field.value() or "")).strip()}

    def typed_by_label(self) -> dict[str, str]:
        return {str(self.fields[name].label): text for name, text in self.typed().items()}


class RevisionForm(DecisionForm):
    """What every new revision of an article carries. Its base is the revision that the editor has before them."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("Readers see it beside the revision: what was wrong, and what is right."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None) -> None:
        proposed = KIND_OF_CATEGORY.get(case.category, "")
        super().__init__(
            case, data, by=by, initial={"base": case.anchored_in.number, "kind": proposed, **(initial or {})}
        )
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of revision"), choices=_kinds(by))

    @property
    def base_revision(self) -> Revision:
        return self.case.anchored_in

    def refuse_overtaken(self) -> None:
        """Raises StaleRevision, too, when the form was made from another revision than the current one."""
        super().refuse_overtaken()
        number = str(self.data.get("base", ""))
        if number.isdecimal() and int(number) != self.base_revision.number:
            based_on = Revision.objects.select_related("content").filter(
                article_id=self.case.article_id, number=int(number)
            )
            raise StaleRevision(based_on.first(), self.base_revision)

    def refuse_unconfirmed(self) -> None:
        """Raises Flagged where the machine has warnings and the editor was not asked about them yet."""
        if not self.cleaned_data["confirmed"] and (warnings := self.warnings()):
            raise Flagged(warnings)

    def warnings(self) -> list[str]:
        """Of the case as readers sent it."""
        return [flag for flag in self.case.flags if flag in WARNINGS]

    def clean_note(self) -> str:
        note = in_lines(self.cleaned_data["note"])
        try:
            refuse_hidden_characters(note)
        except HiddenCharacters as hidden:
            raise forms.ValidationError(_("Remove the hidden characters %s.") % hidden) from hidden
        return note


class PassageForm(RevisionForm):
    """A new wording of the passage alone: one that readers propose, or the editor's own."""

    chosen = forms.CharField(label=gettext_lazy("Proposed wording"), required=False, strip=False)
    start = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    wording = forms.CharField(
        label=gettext_lazy("Your wording of the passage"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # What the page put there, so that typing is told from reading.
    offered = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(
        self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None, own: bool = False
    ) -> None:
        """`own` takes the editor's wording instead of the one chosen among the readers'."""
        super().__init__(case, data, by=by, initial=initial)
        self.own = own
        self.blamed = ("wording",) if own else ("chosen",)

    def clean_wording(self) -> str:
        return in_lines(self.cleaned_data["wording"])

    def clean_chosen(self) -> tuple[Span, str] | None:
        if self.own:
            return None
        if self.has_own_words():
            raise forms.ValidationError(
                _("You wrote a wording of your own: press “Edit and publish” to use it, or take it back.")
            )
        match = CHOSEN.fullmatch(in_lines(self.cleaned_data["chosen"]))
        if match is None:
            raise forms.ValidationError(_("Choose one of the proposed wordings."))
        return Span(int(match[1]), int(match[2])), match[3]

    def has_own_words(self) -> bool:
        return in_lines(self.data.get("wording", "")) != in_lines(self.data.get("offered", ""))

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
        return [Edit(self.case, words, span)]

    def composed(self) -> Composed:
        """The wording of the new revision. Raises as compose does."""
        return compose(self.base_revision, self.edits())

    def warnings(self) -> list[str]:
        """Of the very words that would be published."""
        [edit] = self.edits()
        return warnings_of(edit, self.base_revision)


class ArticleForm(RevisionForm):
    """A new wording of the whole article, where no passage can be pointed at."""

    headline = forms.CharField(label=gettext_lazy("Headline"), widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))
    standfirst = forms.CharField(
        label=gettext_lazy("Standfirst"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )
    byline = forms.CharField(
        label=gettext_lazy("Byline"), required=False, widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"})
    )
    body = forms.CharField(label=gettext_lazy("Body"), strip=False, widget=RichTextarea)

    blamed = ("body",)

    def edits(self) -> list[Edit]:
        """None that could be told apart: the article as a whole is new."""
        return []

    def composed(self) -> Composed:
        """The wording of the new revision. Raises as clean_wording does."""
        return Composed(clean_wording(**{part: self.cleaned_data[part] for part in PARTS}), {})


class DeclineForm(DecisionForm):
    """A usual reason, words of the editor's own, or both."""

    canned = forms.ModelChoiceField(Reason.objects.all(), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason for declining"),
        help_text=gettext_lazy("The readers who reported this will see it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    blamed = ("reason",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        parts = [cleaned.get("canned"), in_lines(cleaned.get("reason", ""))]
        cleaned["reason"] = "\n\n".join(str(part) for part in parts if part)
        if not cleaned["reason"]:
            self.add_error("reason", _("Choose a reason or write one; the readers will see it."))
        return cleaned


class ApproveForm(DecisionForm):
    """Names the very text that the second editor saw."""

    digest = forms.CharField(widget=forms.HiddenInput)


class ReturnForm(DecisionForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason for sending it back"),
        help_text=gettext_lazy("The editor who proposed it will see it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    blamed = ("reason",)


def _kinds(by: Editor) -> list[tuple[str, str]]:
    """The kinds that a correction may have, each with what it demands."""
    kinds = [kind for kind in Kind if kind is not Kind.PUBLICATION]
    if not by.has_perm(RETRACTION):
        kinds.remove(Kind.RETRACTION)
    return [("", _("Choose a kind")), *((kind.value, _kind_label(kind)) for kind in kinds)]


def _kind_label(kind: Kind) -> str:
    rule = POLICY[kind]
    if rule.second_editor:
        return _("%(kind)s: needs a public note and a second editor") % {"kind": kind.label}
    if rule.note_required:
        return _("%(kind)s: needs a public note") % {"kind": kind.label}
    return str(kind.label)
