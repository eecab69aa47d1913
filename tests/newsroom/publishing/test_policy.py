"""The policy's one table: enforced when a revision is published, named in each language."""

import pytest
from django.conf import settings
from django.test import Client

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Kind
from newsroom.publishing.policy import POLICY, NoteSaysTooLittle, kind_name
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import publish_revision
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
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


@pytest.mark.django_db
def test_a_notice_is_labelled_in_the_language_of_its_article(client: Client) -> None:
    article = make_article(slug="bruecken", language="de", body="<p>Der Rat zählt 14 Brücken.</p>")
    make_revision(article, find="14", put="15", kind=Kind.CORRECTION, note="Es sind 15 Brücken, nicht 14.")
    for path in ("/articles/bruecken/", "/articles/bruecken/changes/", "/articles/bruecken/changes/1...2/"):
        assert '<span lang="de" dir="ltr">Korrektur</span>' in html(client, path)
