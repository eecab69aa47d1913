"""Publishes an article from a file: plain text, Markdown or a saved news page."""

import re
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.utils.translation import get_language_info

from newsroom.audit.account_acts import append_account_added
from newsroom.audit.history import IMPORTED
from newsroom.extraction.media import DROPPED, LINKED, PLAYERS_LINKED, TAKEN
from newsroom.management.local_pictures import LocalPictures
from newsroom.management.plain import PlainCommand
from newsroom.models import Article, Editor, Kind, Picture, Refused, Revision, RevisionText
from newsroom.operations.schema_check import NotSetUp, ensure_tables
from newsroom.publishing.importers import (
    ImportedArticle,
    UnreadableFile,
    begins_with_headline,
    read_file,
    split_headline,
)
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import OFFERED_KINDS, PERMISSION, ChangeNeedsNote, NoteRequired, SecondEditorRequired
from newsroom.publishing.publish import clean_wording, publish_revision
from newsroom.text.canonical import ControlCharacters, Wording
from newsroom.text.sanitizer import TooLong

IMPORTER = "import"
SOURCE = re.compile(f'<img[^>]* src="{re.escape(settings.MEDIA_URL)}([^"]+)"')
WITH_SCRIPT = {"zh": "zh-hans"}  # Django knows Chinese by its script alone
# What a refusal asks for.
OPTIONS = {ChangeNeedsNote: "--note, --approved-by", NoteRequired: "--note", SecondEditorRequired: "--approved-by"}


