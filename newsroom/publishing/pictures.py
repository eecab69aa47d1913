"""Re-encoding of uploaded pictures: orientation, size, colour space, and no metadata."""

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 20 * 1024 * 1024
# Pixels by format: decoding takes 7, 11 and 16 bytes for each (measured), and one picture may take 300 MB.
MAX_PIXELS = {"JPEG": 40_000_000, "MPO": 40_000_000, "PNG": 24_000_000, "GIF": 24_000_000, "WEBP": 18_000_000}
MAX_SIDE = 2400  # twice the widest column, for sharp screens
READ = ("JPEG", "PNG", "WEBP", "GIF")
# Output formats. MPO is a JPEG with a second picture, made by some cameras.
WRITTEN = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit is far above ours, and does not say what fits
RESIZABLE = ("RGB", "RGBA", "L", "CMYK")
QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85},
}


class UnusablePicture(Exception):
    """An upload cannot be used."""


class NotAPicture(UnusablePicture):
    """Not a JPEG, PNG, WebP or GIF, or damaged."""


class TooHeavy(UnusablePicture):
    """More than 20 MB."""


class TooManyPixels(UnusablePicture):
    """More pixels than can be decoded safely, whatever the file's size; `width` and `height` would fit."""

    def __init__(self, size: tuple[int, int], most: int) -> None:
        super().__init__(size)
        ratio = sqrt(most / (size[0] * size[1]))
        self.width, self.height = (max(1, int(side * ratio)) for side in size)


class EncodedPicture(ContentFile):  # type: ignore[type-arg]  # not generic at run time
    """A picture of ours; `is_still` where only the first frame of an animation was kept."""

    is_still = False


def encode_picture(upload: IO[bytes]) -> EncodedPicture:
    """The first frame, re-encoded under a random name, without metadata. Raises an UnusablePicture."""
    raw = upload.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooHeavy
    with _one_at_a_time():
        kind, picture, is_still = _read(raw)
        written = BytesIO()
        picture.save(written, kind, **QUALITY[kind])
    encoded = EncodedPicture(written.getvalue(), name=f"{secrets.token_hex(16)}.{SUFFIX[kind]}")
    encoded.is_still = is_still
    return encoded


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """flock, among all processes and threads of the site: memory is reckoned for one picture."""
    with (Path(settings.DATA_DIR) / "picture.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _read(raw: bytes) -> tuple[str, Image.Image, bool]:
    """Output format, decoded image, and whether other frames are lost."""
    try:
        with Image.open(BytesIO(raw), formats=READ) as image:
            kind = image.format or ""
            if image.width * image.height > MAX_PIXELS[kind]:
                raise TooManyPixels(image.size, MAX_PIXELS[kind])
            is_still = kind != "MPO" and bool(getattr(image, "is_animated", False))
            return WRITTEN[kind], _pixels(image), is_still
    except UnusablePicture:
        raise
    except Exception as error:  # decoders raise nearly anything for damaged files
        raise NotAPicture from error


def _pixels(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    # Decodes a large JPEG at a fraction of its size.
    image.draft(image.mode, (MAX_SIDE, MAX_SIDE))
    # Smaller first, so that no step after it holds a second picture of full size.
    small = image if image.mode in RESIZABLE else _in_plain_mode(image)

    small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    upright = ImageOps.exif_transpose(small)
    shown = _in_srgb(upright, profile) if profile else _in_plain_mode(upright)
    # Pixels only: place, camera, owner and comments are dropped.
    bare = Image.new(shown.mode, shown.size)
    bare.paste(shown)
    return bare


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")  # 16 bits per pixel
    return image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert to sRGB, which browsers assume where there is no profile."""
    source = image if image.mode in ("CMYK", "L") else _in_plain_mode(image)
    mode = "RGBA" if source.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(source, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return _in_plain_mode(image)  # a broken profile is ignored
    return converted or _in_plain_mode(image)
