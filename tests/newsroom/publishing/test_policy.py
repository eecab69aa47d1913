"""The policy's one table: enforced when a revision is published, named in each language."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Kind, Revision
from newsroom.publishing.moves import Seen
from newsroom.publishing.policy import (
    POLICY,
    ChangeNeedsNote,
    KindRule,
    MeaningRule,
    NoteSaysTooLittle,
    SecondEditorRequired,
    kind_name,
)
from newsroom.publishing.proposals import approve_proposal, propose_revision
from newsroom.publishing.publish import publish_revision
from newsroom.text.canonical import Wording
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.public_pages import html


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_each_kind_has_a_name_in_each_language_of_the_site(code: str) -> None:
    names = [kind_name(kind, code) for kind in POLICY]
    assert {language for _name, language in names} == {code}
    assert len({name for name, _language in names}) == len(POLICY)


def test_a_language_is_known_by_its_base_and_an_unknown_one_is_told_in_english() -> None:
    assert kind_name(Kind.CORRECTION, "de-AT") == ("Korrektur", "de")
    assert kind_name(Kind.CORRECTION, "pl") == ("Correction", "en")


@pytest.mark.django_db
def test_a_correction_is_refused_whose_note_says_nothing_of_what_was_wrong() -> None:
    article = make_article()
    base, changed = current_revision(article), make_wording(body="<p>It counts <strong>15</strong> bridges.</p>")
    by, second = make_editor(), make_editor(group=STANDARDS_EDITOR)
    asked = {"base": base, "by": by, "kind": Kind.CORRECTION, "wording": changed, "note": "We regret the error."}
    with pytest.raises(NoteSaysTooLittle):
        publish_revision(article, approved_by=second, **asked)  # type: ignore[arg-type]  # one dict for two calls
    with pytest.raises(NoteSaysTooLittle):
        propose_revision(article, **asked)  # type: ignore[arg-type]  # one dict for two calls


def test_a_new_kind_has_to_say_whether_a_change_of_meaning_binds_it() -> None:
    with pytest.raises(TypeError, match="meaning"):
        KindRule()  # type: ignore[call-arg]  # that is the test
    assert {kind for kind, rule in POLICY.items() if rule.meaning is not MeaningRule.ALWAYS} == {
        Kind.PUBLICATION,
        Kind.UPDATE,
        Kind.OBSERVED,
    }


def reported(base: Revision, wording: Wording) -> bool:
    """A hook of settings: a reader has reported the 14."""
    return "14" not in wording.body


@pytest.mark.django_db
@pytest.mark.parametrize("hook", [None, f"{__name__}.reported"])
def test_an_update_is_bound_where_the_hook_says_that_readers_reported_it(settings: Any, hook: str | None) -> None:
    settings.DESK_REPORTS_HOOK = hook
    article, by = make_article(), make_editor()
    base = current_revision(article)
    wording = make_wording(body=BODY.replace("14", "15"))
    asked: dict[str, Any] = {"base": base, "by": by, "kind": Kind.UPDATE, "wording": wording}
    if hook:
        with pytest.raises(ChangeNeedsNote):
            publish_revision(article, **asked)
        with pytest.raises(ChangeNeedsNote):
            propose_revision(article, **asked)
        with pytest.raises(SecondEditorRequired):
            publish_revision(article, note="It is 15.", **asked)
        proposal = propose_revision(article, note="It is 15.", **asked)
        approve_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))
    else:
        publish_revision(article, **asked)
    assert current_revision(article).number == 2


@pytest.mark.django_db
def test_an_update_that_touches_no_meaning_is_not_asked_about(settings: Any) -> None:
    settings.DESK_REPORTS_HOOK = "no.such.hook"
    article = make_article()
    make_revision(article, find="recieve", put="receive", kind=Kind.UPDATE)
    assert current_revision(article).number == 2


@pytest.mark.django_db
def test_a_notice_is_labelled_in_the_language_of_its_article(client: Client) -> None:
    article = make_article(slug="bruecken", language="de", body="<p>Der Rat zählt 14 Brücken.</p>")
    make_revision(article, find="14", put="15", kind=Kind.CORRECTION, note="Es sind 15 Brücken, nicht 14.")
    for path in ("/articles/bruecken/", "/articles/bruecken/changes/", "/articles/bruecken/changes/1...2/"):
        assert '<span lang="de" dir="ltr">Korrektur</span>' in html(client, path)
