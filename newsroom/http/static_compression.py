"""Compresses static files as well as is worth the wait: no first page hangs on the API browser's 1.5 MB script."""

from collections.abc import Sequence
from pathlib import Path

import brotli
from whitenoise.compress import Compressor

LARGE = 30_000  # bytes; every file that a reader loads is smaller
BEST, QUICK = 11, 5  # brotli's qualities; on large files QUICK takes an eightieth of the time for a seventh more bytes


class PatientCompressor(Compressor):  # type: ignore[misc]  # whitenoise has no types
    """Takes its time over small files alone, leaves source maps be, and does nothing twice.

    Names carry the hash of their content, so a copy that stands beside a file is a copy of this very content.
    """

    def __init__(self, extensions: Sequence[str] | None = None, **options: bool) -> None:
        super().__init__(extensions=[*(extensions or self.SKIP_COMPRESS_EXTENSIONS), "map"], **options)

    def compress(self, path: str) -> list[str]:
        made = [copy for copy in (f"{path}.br", f"{path}.gz") if Path(copy).exists()]
        return made or list(super().compress(path))

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=BEST if len(data) < LARGE else QUICK))
