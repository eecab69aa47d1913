"""Static file storage: hashed names, comments and indentation stripped, brotli and gzip copies."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.http.static_compression import SizeAwareCompressor

# Whole-line and block comments (JSDoc types): a fifth of our scripts' compressed size. Comments after code stay, since
# only a parser can tell them from strings.
COMMENTS = re.compile(r"^[ \t]*//[^\n]*|[ \t]*/\*.*?\*/", re.MULTILINE | re.DOTALL)
INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
OURS = re.compile(r"(desk|embed|reader|richtext|shared|site)/.*\.(js|css)")


def strip_comments(source: str) -> str:
    """Strip comments and indentation; line numbers stay."""
    return INDENTATION.sub("", COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), source))


class _CommentStripper:
    """Storage wrapper that strips comments, so that names hash the content served."""

    def __init__(self, storage: Storage, *, ours: bool) -> None:
        self._storage = storage
        self._ours = ours

    def open(self, path: str) -> File[bytes]:
        file = self._storage.open(path)
        if not self._ours:
            return file
        with file:
            return ContentFile(strip_comments(file.read().decode()).encode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Also rewrites JavaScript imports to hashed names, so that modules can be cached forever."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Mapping[str, tuple[Storage, str]], *arguments: Any, **options: Any) -> Iterator[Any]:
        stripped = {
            name: (_CommentStripper(storage, ours=bool(OURS.fullmatch(name))), path)
            for name, (storage, path) in paths.items()
        }
        yield from super().post_process(stripped, *arguments, **options)

    def create_compressor(self, **options: Any) -> SizeAwareCompressor:
        return SizeAwareCompressor(**options)
