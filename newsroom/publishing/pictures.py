"""Makes pictures fit to be shown: what is uploaded is read, turned upright, made small and written anew."""

import secrets
import warnings
from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from PIL import Image, ImageCms, ImageOps

MOST_BYTES = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000  # a large camera's; more would take more memory to read than a web server should give
LONGEST_SIDE = 2400  # twice the widest column, for sharp screens
READ = ("JPEG", "PNG", "WEBP", "GIF")
# What each is written as. MPO is a JPEG that carries a second picture, as some cameras make it.
WRITTEN = {"JPEG": "JPEG", "MPO": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "PNG"}
SUFFIX = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}
QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85},
}


class Unusable(Exception):
    """An upload cannot become a picture; each refusal below says why."""


class NotAPicture(Unusable):
    """No JPEG, PNG, WebP or GIF, or a damaged one."""


class TooHeavy(Unusable):
    """More than 20 MB."""


class TooManyPixels(Unusable):
    """More pixels than can be read safely, whatever the size of the file."""


def encode_picture(upload: IO[bytes]) -> ContentFile[bytes]:
    """The first frame as a new file with a random name and nothing but pixels in it. Raises an Unusable."""
    raw = upload.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise TooHeavy
    kind, picture = _read(raw)
    written = BytesIO()
    picture.save(written, kind, **QUALITY[kind])
    return ContentFile(written.getvalue(), name=f"{secrets.token_hex(16)}.{SUFFIX[kind]}")


def _read(raw: bytes) -> tuple[str, Image.Image]:
    """What it is to be written as, and its pixels."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of many pixels before we can count them; the count below is stricter.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(raw), formats=READ) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise TooManyPixels
                return WRITTEN[image.format or ""], _pixels(image)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except Unusable:
        raise
    except Exception as error:  # the decoder of a damaged file raises nearly anything
        raise NotAPicture from error


def _pixels(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    # A JPEG much larger than needed is read at a fraction of its size.
    image.draft(image.mode, (LONGEST_SIDE * 2, LONGEST_SIDE * 2))
    upright = ImageOps.exif_transpose(image)
    shown = _in_srgb(upright, profile) if profile else _in_plain_mode(upright)
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # Pixels alone go on: what else a file says (place, camera, owner, comments) stays behind.
    bare = Image.new(shown.mode, shown.size)
    bare.paste(shown)
    return bare


def _in_plain_mode(image: Image.Image) -> Image.Image:
    if image.has_transparency_data:
        return image.convert("RGBA")
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")  # sixteen bits a pixel
    return image.convert("L" if image.mode in ("1", "L", "LA") else "RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Its colours as browsers show a picture that names no profile."""
    source = image if image.mode in ("CMYK", "L") else _in_plain_mode(image)
    mode = "RGBA" if source.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(source, given, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return _in_plain_mode(image)  # a broken profile says nothing about the colours
    return converted or _in_plain_mode(image)
