"""Backup and restore: the database and the pictures in one tar file.

Without the secret key: a stolen backup must not open readers' private pages.
"""

import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.db import connection

from newsroom.models import AuditHead
from newsroom.operations.database_dump import DatabaseNotEmpty, dump_database, load_database

FORMAT = 1
PICTURE_SUFFIXES = frozenset({"jpg", "jpeg", "png", "webp"})  # what uploads are written as, and the demo's pictures
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"
BENT = (tarfile.TarError, ValueError, OverflowError)  # what tarfile raises for bent headers
LONGEST_MANIFEST = 64 * 1024  # bytes; ours have 200


class UnreadableBackup(Exception):
    """Not a backup, or of another kind of database; the message says which."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Metadata of a backup; `head` was the audit record's head just before, so the copy must contain it."""

    format: int
    vendor: str
    made_at: str
    head: str


def make_backup(target: Path) -> Manifest:
    """Write a backup, renamed into place when complete, readable by its owner only.

    Raises FileExistsError, DumpFailed, OSError.
    """
    if target.exists():
        raise FileExistsError(f"{target} exists already; choose another name")
    manifest = Manifest(FORMAT, connection.vendor, datetime.now(UTC).isoformat(), str(AuditHead.objects.get(pk=1)))
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as folder:
        parts, archive = Path(folder) / "parts", Path(folder) / "archive"
        parts.mkdir()
        (parts / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
        dump_database(parts / DATABASE)
        # Links are followed: MEDIA_ROOT may be one, or hold one, where the pictures lie on another disk.
        with archive.open("xb") as file, tarfile.open(fileobj=file, mode="w", dereference=True) as tar:
            tar.add(parts / MANIFEST, MANIFEST)
            tar.add(parts / DATABASE, DATABASE)
            # After the database: pictures are stored before rows refer to them, and never change.
            if settings.MEDIA_ROOT.is_dir():
                tar.add(settings.MEDIA_ROOT, MEDIA, filter=_is_ours)
            tar.close()
            os.fsync(file.fileno())
        archive.chmod(0o600)
        os.replace(archive, target)
    return manifest


def restore_backup(source: Path, *, overwrite: bool) -> Manifest:
    """Restore database and pictures. Raises UnreadableBackup, DatabaseNotEmpty, DumpFailed, DatabaseInUse, OSError."""
    with _opened(source) as tar, tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        _refuse_bent(tar, source)
        manifest = _manifest(tar, source)
        if manifest.vendor != connection.vendor:
            raise UnreadableBackup(
                f"{source} holds a database of {manifest.vendor}, DATABASE_URL names {connection.vendor}"
            )
        if not overwrite and settings.MEDIA_ROOT.is_dir() and any(settings.MEDIA_ROOT.iterdir()):
            raise DatabaseNotEmpty(f"{settings.MEDIA_ROOT} holds pictures")
        dump, media = Path(folder) / DATABASE, Path(folder) / MEDIA
        pictures = _pictures(tar)
        _unpack(tar, _member(tar, DATABASE), dump)
        for inside, member in pictures.items():
            _unpack(tar, member, media / inside)
        load_database(dump, overwrite=overwrite)
        if media.is_dir():
            shutil.copytree(media, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return manifest


def _is_ours(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return member if member.isdir() or (member.isfile() and _is_picture(member.name)) else None


def _is_picture(name: str) -> bool:
    return PurePosixPath(name).suffix.lower().lstrip(".") in PICTURE_SUFFIXES


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        tar = tarfile.open(source, "r:")  # noqa: SIM115  # closed below
    except BENT as error:
        raise UnreadableBackup(f"{source} is no backup: {error}") from None
    with tar:
        try:
            yield tar
        except tarfile.TarError as error:
            raise UnreadableBackup(f"{source} is no backup: {error}") from None


def _refuse_bent(tar: tarfile.TarFile, source: Path) -> None:
    """Read the list of members. Raises UnreadableBackup for sizes that lie.

    A file with holes unpacks to terabytes; a negative size makes tarfile read the same member again and again.
    """
    try:
        while member := tar.next():
            if member.issparse() or member.size < 0:
                raise UnreadableBackup(f"the backup holds {member.name!r}, which no backup of ours does")
    except BENT as error:
        raise UnreadableBackup(f"{source} is no backup: {error}") from None


def _manifest(tar: tarfile.TarFile, source: Path) -> Manifest:
    try:
        member = tar.getmember(MANIFEST)
        file = tar.extractfile(member) if member.isfile() and member.size <= LONGEST_MANIFEST else None
        manifest = Manifest(**json.loads(file.read() if file else b""))
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UnreadableBackup(f"{source} is no backup: it says nothing of itself") from None
    if manifest.format != FORMAT:
        raise UnreadableBackup(f"{source} was made by another version: its format is {manifest.format}")
    return manifest


def _pictures(tar: tarfile.TarFile) -> dict[PurePosixPath, tarfile.TarInfo]:
    """The archive's pictures and their places in MEDIA_ROOT. One walk: a look-up by name reads the list from its end.

    Raises UnreadableBackup for anything that a backup of ours does not hold.
    """
    found: dict[PurePosixPath, tarfile.TarInfo] = {}
    for member in tar.getmembers():
        path = PurePosixPath(member.name)
        if member.name in (MANIFEST, DATABASE) or (member.isdir() and path.parts[:1] == (MEDIA,)):
            continue
        if path.parts[:1] != (MEDIA,) or ".." in path.parts or not member.isfile():
            raise UnreadableBackup(f"the backup holds {member.name!r}, which no backup of ours does")
        if not _is_picture(member.name):
            raise UnreadableBackup(f"the backup holds {member.name!r}, and uploads of that type are refused")
        if (inside := path.relative_to(MEDIA)) in found:
            raise UnreadableBackup(f"the backup holds {member.name!r} twice")
        found[inside] = member
    return found


def _member(tar: tarfile.TarFile, name: str) -> tarfile.TarInfo:
    try:
        return tar.getmember(name)
    except KeyError:
        raise UnreadableBackup(f"the backup is not whole: {name} is missing") from None


def _unpack(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    content = tar.extractfile(member) if member.isfile() else None
    if content is None:
        raise UnreadableBackup(f"the backup is not whole: {member.name} is no file")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        shutil.copyfileobj(content, file)
