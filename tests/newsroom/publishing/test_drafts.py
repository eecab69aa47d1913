"""One draft for each article, saved over nobody's work and gone with its publication."""

from dataclasses import replace

import pytest

from newsroom.accounts.roles import AUDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Draft, Kind
from newsroom.publishing.drafts import (
    SlugTaken,
    StaleDraft,
    clean_draft,
    discard_draft,
    find_draft,
    propose_draft,
    publish_draft,
    reopen_proposal,
    save_draft,
    start_article,
    update_article,
)
from newsroom.publishing.policy import NotPermitted
from newsroom.publishing.proposals import return_proposal
from newsroom.publishing.publish import AlreadyDecided, publish_revision
from newsroom.text.canonical import Wording
from tests.support.factories import current_revision, make_article, make_editor

pytestmark = pytest.mark.django_db
TYPED = Wording("  A  headline ", "", "", '<p class="x">One word.</p>')


def started(*, slug: str = "new") -> Draft:
    return start_article(by=make_editor(), slug=slug, language="en", section="Local", typed=TYPED)


def drafted(article: Article, **parts: str) -> Draft:
    base = current_revision(article)
    typed = replace(base.require_content().wording, **parts)
    return save_draft(article, base=base, by=make_editor(), typed=typed, seen=None)


def test_a_new_article_is_nobodys_until_its_draft_is_published() -> None:
    draft, by = started(), make_editor()
    assert (draft.wording, draft.base, draft.article.state, draft.article.current) == (TYPED, None, "draft", None)
    revision = publish_draft(draft, by=by, kind=Kind.PUBLICATION, note="")
    assert (revision.number, revision.editor, revision.require_content().headline) == (1, by, "A headline")
    assert revision.require_content().body == "<p>One word.</p>"
    assert find_draft(draft.article) is None


def test_an_address_is_given_once() -> None:
    article = make_article(slug="bridges")
    with pytest.raises(SlugTaken):
        started(slug="bridges")
    new = started().article
    with pytest.raises(SlugTaken):
        update_article(new, by=make_editor(), slug="bridges", language="en", section="Local")
    update_article(new, by=make_editor(), slug="newer", language="de", section="World")
    assert (new.slug, new.language, new.section) == ("newer", "de", "World")
    update_article(article, by=make_editor(), slug="spans", language="en", section="World")
    assert (article.slug, article.section) == ("bridges", "World")  # published, it keeps its address


def test_who_may_not_write_drafts_writes_none() -> None:
    auditor, draft = make_editor(group=AUDITOR), started()
    for attempt in (
        lambda: start_article(by=auditor, slug="x", language="en", section="Local", typed=TYPED),
        lambda: update_article(draft.article, by=auditor, slug="x", language="en", section="Local"),
        lambda: save_draft(draft.article, base=None, by=auditor, typed=TYPED, seen=draft.edited_at),
        lambda: discard_draft(draft, by=auditor),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert [each.article.slug for each in Draft.objects.select_related("article")] == ["new"]


@pytest.mark.parametrize("has_seen", [True, False])
def test_a_draft_saved_meanwhile_is_not_overwritten(has_seen: bool) -> None:
    draft = started()
    mine, hers = replace(TYPED, headline="Mine"), replace(TYPED, headline="Hers")
    newer = save_draft(draft.article, base=None, by=make_editor(), typed=hers, seen=draft.edited_at)
    with pytest.raises(StaleDraft) as stale:
        save_draft(draft.article, base=None, by=make_editor(), typed=mine, seen=draft.edited_at if has_seen else None)
    assert stale.value.draft == newer
    for attempt in (
        lambda: publish_draft(draft, by=make_editor(), kind=Kind.PUBLICATION, note=""),
        lambda: propose_draft(draft, by=make_editor(), kind=Kind.PUBLICATION, note=""),
        lambda: discard_draft(draft, by=make_editor()),
    ):
        with pytest.raises(StaleDraft):
            attempt()
    assert Draft.objects.get().headline == "Hers"


def test_a_draft_that_is_gone_is_not_made_anew() -> None:
    draft = drafted(make_article(), headline="Mine")
    discard_draft(draft, by=make_editor())
    with pytest.raises(StaleDraft) as stale:
        save_draft(draft.article, base=draft.base, by=make_editor(), typed=TYPED, seen=draft.edited_at)
    assert stale.value.draft is None


def test_a_body_that_nobody_touched_stays_byte_for_byte() -> None:
    body = '<p class="x">As it was imported.</p>'
    article = Article.objects.create(slug="old", language="en", section="Local")
    by = make_editor()
    wording = Wording("Old", "", "", body)
    publish_revision(article, base=None, by=by, kind=Kind.PUBLICATION, wording=wording)
    assert clean_draft(drafted(article, headline=" New ")) == Wording("New", "", "", body)
    discard_draft(Draft.objects.get(), by=by)
    touched = clean_draft(drafted(article, body=body.replace("imported", "written")))
    assert touched.body == "<p>As it was written.</p>"


def test_a_discarded_draft_takes_an_article_along_that_was_never_public() -> None:
    discard_draft(started(), by=make_editor())
    assert not Article.objects.exists()
    article = make_article()
    discard_draft(drafted(article, headline="Mine"), by=make_editor())
    waiting = started()
    propose_draft(waiting, by=make_editor(), kind=Kind.PUBLICATION, note="")
    again = save_draft(waiting.article, base=None, by=make_editor(), typed=TYPED, seen=None)
    discard_draft(again, by=make_editor())
    assert list(Article.objects.order_by("pk")) == [article, waiting.article]
    assert not Draft.objects.exists()


def test_a_retraction_keeps_the_words_and_a_draft_of_others() -> None:
    article = make_article()
    draft, standing = drafted(article, headline="Mine"), current_revision(article).require_content().wording
    proposal = propose_draft(draft, by=make_editor(group=DESK_CHIEF), kind=Kind.RETRACTION, note="It was forged.")
    assert (proposal.wording, Draft.objects.get()) == (standing, draft)
    discard_draft(draft, by=make_editor())
    same = drafted(article)
    propose_draft(same, by=make_editor(group=DESK_CHIEF), kind=Kind.RETRACTION, note="It was forged.")
    assert not Draft.objects.exists()


def test_only_what_was_sent_back_is_opened_again() -> None:
    proposal = propose_draft(started(), by=make_editor(), kind=Kind.PUBLICATION, note="")
    with pytest.raises(AlreadyDecided):
        reopen_proposal(proposal, by=make_editor())
    returned = return_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted?")
    draft = reopen_proposal(returned, by=make_editor())
    assert (draft.wording, draft.base) == (proposal.wording, None)
    with pytest.raises(StaleDraft):
        reopen_proposal(returned, by=make_editor())
