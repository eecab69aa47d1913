"""Re-encoding of uploaded pictures: orientation, size, colour space, and no metadata."""

import secrets
import warnings
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000  # a large camera's; decoding more would take too much memory
MAX_SIDE = 2400  # twice the widest column, for sharp screens
READ = ("JPEG", "PNG", "WEBP", "GIF")
# Output formats. MPO is a JPEG with a second picture, made by some cameras.
WRITTEN = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
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
    """More pixels than can be decoded safely, whatever the file's size."""


def encode_picture(upload: IO[bytes]) -> ContentFile[bytes]:
    """The first frame, re-encoded under a random name, without metadata. Raises an UnusablePicture."""
    raw = upload.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise TooHeavy
    kind, picture = _read(raw)
    written = BytesIO()
    picture.save(written, kind, **QUALITY[kind])
    return ContentFile(written.getvalue(), name=f"{secrets.token_hex(16)}.{SUFFIX[kind]}")


def _read(raw: bytes) -> tuple[str, Image.Image]:
    """Output format and decoded image."""
    try:
        with warnings.catch_warnings():
            # Pillow's own warning about size comes first; the limit below is stricter.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=READ) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise TooManyPixels
                return WRITTEN[image.format or ""], _pixels(image)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except UnusablePicture:
        raise
    except Exception as error:  # decoders raise nearly anything for damaged files
        raise NotAPicture from error


def _pixels(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    # Decodes a large JPEG at a fraction of its size.
    image.draft(image.mode, (MAX_SIDE * 2, MAX_SIDE * 2))
    upright = ImageOps.exif_transpose(image)
    shown = _in_srgb(upright, profile) if profile else _in_plain_mode(upright)
    shown.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
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
