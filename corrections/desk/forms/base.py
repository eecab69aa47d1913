"""Base class of the desk's forms, and the forms that change no text: decline, approve, send back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.decisions.messages import explain_decision
from corrections.decisions.variants import normalize_newlines
from corrections.models import Case, Reason
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from newsroom.models import Editor, Proposal
from newsroom.publishing.publish import AlreadyDecided


class DecisionForm(forms.Form):
    """`state` is the case's state when the page was rendered (optimistic locking)."""

    state = forms.CharField(label=gettext_lazy("State"), widget=forms.HiddenInput)

    # Names of the fields beside which a refusal may be shown, the most fitting first.
    blamed: tuple[str, ...] = ()

    def __init__(self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"state": case.state, **(initial or {})}, auto_id=f"{type(self).__name__}_%s")
        self.case = case
        self.by = by

    @property
    def cases(self) -> list[Case]:
        """The cases to be decided, the one of the page first."""
        return [self.case]

    def refuse_overtaken(self) -> None:
        """Raises AlreadyDecided when the case's state changed since the page was rendered."""
        if self.data.get("state") != self.case.state:
            raise AlreadyDecided

    def refuse_unconfirmed(self, verb: str) -> None:
        """Raises UnconfirmedWarnings where the editor has to confirm a warning first."""

    def typed(self) -> dict[str, str]:
        """The editor's text by field, to be saved where the form itself cannot be shown again."""
        areas = [field for field in self.visible_fields() if isinstance(field.field.widget, forms.Textarea)]
        return {field.name: normalize_newlines(text) for field in areas if (text := str(field.value() or "")).strip()}

    def typed_by_label(self) -> dict[str, str]:
        return {str(self.fields[name].label): text for name, text in self.typed().items()}


def refuse_hidden(text: str) -> None:
    """As a field's cleaning does. Raises ValidationError."""
    try:
        refuse_hidden_characters(text)
    except HiddenCharacters as refusal:
        raise forms.ValidationError(explain_decision(refusal)) from refusal


def full_reason(cleaned: dict[str, Any]) -> str:
    """The canned reason and the editor's own, each a paragraph; either may be missing."""
    parts = [cleaned.get("canned"), normalize_newlines(cleaned.get("reason", "")).strip()]
    return "\n\n".join(str(part) for part in parts if part)


class ReasonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # it takes no parameter when it runs
    """A canned reason, or none."""

    empty_values = [*forms.ModelChoiceField.empty_values, "none"]

    def __init__(self) -> None:
        super().__init__(Reason.objects.all(), label=gettext_lazy("A usual reason"), required=False)


class DeclineForm(DecisionForm):
    """A canned reason, the editor's own, or both."""

    canned = ReasonField()
    reason = forms.CharField(
        label=gettext_lazy("Reason for declining"),
        help_text=gettext_lazy("The readers who reported this will see it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    blamed = ("reason",)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["reason"] = full_reason(cleaned)
        if not cleaned["reason"]:
            self.add_error("reason", _("Choose a reason or write one; the readers will see it."))
        return cleaned


class ProposalForm(DecisionForm):
    """A second editor's decision, about all cases that the proposal settles."""

    @property
    def proposal(self) -> Proposal:
        """Raises AlreadyDecided."""
        if self.case.proposal is None:
            raise AlreadyDecided
        return self.case.proposal

    @property
    def cases(self) -> list[Case]:
        """The one of the page first."""
        others = (
            self.proposal.cases.filter(state=Case.State.PROPOSED).exclude(pk=self.case.pk).select_related("article")
        )
        return [self.case, *others.select_related("article").order_by("pk")]


class ApproveForm(ProposalForm):
    """`digest` ensures that the approved proposal is the one that the second editor saw, on the revision `base`."""

    digest = forms.CharField(label=gettext_lazy("digest"), widget=forms.HiddenInput)
    base = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)


class ReturnForm(ProposalForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason for sending it back"),
        help_text=gettext_lazy("The editor who proposed it will see it."),
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    blamed = ("reason",)
