"""Hashes that nearly equal sentences share."""

from corrections.echoes.fingerprints import SKETCH, fingerprints

SENTENCE = "The lighthouse at Hesper Point went dark after 67 years of service, and the oil was sold."


def test_a_number_changes_nothing_and_another_name_not_everything() -> None:
    ours = fingerprints(SENTENCE)
    assert len(ours) == SKETCH
    assert fingerprints(SENTENCE.replace("67", "1,968")) == ours
    assert set(fingerprints(SENTENCE.replace("Hesper Point", "Sorrel Bay"))) & set(ours)
    assert not set(fingerprints("Nobody has ever asked the mayor about this old tower.")) & set(ours)


def test_what_says_too_little_has_none_and_hashes_fit_a_column() -> None:
    assert fingerprints("So it is.") != []
    assert fingerprints("Why?") == fingerprints("") == []
    assert all(0 <= number < 2**63 for number in fingerprints(SENTENCE))
    assert len(fingerprints("議会は橋を閉鎖しない。")) == SKETCH
