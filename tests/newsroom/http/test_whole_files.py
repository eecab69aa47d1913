"""A file that could not be written whole leaves nothing behind."""

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import File

from newsroom.http.whole_files import WholeFileStorage


class Full(File[bytes]):
    """Its second part meets a full disk."""

    def __init__(self) -> None:
        super().__init__(None, "a.png")

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        WholeFileStorage(location=tmp_path).save("pictures/a.png", Full())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
