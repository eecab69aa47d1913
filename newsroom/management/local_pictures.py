"""Pictures that lie beside a file to import: re-encoded and stored as an editor's uploads are."""

import base64
import binascii
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from newsroom.models import Editor, Picture
from newsroom.publishing.pictures import EncodedPicture, UnusablePicture, encode_picture

LONGEST_ALT = 500  # characters, as the model has it


class LocalPictures:
    """Takes along what lies in the file's folder or below it, or is written into the file itself.

    A picture that one of `known` shows already is that one: importing a file again changes nothing.
    """

    def __init__(self, folder: Path, *, known: Iterable[Picture] = ()) -> None:
        self._folder = folder.resolve()
        self._known = {
            _digest_of(picture): picture for picture in known if picture.file.storage.exists(picture.file.name)
        }
        self._taken: dict[str, Picture] = {}

    def __call__(self, source: str, alt: str) -> dict[str, str]:
        """Attributes of the stored copy; empty for what lies elsewhere or is no picture."""
        if source not in self._taken:
            try:
                with self._opened(source) as file:
                    encoded = encode_picture(file)
            except (OSError, ValueError, UnusablePicture):
                return {}
            self._taken[source] = self._known.get(sha256(encoded.read()).digest()) or _stored(encoded, alt)
        taken = self._taken[source]
        return {"src": taken.file.url, "width": str(taken.width), "height": str(taken.height)}

    def keep(self, *, by: Editor) -> None:
        """Record whose uploads they are; call it before the text that shows them is published."""
        for picture in self._new():
            picture.uploaded_by = by
            picture.save()

    def give_back(self) -> None:
        """Remove what was stored: the text is refused."""
        for picture in self._new():
            picture.file.delete(save=False)
            if picture.pk:
                picture.delete()

    def _new(self) -> list[Picture]:
        return [picture for picture in self._taken.values() if picture not in self._known.values()]

    def _opened(self, source: str) -> IO[bytes]:
        """Raises OSError, ValueError."""
        if source.startswith("data:"):
            try:
                return BytesIO(base64.b64decode(source.partition(",")[2], validate=True))
            except binascii.Error as error:
                raise ValueError("no base64") from error
        return self._path(source).open("rb")

    def _path(self, source: str) -> Path:
        """Only below the folder: a page must not fetch other files of the machine. Raises FileNotFoundError."""
        parts = urlsplit(source)
        path = (self._folder / unquote(parts.path)).resolve()
        if parts.scheme or parts.netloc or not path.is_relative_to(self._folder) or not path.is_file():
            raise FileNotFoundError(source)
        return path


def _digest_of(picture: Picture) -> bytes:
    with picture.file.open() as file:
        return sha256(file.read()).digest()


def _stored(encoded: EncodedPicture, alt: str) -> Picture:
    picture = Picture(alt=alt[:LONGEST_ALT])
    picture.file.save(encoded.name, encoded, save=False)
    return picture
