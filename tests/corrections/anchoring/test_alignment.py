"""Two revisions are aligned by lines, then sentences, then words."""

from corrections.anchoring.alignment import Alignment, Segment, Similarity
from corrections.anchoring.word_matching import MatchingBlock


def test_words_are_compared_in_the_line_that_differs_alone() -> None:
    alignment = Alignment("One.\nTwo is here.\nThree.", "One.\nTwo was here.\nThree.")
    assert alignment.segments == [
        Segment(0, 5, 0, 5, Similarity.EQUAL),
        Segment(5, 18, 5, 19, Similarity.DIFFERENT),
        Segment(18, 24, 19, 25, Similarity.EQUAL),
    ]
    assert alignment.blocks(1) == [MatchingBlock(5, 8, 5, 8), MatchingBlock(12, 17, 13, 18)]
    assert alignment.segment_at(4) == 0
    assert alignment.segment_at(5) == 1
    assert alignment.block_holding(0, 4) == MatchingBlock(0, 5, 0, 5)
    assert alignment.block_holding(9, 11) is None


def test_other_quotation_marks_are_alike() -> None:
    alignment = Alignment("Say “yes”.\nEnd.", 'Say "yes".\nEnd.')
    assert [segment.similarity for segment in alignment.segments] == [Similarity.ALIKE, Similarity.EQUAL]
