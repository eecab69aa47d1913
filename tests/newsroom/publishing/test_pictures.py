"""Uploads become pictures of ours: re-encoded, upright, small, and with nothing in them but pixels."""

import fcntl
import re
import subprocess
import sys
import threading
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from PIL import Image, ImageCms, PngImagePlugin

from newsroom.models import Picture
from newsroom.publishing.pictures import MAX_PIXELS, MAX_SIDE, NotAPicture, TooHeavy, TooManyPixels, encode_picture
from tests.support.admin_page import tree
from tests.support.editor_page import Writer

ADD = "/admin/newsroom/picture/add/"
MEASURE = """
import io, pathlib, sys
from django.conf import settings
settings.configure(DATA_DIR=pathlib.Path(sys.argv[1]).parent)
from newsroom.publishing.pictures import encode_picture
raw = pathlib.Path(sys.argv[1]).read_bytes()
mark = lambda: int([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1])
open("/proc/self/clear_refs", "w").write("5")
before = mark()
encode_picture(io.BytesIO(raw))
print((mark() - before) // 1024)
"""
SECRET = b"Harbour Street 14"


def made(kind: str, *, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    """A picture whose left half is red."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    picture.convert(mode).save(written, kind, **options)
    return written.getvalue()


def encoded(raw: bytes) -> tuple[str, bytes, Image.Image]:
    file = encode_picture(BytesIO(raw))
    content = file.read()
    return str(file.name), content, Image.open(BytesIO(content))


def is_red(picture: Image.Image, at: tuple[int, int]) -> bool:
    red, green, blue = picture.convert("RGB").getpixel(at)  # type: ignore[misc]
    return red > 200 and green < 60 and blue < 60


@pytest.mark.parametrize(
    ("kind", "mode", "becomes"),
    [
        ("JPEG", "RGB", "JPEG"),
        ("JPEG", "L", "JPEG"),
        ("JPEG", "CMYK", "JPEG"),
        ("PNG", "RGB", "PNG"),
        ("PNG", "RGBA", "PNG"),
        ("PNG", "P", "PNG"),
        ("PNG", "1", "PNG"),
        ("PNG", "LA", "PNG"),
        ("WEBP", "RGB", "WEBP"),
        ("GIF", "P", "PNG"),
    ],
)
def test_the_content_decides_how_a_picture_is_written(kind: str, mode: str, becomes: str) -> None:
    name, _content, picture = encoded(made(kind, mode=mode))
    assert (picture.format, picture.size) == (becomes, (40, 20))
    assert re.fullmatch(r"[0-9a-f]{32}\.(jpg|png|webp)", name)
    if mode not in ("L", "1", "LA"):
        assert is_red(picture, (5, 10))
        assert not is_red(picture, (35, 10))


def test_two_uploads_of_one_file_have_two_names() -> None:
    raw = made("PNG")
    assert encoded(raw)[0] != encoded(raw)[0]


def test_orientation_is_applied_and_the_rest_of_the_metadata_is_gone() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned: the left side is the top
    exif[0x010E] = SECRET.decode()
    raw = made("JPEG", exif=exif, comment=SECRET)
    assert SECRET in raw
    _name, content, picture = encoded(raw)
    assert SECRET not in content
    assert (picture.size, dict(picture.getexif())) == ((20, 40), {})
    assert is_red(picture, (10, 5))
    assert not is_red(picture, (10, 35))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_file_says_beside_its_pixels_is_removed(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    xmp = b"<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
    raw = made(kind, exif=exif, pnginfo=info, xmp=xmp) if kind != "JPEG" else made(kind, exif=exif, xmp=xmp)
    assert SECRET in raw
    assert SECRET not in encoded(raw)[1]


def test_colours_of_a_profile_are_kept_and_the_profile_goes() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    _name, _content, picture = encoded(made("PNG", icc_profile=profile))
    assert "icc_profile" not in picture.info
    assert is_red(picture, (5, 10))
    _name, _content, picture = encoded(made("JPEG", icc_profile=b"no profile at all"))
    assert is_red(picture, (5, 10))


def test_transparency_is_kept() -> None:
    clear = BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(clear, "PNG")
    pixel = encoded(clear.getvalue())[2].convert("RGBA").getpixel((1, 1))
    assert isinstance(pixel, tuple)
    assert pixel[3] == 0


def test_sixteen_bits_a_pixel_become_eight() -> None:
    deep = BytesIO()
    Image.new("I;16", (4, 4), 128 * 256).save(deep, "PNG")
    assert encoded(deep.getvalue())[2].getpixel((1, 1)) == 128


def test_of_an_animation_the_first_frame_is_kept() -> None:
    moving = BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    _name, _content, picture = encoded(moving.getvalue())
    assert getattr(picture, "n_frames", 1) == 1
    assert is_red(picture, (4, 4))


@pytest.mark.parametrize(("size", "becomes"), [((4800, 1200), (2400, 600)), ((1000, 3000), (800, 2400))])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_large_picture_is_made_small(kind: str, size: tuple[int, int], becomes: tuple[int, int]) -> None:
    picture = encoded(made(kind, size=size))[2]
    assert picture.size == becomes
    assert max(picture.size) == MAX_SIDE


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"just words",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"%PDF-1.7 ...",
        made("BMP"),
        made("TIFF"),
        made("JPEG", size=(400, 400))[:500],
        made("PNG", size=(400, 400))[:200],
        made("WEBP", size=(400, 400))[:100],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        b"GIF89a" + b"\xff" * 20,
    ],
    ids=["empty", "text", "svg", "pdf", "bmp", "tiff", "cut jpeg", "cut png", "cut webp", "false png", "false gif"],
)
def test_what_is_no_picture_is_refused(raw: bytes) -> None:
    with pytest.raises(NotAPicture):
        encode_picture(BytesIO(raw))


@pytest.mark.parametrize("side", [8_000, 11_000, 30_000])
def test_a_small_file_of_many_pixels_is_refused_before_it_is_unpacked(side: int) -> None:
    bomb = bytearray(made("PNG"))
    bomb[16:24] = side.to_bytes(4, "big") * 2
    # The checksum of the header.
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    with pytest.raises(TooManyPixels) as refused:
        encode_picture(BytesIO(bytes(bomb)))
    assert (refused.value.width, refused.value.height) == (4898, 4898)


@pytest.mark.parametrize(
    ("kind", "size", "fits"), [("WEBP", (16383, 3662), (8973, 2005)), ("PNG", (30_000, 1_000), (26_832, 894))]
)
def test_a_picture_too_large_is_refused_with_the_size_that_fits(
    kind: str, size: tuple[int, int], fits: tuple[int, int]
) -> None:
    with pytest.raises(TooManyPixels) as refused:
        encode_picture(BytesIO(made(kind, size=size)))
    assert (refused.value.width, refused.value.height) == fits
    assert fits[0] * fits[1] <= MAX_PIXELS[kind]


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF", "JPEG"])
def test_the_largest_picture_takes_less_than_300_mb(kind: str) -> None:
    """In a process of its own, whose high-water mark is set back before it decodes."""
    side = int(MAX_PIXELS[kind] ** 0.5)
    file = Path(settings.DATA_DIR) / f"largest.{kind.lower()}"
    file.write_bytes(made(kind, size=(side, side), mode={"GIF": "P", "JPEG": "CMYK"}.get(kind, "RGBA")))
    told = subprocess.run([sys.executable, "-c", MEASURE, file], capture_output=True, text=True, check=True)
    assert 0 < int(told.stdout) < 300


def test_pictures_are_decoded_one_at_a_time() -> None:
    decoded: list[object] = []
    with (Path(settings.DATA_DIR) / "picture.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waiting = threading.Thread(target=lambda: decoded.append(encode_picture(BytesIO(made("PNG")))))
        waiting.start()
        waiting.join(0.3)
        assert not decoded
    waiting.join()
    assert decoded


def test_a_file_that_is_too_heavy_is_refused_without_reading_it_whole() -> None:
    file = BytesIO(made("PNG") + b"\0" * (21 * 1024 * 1024))
    with pytest.raises(TooHeavy):
        encode_picture(file)
    assert file.tell() <= 20 * 1024 * 1024 + 1


@pytest.mark.django_db
class TestUpload:
    def send(self, writer: Writer, raw: bytes, name: str = "../../Élan.svg") -> Any:
        return writer.client.post(ADD, {"file": SimpleUploadedFile(name, raw), "alt": "A bridge"})

    def test_an_upload_shows_its_address_and_is_served(self) -> None:
        writer = Writer()
        answer = self.send(writer, made("JPEG"))
        picture = Picture.objects.get()
        assert answer["Location"] == f"/admin/newsroom/picture/{picture.pk}/change/"
        assert (picture.width, picture.height, picture.uploaded_by) == (40, 20, writer.editor)
        assert re.fullmatch(r"pictures/\d{4}/\d{2}/[0-9a-f]{32}\.jpg", picture.file.name)
        assert Path(picture.file.path).is_relative_to(Path(settings.MEDIA_ROOT) / "pictures")
        page = writer.client.get(answer["Location"])
        assert picture.file.url in "".join(tree(page).xpath("//code/text()"))
        served = writer.client.get(picture.file.url)
        assert (served.status_code, served["Content-Type"]) == (200, "image/jpeg")
        assert served["X-Content-Type-Options"] == "nosniff"
        served.close()

    def test_lost_frames_of_an_animation_are_said(self) -> None:
        frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
        moving = BytesIO()
        frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
        writer = Writer()
        for raw, is_said in ((moving.getvalue(), True), (made("GIF", mode="P"), False)):
            page = writer.client.get(self.send(writer, raw)["Location"])
            assert ("only its first frame was kept" in page.content.decode()) is is_said

    def test_a_refused_upload_says_why_and_leaves_nothing(self) -> None:
        writer = Writer()
        before = sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))
        answer = self.send(writer, b"<svg/>")
        assert answer.status_code == 422
        assert "This picture cannot be read" in answer.content.decode()
        assert tree(answer).xpath("//input[@name='alt']/@value") == ["A bridge"]
        assert not Picture.objects.exists()
        assert sorted(Path(settings.MEDIA_ROOT).rglob("*.*")) == before

    def test_a_row_that_fails_leaves_no_picture(self) -> None:
        def refuse(execute: Any, sql: str, *rest: Any) -> Any:
            if sql.startswith('INSERT INTO "django_admin_log"'):  # last in the transaction
                raise OperationalError("database or disk is full")
            return execute(sql, *rest)

        writer = Writer()
        before = sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))
        writer.client.raise_request_exception = False
        with connection.execute_wrapper(refuse):
            answer = self.send(writer, made("PNG"))
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert sorted(Path(settings.MEDIA_ROOT).rglob("*.*")) == before

    def test_a_picture_needs_words_for_those_who_cannot_see_it(self) -> None:
        answer = Writer().client.post(ADD, {"file": SimpleUploadedFile("a.png", made("PNG")), "alt": " "})
        assert answer.status_code == 422
        assert not Picture.objects.exists()

    def test_a_picture_is_neither_changed_nor_deleted(self) -> None:
        writer = Writer()
        self.send(writer, made("PNG"))
        picture = Picture.objects.get()
        for page in ("change", "delete"):
            address = f"/admin/newsroom/picture/{picture.pk}/{page}/"
            assert writer.client.post(address, {"alt": "x", "post": "yes"}).status_code == 403
