"""The parts of a mail as plain text has them."""

from corrections.mail.blocks import DiffBlock, Quotation
from newsroom.diffs.excerpts import DiffRun


def test_a_quotation_is_read_line_by_line() -> None:
    assert Quotation("one\ntwo").lines == ["one", "two"]


def test_a_change_has_an_old_and_a_new_reading() -> None:
    change = DiffBlock([DiffRun("equal", "will "), DiffRun("delete", "recieve"), DiffRun("insert", "receive")], "en")
    assert (change.old, change.new, change.is_mark) == ("will recieve", "will receive", False)


def test_marked_words_stand_between_asterisks() -> None:
    marked = DiffBlock([DiffRun("equal", "of "), DiffRun("mark", "three")], "en")
    assert (marked.new, marked.is_mark) == ("of *three*", True)
