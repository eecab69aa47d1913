"""Static file compression: best quality for small files only, so that collectstatic stays fast."""

from collections.abc import Sequence
from pathlib import Path

import brotli
from whitenoise.compress import Compressor

LARGE = 30_000  # bytes; all files of readers' pages are smaller
BEST, QUICK = 11, 5  # brotli qualities; on the 1.5 MB API browser QUICK takes 1/80 of the time for 1/7 more bytes


class SizeAwareCompressor(Compressor):  # type: ignore[misc]  # whitenoise has no types
    """Compress small files hardest, skip source maps and files that have compressed copies.

    File names carry a content hash, so an existing copy is never stale.
    """

    def __init__(self, extensions: Sequence[str] | None = None, **options: bool) -> None:
        super().__init__(extensions=[*(extensions or self.SKIP_COMPRESS_EXTENSIONS), "map"], **options)

    def compress(self, path: str) -> list[str]:
        made = [copy for copy in (f"{path}.br", f"{path}.gz") if Path(copy).exists()]
        return made or list(super().compress(path))

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return bytes(brotli.compress(data, quality=BEST if len(data) < LARGE else QUICK))
