"""Forms about several cases: publish as one revision, merge, split, decline those of a retracted article."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from corrections.anchoring.relocation import Status
from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit
from corrections.decisions.rules import DECIDABLE
from corrections.decisions.variants import wording_variants
from corrections.desk.forms.base import DecisionForm
from corrections.desk.forms.revision import RevisionForm
from corrections.models import Case, Suggestion
from corrections.triage.placement import Placer
from newsroom.languages import override_language
from newsroom.models import Revision
from newsroom.publishing.publish import StaleRevision

MOST_SUGGESTIONS = 200  # offered for a split


class OthersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes no parameter when it runs
    """Other undecided cases of the same article."""

    def __init__(self, case: Case) -> None:
        others = Case.objects.filter(article_id=case.article_id, state__in=DECIDABLE).exclude(pk=case.pk)
        super().__init__(
            others.select_related("article", "anchored_in__stored_text"),
            label=_("Other cases"),
            error_messages={"required": _("Tick at least one other case.")},
        )


class MergeForm(DecisionForm):
    blamed = ("others",)

    def __init__(self, case: Case, *args: Any, **more: Any) -> None:
        super().__init__(case, *args, **more)
        self.fields["others"] = OthersField(case)

    @property
    def cases(self) -> list[Case]:
        return [self.case, *self.cleaned_data["others"]]


class SeveralForm(RevisionForm):
    """Publishes each case with the wording that most of its readers propose."""

    blamed = ("others",)

    def __init__(self, case: Case, *args: Any, **more: Any) -> None:
        super().__init__(case, *args, **more)
        self.fields["others"] = OthersField(case)
        self._known: dict[int, Edit | None] = {}

    @property
    def cases(self) -> list[Case]:
        return [self.case, *self.cleaned_data["others"]]

    def clean_others(self) -> Any:
        others = self.cleaned_data["others"]
        without = [case for case in [self.case, *others] if self._edit(case) is None]
        if without:
            quoted = _("“%(words)s”")
            words = ", ".join(quoted % {"words": case.exact[:40]} if case.exact else str(case.pk) for case in without)
            raise forms.ValidationError(
                _("No reader proposed suitable words for: %(cases)s. Decide it separately.") % {"cases": words}
            )
        return others

    @property
    def base_revision(self) -> Revision:
        """The current one: the wordings are read anew."""
        return self.case.anchored_in

    def edits(self) -> list[Edit]:
        """Raises StaleRevision where a passage is not as it was on the page."""
        seen, current = self.seen_revision, self.case.anchored_in
        if seen != current:
            placer = Placer(seen)
            anchors = [placer.follow(current, each.field, Span(each.start, each.end), None) for each in self._placed()]
            if any(anchor.status not in (Status.exact, Status.moved) or anchor.score < 1 for anchor in anchors):
                raise StaleRevision(seen, current)
        return [edit for case in self.cases if (edit := self._edit(case))]

    def _placed(self) -> list[Any]:
        return [case for case in self.cases if case.start is not None and case.end is not None]

    def _edit(self, case: Case) -> Edit | None:
        if case.pk not in self._known:
            self._known[case.pk] = _first_wording(case)
        return self._known[case.pk]


class SplitForm(DecisionForm):
    blamed = ("suggestions",)

    def __init__(self, case: Case, *args: Any, **more: Any) -> None:
        super().__init__(case, *args, **more)
        self.fields["suggestions"] = forms.ModelMultipleChoiceField(
            case.suggestions.live().prefetch_related("read_in__stored_text").order_by("received_at"),
            label=_("Suggestions"),
            error_messages={"required": _("Tick the suggestions that should become a separate case.")},
        )

    @property
    def offered(self) -> list[Suggestion]:
        return list(self.case.suggestions.live().order_by("received_at")[:MOST_SUGGESTIONS])


class RetractedForm(DecisionForm):
    """Declines every undecided case of a retracted article, with a stock reason in the article's language."""

    @property
    def cases(self) -> list[Case]:
        others = Case.objects.filter(article_id=self.case.article_id, state__in=DECIDABLE).exclude(pk=self.case.pk)
        return [self.case, *others.select_related("article").order_by("pk")]

    @property
    def reason(self) -> str:
        with override_language(self.case.article.language):
            return _("The article was retracted; nothing in it is corrected any more.")


def _first_wording(case: Case) -> Edit | None:
    suggestions = case.suggestions.live().order_by("received_at").prefetch_related("read_in__stored_text")
    variants = wording_variants(case, suggestions, case.anchored_in)
    for variant in variants:
        if variant.start is not None and variant.end is not None:
            return Edit(case, variant.wording, Span(variant.start, variant.end))
    return None
