"""docs/architecture.md, docs/adr and CONTRIBUTING.md name files and rooms that exist, and every room there is."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
DOCUMENTS = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md", *(ROOT / "docs" / "adr").glob("*.md")]
PATH = re.compile(r"\b(?:newsroom|corrections|static|tests)/[\w/]+(?:\.\w+)?/?")


def test_every_path_in_the_documents_exists() -> None:
    for document in DOCUMENTS:
        named = PATH.findall(document.read_text(encoding="utf-8"))
        missing = [path for path in named if not (ROOT / path).exists()]

        assert not missing, document.name


def test_every_room_is_in_the_table() -> None:
    table = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## The rooms")[1].split("## ")[0]
    rooms = {
        str(init.parent.relative_to(ROOT))
        for package in ("newsroom", "corrections")
        for init in (ROOT / package).glob("*/__init__.py")
    }
    outside = {"migrations", "management", "templatetags"}

    assert {room for room in rooms if Path(room).name not in outside} <= set(PATH.findall(table))


def test_every_package_says_what_it_is_for() -> None:
    packages = [*ROOT.glob("newsroom/**/__init__.py"), *ROOT.glob("corrections/**/__init__.py")]
    silent = [str(init) for init in packages if "migrations" not in init.parts and '"""' not in init.read_text()]

    assert packages
    assert not silent
