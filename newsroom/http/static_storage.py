"""Static files with their hash in the name, without comments, brotli and gzip copies beside them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.http.static_compression import PatientCompressor

# Lines of their own and blocks, with the types in them: a fifth of what our scripts weigh on a reader's line. Comments
# behind code stay, since only a parser can tell them from strings.
COMMENTS = re.compile(r"^[ \t]*//[^\n]*|[ \t]*/\*.*?\*/", re.MULTILINE | re.DOTALL)
OURS = re.compile(r"(desk|reader|richtext|shared|site)/.*\.(js|css)")


def without_comments(source: str) -> str:
    """The same script or style sheet; what is left keeps its line numbers."""
    return COMMENTS.sub(lambda comment: "\n" * comment[0].count("\n"), source)


class _Bare:
    """Opens source files as they are served, so that names are hashes of what is served."""

    def __init__(self, storage: Storage, *, ours: bool) -> None:
        self._storage = storage
        self._ours = ours

    def open(self, path: str) -> File[bytes]:
        file = self._storage.open(path)
        if not self._ours:
            return file
        with file:
            return ContentFile(without_comments(file.read().decode()).encode())


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashes the names inside JavaScript imports too, so that modules can be cached for ever."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: Mapping[str, tuple[Storage, str]], *arguments: Any, **options: Any) -> Iterator[Any]:
        bare = {
            name: (_Bare(storage, ours=bool(OURS.fullmatch(name))), path) for name, (storage, path) in paths.items()
        }
        yield from super().post_process(bare, *arguments, **options)

    def create_compressor(self, **options: Any) -> PatientCompressor:
        return PatientCompressor(**options)
