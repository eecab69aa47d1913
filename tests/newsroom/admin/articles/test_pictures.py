"""Pictures come from an article's editor by one address, under the rules of the page for pictures."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from PIL import Image

from newsroom.accounts.roles import AUDITOR
from newsroom.models import Picture
from tests.support.editor_page import Writer

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/newsroom/picture/upload/"


def gif(frames: int) -> SimpleUploadedFile:
    written = BytesIO()
    first, *more = (Image.new("RGB", (8, 4), (index * 60, 0, 0)) for index in range(frames))
    first.save(written, "GIF", save_all=True, append_images=more)
    return SimpleUploadedFile("a.gif", written.getvalue())


def upload(writer: Writer, file: SimpleUploadedFile, alt: str = "A ferry") -> Any:
    return writer.client.post(UPLOAD, {"file": file, "alt": alt})


def test_a_picture_is_stored_and_its_address_told() -> None:
    writer = Writer()
    answer = upload(writer, gif(1))
    picture = Picture.objects.get()
    told = {"src": picture.file.url, "width": "8", "height": "4", "told": ""}
    assert (answer.status_code, answer.json()) == (201, told)
    assert (picture.alt, picture.uploaded_by) == ("A ferry", writer.editor)


def test_frames_that_are_lost_are_told_once() -> None:
    writer = Writer()
    assert "only its first frame was kept" in upload(writer, gif(2)).json()["told"]
    assert "first frame" not in writer.messages()
    writer.client.post("/admin/newsroom/picture/add/", {"file": gif(2), "alt": "A ferry"})
    assert "first frame" in writer.messages()


@pytest.mark.parametrize(
    ("file", "alt", "field", "said"),
    [
        (SimpleUploadedFile("a.png", b"words"), "A ferry", "file", "picture cannot be read"),
        (gif(1), " ", "alt", "required"),
    ],
)
def test_what_the_page_refuses_is_refused_with_its_sentence(
    file: SimpleUploadedFile, alt: str, field: str, said: str
) -> None:
    answer = upload(Writer(), file, alt)
    assert answer.status_code == 422
    assert said in answer.json()["errors"][field][0]
    assert not Picture.objects.exists()


def test_a_row_that_fails_leaves_no_file() -> None:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith('INSERT INTO "django_admin_log"'):
            raise OperationalError("database or disk is full")
        return execute(sql, *rest)

    writer = Writer()
    before = sorted(Path(settings.MEDIA_ROOT).rglob("*.*"))
    writer.client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        assert upload(writer, gif(1)).status_code == 503
    assert sorted(Path(settings.MEDIA_ROOT).rglob("*.*")) == before


def test_who_may_not_add_pictures_uploads_none() -> None:
    assert upload(Writer(group=AUDITOR), gif(1)).status_code == 403