class Command(PlainCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--slug", required=True, help="the article's address: /articles/<slug>/")
        parser.add_argument("--headline", help="without it: the page's title or the file's first line")
        parser.add_argument("--standfirst")
        parser.add_argument("--byline")
        parser.add_argument("--language", help="a code like en or uk; without it: what the page says, or en")
        parser.add_argument("--section", default="")
        parser.add_argument("--update", action="store_true", help="make the next revision of an article")
        parser.add_argument("--kind", choices=[kind.value for kind in OFFERED_KINDS])
        parser.add_argument("--note", default="", help="the public note of an update")
        parser.add_argument("--editor", default=IMPORTER, help="username of who publishes")
        parser.add_argument("--approved-by", help="username of the second editor, where one is needed")

    def handle(self, *, file: Path, slug: str, update: bool, kind: str | None, **options: Any) -> None:
        if not update and (kind or options["note"]):
            raise CommandError("--kind and --note belong to --update: a first revision is a publication")
        try:
            ensure_tables()
            if update:
                found, revision = _update(file, slug=slug, kind=kind, options=options)
            else:
                found, revision = _publish(file, slug=slug, options=options)
        except ValidationError as error:
            refused = [f"--{name}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
            raise CommandError(" ".join(refused)) from None
        except (UnreadableFile, NotSetUp) as error:
            raise CommandError(str(error)) from None
        except TooLong as refusal:
            raise CommandError(f"{file} has {refusal}") from None
        except (Refused, ControlCharacters) as refusal:
            options_for = next(
                (f" ({names})" for kind_of, names in OPTIONS.items() if isinstance(refusal, kind_of)), ""
            )
            raise CommandError(explain(refusal) + options_for) from None
        except DatabaseError as error:
            raise CommandError(f"the database refused: {str(error).strip().splitlines()[0]}") from None
        self.stdout.write(f"{revision.article.get_absolute_url()} revision {revision.number} published")
        for line in _left_out(found):
            self.stdout.write(line)


def _publish(file: Path, *, slug: str, options: dict[str, Any]) -> tuple[ImportedArticle, Revision]:
    if Article.objects.filter(slug=slug).exists():
        raise CommandError(f"an article {slug!r} exists already; make its next revision with --update --kind …")
    with _pictures_of(file) as pictures:
        found = read_file(file, local=pictures)
        headline, body = split_headline(found) if options["headline"] is None else (options["headline"], found.body)
        wording = _wording(options, headline=headline, standfirst=found.standfirst, byline=found.byline, body=body)
        article = Article(slug=slug, language=_language(options["language"], found), section=options["section"])
        article.clean_fields()
        by = _editor(options["editor"])
        pictures.keep(by=by)
        article._history_user = by  # type: ignore[attr-defined]  # how django-simple-history is told the actor
        article._change_reason = IMPORTED  # type: ignore[attr-defined]
        return found, publish_revision(article, base=None, by=by, kind=Kind.PUBLICATION, wording=wording)


def _update(file: Path, *, slug: str, kind: str | None, options: dict[str, Any]) -> tuple[ImportedArticle, Revision]:
    """The next revision; of standfirst and byline, what no option gives stays as it is.

    A retraction keeps the words that stand, whatever the file says.
    """
    if kind is None:
        raise CommandError("--update needs --kind: " + ", ".join(OFFERED_KINDS))
    article = Article.objects.with_wording().filter(slug=slug).first()
    if article is None or article.current is None:
        raise CommandError(f"there is no published article {slug!r} to update")
    content = article.current.require_content()
    now = content.wording
    with _pictures_of(file, now.body) as pictures:
        found = read_file(file, local=pictures)
        headline, body = _headline_and_body(found, options["headline"], content)
        new = _wording(options, headline=headline, standfirst=now.standfirst, byline=now.byline, body=body)
        by = _editor(options["editor"])
        pictures.keep(by=by)
        return found, publish_revision(
            article,
            base=article.current,
            by=by,
            kind=Kind(kind),
            wording=now if kind == Kind.RETRACTION else new,
            note=options["note"],
            approved_by=_editor(options["approved_by"]) if options["approved_by"] else None,
        )


@contextmanager
def _pictures_of(file: Path, body: str = "") -> Iterator[LocalPictures]:
    """Pictures beside the file, given back where the text is refused; those of `body` are known."""
    known = Picture.objects.filter(file__in=SOURCE.findall(body))
    pictures = LocalPictures(file.parent, known=known)
    try:
        yield pictures
    except BaseException:
        pictures.give_back()
        raise


def _left_out(found: ImportedArticle) -> list[str]:
    """What became of pictures and players, a line for each fate."""
    counts = found.left_out
    lines = {
        "taken along": _listed({"picture": counts[TAKEN]}),
        "left out, with a link in its place": _listed({"picture": counts[LINKED], "player": counts[PLAYERS_LINKED]}),
        "left out, without caption or description": _listed({"picture": counts[DROPPED]}),
    }
    return [f"{fate}: {things}" for fate, things in lines.items() if things]


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items() if count)


def _headline_and_body(found: ImportedArticle, given: str | None, now: RevisionText) -> tuple[str, str]:
    """As in the first import; but where that one was given a headline, the file begins with the text."""
    if given is not None:
        return given, found.body
    if begins_with_headline(found, headline=now.headline, text=now.text):
        return split_headline(found)
    return now.headline, found.body


def _wording(options: dict[str, Any], *, headline: str, standfirst: str, byline: str, body: str) -> Wording:
    return clean_wording(
        headline=headline,
        standfirst=standfirst if options["standfirst"] is None else options["standfirst"],
        byline=byline if options["byline"] is None else options["byline"],
        body=body,
    )


def _language(given: str | None, found: ImportedArticle) -> str:
    """As it is given; a page's own without its country, where that makes no language of its own (fr-FR, but pt-BR)."""
    code = (given or found.language or "en").lower()
    try:
        known = get_language_info(WITH_SCRIPT.get(code, code))["code"]
    except KeyError:
        if given:
            raise CommandError(f"--language {given!r} is no language code; use one like en, uk or ar") from None
        return "en"
    return code if given else str(known)


def _editor(username: str) -> Editor:
    """The account that publishes; the importer's own is made when it is first needed, and nobody can log in to it."""
    if username == IMPORTER:
        with transaction.atomic():
            editor, made = Editor.objects.get_or_create(username=IMPORTER)
            if made:
                editor.set_unusable_password()
                editor.save()
                groups = Group.objects.filter(permissions__codename=PERMISSION.split(".")[1]).order_by("pk")
                editor.groups.set(groups[:1])
                append_account_added(editor, by=None)
        return editor
    found = Editor.objects.filter(username=username).first()
    if found is None:
        raise CommandError(f"there is no editor {username!r}")
    return found
