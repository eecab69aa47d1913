"""Editors who publish all the while: their own sentences, and what readers suggested."""

import random
import threading
import time

from django.contrib.auth.models import Group
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections
from django.utils.html import escape

from benchmarks.drill.journal import Journal
from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit, compose
from corrections.decisions.payloads import NewRevision, revision_payload
from corrections.decisions.pending import check_decision, decide
from corrections.models import Case
from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Refused
from newsroom.publishing.publish import AlreadyDecided, StaleRevision, clean_wording, publish_revision


class DeskEditor(threading.Thread):
    """Takes turns between a new revision of an article and a decision about an open case."""

    def __init__(self, number: int, journal: Journal, stop: threading.Event, *, seed: str, pause: float) -> None:
        super().__init__(daemon=True)
        self._by = make_editor(f"drill{number}", COPY_EDITOR)
        self._second = make_editor("drill-second", STANDARDS_EDITOR)
        self._journal = journal
        self._stopped = stop
        self._random = random.Random(seed)
        self._pause = pause
        self._written = 0

    def run(self) -> None:
        while not self._stopped.is_set():
            try:
                self._random.choice((self._update, self._decide))()
            except (StaleRevision, AlreadyDecided):
                self._journal.count("editors came too late")
            except Refused:
                self._journal.count("editors refused")
            except DatabaseError as error:
                # The database is away: whether the change was made is not known, and nobody was told that it was.
                self._journal.count("editors without a database")
                if "locked" in str(error):
                    self._journal.break_promise(f"an editor met a locked database: {error}")
                close_old_connections()
            time.sleep(self._random.uniform(0.3, 1.7) * self._pause)
        connections.close_all()

    def _update(self) -> None:
        article = self._random.choice(list(Article.objects.with_wording().filter(state=Article.State.PUBLISHED)))
        base = article.current
        assert base is not None
        self._written += 1
        sentence = f"{self._by.username} adds sentence {self._written}."
        now = base.require_content().wording
        wording = clean_wording(
            headline=now.headline,
            standfirst=now.standfirst,
            byline=now.byline,
            body=f"{now.body}<p>{escape(sentence)}</p>",
        )
        kind = self._random.choice((Kind.UPDATE, Kind.CORRECTION))  # each correction shows its head to the public
        publish_revision(
            article, base=base, by=self._by, kind=kind, wording=wording, note=sentence, approved_by=self._second
        )
        self._journal.note_published(article.slug, sentence)

    def _decide(self) -> None:
        cases = Case.objects.select_related("article", "anchored_in__stored_text", "anchored_in__article")
        case = self._random.choice([*cases.filter(state=Case.State.OPEN).order_by("rank")[:20], None])
        if case is None:
            return
        verb, payload = "decline", dict[str, object](reason="We looked, and it is right as it stands.")
        if case.start is not None and case.end is not None and case.replacement and self._random.random() < 0.5:
            edit = Edit(case, case.replacement, Span(case.start, case.end))
            composed = compose(case.anchored_in, [edit])
            verb = "publish"
            payload = revision_payload(NewRevision(case.anchored_in, composed, Kind.TYPO, note=""), [edit])
        check_decision(verb, [case], by=self._by, payload=payload)
        decide(verb, [case], by=self._by, payload=payload, typed={})
        self._journal.count(f"decided: {verb}")


def make_editor(username: str, group: str) -> Editor:
    editor, made = Editor.objects.get_or_create(username=username, defaults={"is_staff": True})
    if made:
        editor.set_unusable_password()
        editor.save()
        editor.groups.add(Group.objects.get(name=group))
    return editor
