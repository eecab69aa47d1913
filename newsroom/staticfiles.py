"""Static files with their hash in the name, brotli and gzip copies beside them."""

from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

from newsroom.compression import PatientCompressor


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Hashes the names inside JavaScript imports too, so that modules can be cached for ever."""

    support_js_module_import_aggregation = True

    def create_compressor(self, **options: Any) -> PatientCompressor:
        return PatientCompressor(**options)
