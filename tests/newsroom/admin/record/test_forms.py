"""The forms in which editors bring words back or take them away."""

import pytest

from newsroom.admin.record.forms import ReturnWithholdingForm, RevertForm, WithholdForm
from newsroom.models import Kind

VALID = {"kind": "update", "note": "It is 14 after all.", "base": "2"}


@pytest.mark.parametrize(("form", "field"), [(WithholdForm, "reason"), (ReturnWithholdingForm, "answer")])
def test_a_reason_has_the_line_ends_of_what_is_stored_and_no_control_characters(form: type, field: str) -> None:
    kept = form({field: "One\r\ntwo\rthree"})
    assert kept.is_valid()
    assert kept.cleaned_data[field] == "One\ntwo\nthree"
    assert form({field: "A bell: \x07"}).errors == {field: ["Remove the control characters U+0007."]}
    assert form({field: " \n "}).errors == {field: ["This field is required."]}


def test_a_revert_knows_its_kind() -> None:
    form = RevertForm(VALID)

    assert form.is_valid()
    assert form.chosen_kind() is Kind.UPDATE


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "publication"}, "kind"),
        ({"kind": "retraction"}, "kind"),
        ({"note": " "}, "note"),
        ({"base": "0"}, "base"),
        ({"base": ""}, "base"),
    ],
)
def test_a_revert_needs_a_kind_a_note_and_a_base(typed: dict[str, str], field: str) -> None:
    assert list(RevertForm({**VALID, **typed}).errors) == [field]
