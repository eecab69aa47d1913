"""Reasons of a case's history are kept in English and told in the editor's language."""

from django.utils import translation

from corrections.models.change_reasons import ChangeReason, translated_reason


def test_a_reason_is_told_with_what_it_names() -> None:
    reason = ChangeReason.PUBLISHED % {"number": 7}
    with translation.override("en"):
        assert translated_reason(reason) == "published in revision 7"
    with translation.override("fr"):
        assert translated_reason(reason) != reason
        assert "7" in translated_reason(reason)


def test_what_an_editor_wrote_is_told_as_it_is() -> None:
    with translation.override("fr"):
        assert translated_reason("They are closed.") == "They are closed."
