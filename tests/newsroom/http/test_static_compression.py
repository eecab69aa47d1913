"""Static files are compressed once, small ones as well as can be."""

from pathlib import Path
from random import Random

import brotli
import pytest

from newsroom.http.static_compression import BEST, LARGE, QUICK, SizeAwareCompressor
from tests.support.random_html import PLAIN

WORDS = " ".join(Random(7).choices(PLAIN.split(" "), k=LARGE)).encode()


@pytest.mark.parametrize(("size", "quality"), [(LARGE - 1, BEST), (LARGE, QUICK)])
def test_only_small_files_are_worth_the_wait(size: int, quality: int) -> None:
    data = WORDS[:size]
    assert len(brotli.compress(data, quality=BEST)) != len(brotli.compress(data, quality=QUICK))

    assert SizeAwareCompressor.compress_brotli(data) == brotli.compress(data, quality=quality)


def test_nothing_is_compressed_twice(tmp_path: Path) -> None:
    script = tmp_path / "page.0123.js"
    script.write_bytes(WORDS[:4000])
    compressor = SizeAwareCompressor(quiet=True)

    made = compressor.compress(str(script))
    assert sorted(made) == [f"{script}.br", f"{script}.gz"]
    Path(f"{script}.br").write_bytes(b"kept")
    assert sorted(compressor.compress(str(script))) == sorted(made)
    assert Path(f"{script}.br").read_bytes() == b"kept"


@pytest.mark.parametrize(("name", "compressed"), [("a.js", True), ("a.js.map", False), ("a.png", False)])
def test_maps_and_pictures_are_left_as_they_are(name: str, compressed: bool) -> None:
    assert SizeAwareCompressor(quiet=True).should_compress(name) is compressed
