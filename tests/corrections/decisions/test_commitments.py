"""A commitment fits its own text and salt, and nothing else."""

from corrections.decisions.commitments import commitment, new_salt


def test_a_commitment_is_that_of_its_words_and_its_salt() -> None:
    salt, other = new_salt(), new_salt()
    assert len(salt) == 64
    assert salt != other
    made = commitment("Which pier?", salt=salt)
    assert len(made) == 64
    assert made == commitment("Which pier?", salt=salt)
    assert made != commitment("Which pier", salt=salt)
    assert made != commitment("Which pier?", salt=other)


def test_it_is_hmac_sha_256_as_rfc_4231_has_it() -> None:
    known = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    assert commitment("Hi There", salt="0b" * 20) == known
