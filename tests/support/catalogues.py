"""The catalogues of translations, kept by `make messages`: every sentence of the sources in each .po, and each .mo.

Babel does it, so that nobody needs the programs of GNU gettext. What is written depends on the sources and the
translations alone: no times, no line numbers.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ar", "de", "es", "fr", "uk")  # English is what the sentences are written in
FUNCTIONS = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
KEYWORDS = {
    "_": None,
    "gettext_noop": None,
    **FUNCTIONS,
    **{f"{name}_lazy": arguments for name, arguments in FUNCTIONS.items()},
}
COMMENTS = ("Translators:",)
# What Django puts in the place of a template's own text.
FILLING = re.compile(r"^[X\s]*")


class Catalogue(Catalog):
    """Babel's own, whose header says nothing that changes by itself."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "corrigenda"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def po_file(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def mo_file(language: str) -> Path:
    return po_file(language).with_suffix(".mo")


def read_catalogue(language: str) -> Catalog:
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def found_messages() -> list[Message]:
    """Every sentence of the sources once, in the order of the files."""
    found: dict[tuple[object, str | None], Message] = {}
    for path in sources():
        name = str(path.relative_to(ROOT))
        for _line, message, comments, context in extract("python", _as_python(path), KEYWORDS, COMMENTS):
            ids = tuple(message) if isinstance(message, tuple | list) else message
            same = found.setdefault((_key(ids), context), Message(ids, context=context))
            same.locations = [*same.locations, (name, 0)] if (name, 0) not in same.locations else same.locations
            same.auto_comments += [comment for comment in comments if comment not in same.auto_comments]
    return list(found.values())


def sources() -> Iterator[Path]:
    for package in ("corrections", "newsroom"):
        yield from sorted(path for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts)
    yield from sorted(path for path in (ROOT / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def merged(language: str, messages: list[Message]) -> Catalogue:
    """The sentences as the sources have them, with the translations that the .po has."""
    known = read_catalogue(language) if po_file(language).exists() else Catalog(locale=language)
    catalogue = Catalogue(locale=language, fuzzy=False)
    catalogue.header_comment = f"# Corrigenda in {catalogue.locale.english_name if catalogue.locale else language}."
    for message in messages:
        before = known.get(message.id, message.context)
        catalogue[message.id] = Message(
            message.id,
            before.string if before else "",
            locations=message.locations,
            flags=before.flags if before else (),
            auto_comments=message.auto_comments,
            user_comments=before.user_comments if before else (),
            context=message.context,
        )
    return catalogue


def as_po(catalogue: Catalogue) -> bytes:
    written = io.BytesIO()
    write_po(written, catalogue, width=0, include_lineno=False)
    return written.getvalue()


def as_mo(catalogue: Catalog) -> bytes:
    """What is not translated, or not for certain, is left out and shown in English."""
    whole = Catalogue(locale=catalogue.locale, fuzzy=False)
    for message in catalogue:
        if message.id and not message.fuzzy and all(strings_of(message)):
            whole[message.id] = message
    written = io.BytesIO()
    write_mo(written, whole)
    return written.getvalue()


def strings_of(message: Message) -> tuple[str, ...]:
    """The translation; of a plural, each of its forms."""
    return (
        tuple(each or "" for each in message.string)
        if isinstance(message.string, tuple | list)
        else (message.string or "",)
    )


def _as_python(path: Path) -> io.BytesIO:
    """A template as the calls that stand in it, each on a line of its own: its indentation is none of Python's."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(FILLING.sub("", line) for line in lines)
    return io.BytesIO(source.encode())


def _key(ids: object) -> object:
    """A plural is known by its singular, as gettext knows it."""
    return ids[0] if isinstance(ids, tuple) else ids


def main() -> None:
    messages = found_messages()
    for language in LANGUAGES:
        po_file(language).parent.mkdir(parents=True, exist_ok=True)
        catalogue = merged(language, messages)
        po_file(language).write_bytes(as_po(catalogue))
        mo_file(language).write_bytes(as_mo(catalogue))
        missing = sum(not all(strings_of(each)) for each in catalogue if each.id)
        sys.stdout.write(f"{language}: {len(messages)} sentences, {missing} to translate\n")


if __name__ == "__main__":
    main()
