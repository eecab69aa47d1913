"""The sentences that a change touches."""

from newsroom.diffs.sentences import touched_sentences
from tests.support.factories import make_wording


def touched(old: str, new: str) -> tuple[list[str], list[str]]:
    gone, come = touched_sentences(make_wording(body=f"<p>{old}</p>"), make_wording(body=f"<p>{new}</p>"))
    return sorted(gone.elements()), sorted(come.elements())


def test_only_the_sentence_of_the_change_is_touched_and_an_abbreviation_ends_none() -> None:
    old = "It counts 14 bridges. Mr. Lee came on Tuesday at 9. “Why?” he asked."
    assert touched(old, old.replace("14", "15")) == (["It counts 14 bridges."], ["It counts 15 bridges."])
    assert touched(old, old.replace("Tuesday", "Friday")) == (
        ["Mr. Lee came on Tuesday at 9."],
        ["Mr. Lee came on Friday at 9."],
    )
    assert touched(old, old) == ([], [])


def test_languages_without_spaces_end_sentences_too() -> None:
    assert touched("十四。橋。", "十五。橋。") == (["十四。"], ["十五。"])
