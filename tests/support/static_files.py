"""WhiteNoise's look at the static files, once for the same files and not with every test client.

Each new client loads all middleware, and WhiteNoise then opens every file: 40 ms of nearly each test.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from whitenoise import WhiteNoise
from whitenoise.base import scantree


@contextmanager
def found_once() -> Iterator[None]:
    """Inside, what was found is found again as long as each file and each setting of WhiteNoise is the same."""
    find, seen = WhiteNoise.update_files_dictionary, dict[Any, dict[str, Any]]()

    def find_once(self: WhiteNoise, root: str, prefix: str) -> None:
        chosen = (self.max_age, self.allow_all_origins, self.charset, self.add_headers_function, self.index_file)
        files = tuple((path, stat.st_mtime_ns, stat.st_size) for path, stat in scantree(root))
        key = (type(self), root, prefix, chosen, files)
        if key not in seen:
            before = set(self.files)
            find(self, root, prefix)
            seen[key] = {url: file for url, file in self.files.items() if url not in before}
        self.files.update(seen[key])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", find_once)
        yield
