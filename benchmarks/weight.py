"""What a page and correcting cost a reader's line, in bytes of brotli as the site serves them."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import brotli

from benchmarks.rows import Row

# Static imports alone: what comes on demand, such as the sentence picker, is not part of a first use by highlight.
IMPORT = re.compile(rb"""(?:\bfrom|\bimport)\s*["'](\./[^"']+|\.\./[^"']+)["']""")

# What another system's page asks for before a reader selects words: the look-up's answer comes besides.
FIRST_SCRIPT = (
    "import django, sys; django.setup(); from corrections.embed.files import first_script; "
    "sys.stdout.buffer.write(first_script().encode())"
)


def rows() -> Iterator[Row]:
    """Collects the static files as a start of the site does, and weighs what a page asks for."""
    with tempfile.TemporaryDirectory() as folder:
        argv = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(argv, check=True, env=_environment(folder))
        static = Path(folder) / "static"
        entry = _hashed(static / "reader", "entry.js")
        yield Row("loader_brotli_bytes", _weigh({entry}), "bytes", 1500, "lower")
        dialog = _with_imports(_hashed(static / "reader", "dialog.js"))
        styles = _hashed(static / "reader", "suggestion.css")
        yield Row("dialog_brotli_bytes", _weigh({*dialog, styles} - {entry}), "bytes", 9000, "lower")
        script = [sys.executable, "-c", FIRST_SCRIPT]
        served = subprocess.run(script, check=True, env=_environment(folder), stdout=subprocess.PIPE).stdout
        yield Row("embed_bytes", len(brotli.compress(served)), "bytes", 3000, "lower")


def _environment(folder: str) -> dict[str, str]:
    return {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "newsroom.settings", "PATH": ""}


def _hashed(folder: Path, name: str) -> Path:
    stem, suffix = name.rsplit(".", 1)
    [path] = folder.glob(f"{stem}.????????????.{suffix}")
    return path


def _with_imports(module: Path) -> set[Path]:
    """A module and everything that a browser fetches with it."""
    found, owed = set[Path](), [module]
    while owed:
        path = owed.pop()
        if path not in found:
            found.add(path)
            owed += [(path.parent / name.decode()).resolve() for name in IMPORT.findall(path.read_bytes())]
    return found


def _weigh(files: set[Path]) -> int:
    return sum(path.with_name(path.name + ".br").stat().st_size for path in files)
