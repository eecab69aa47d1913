"""Every decision of the desk, sent by every group as a form that no page offered them: who may, does; else nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.support.factories import BODY, make_editor
from tests.support.raw_forms import (
    Form,
    asking_for_withholding,
    deleted,
    discarded_draft,
    failed_again,
    new_article,
    of_amended_case,
    of_article,
    of_case,
    of_flood,
    of_hook,
    of_mails,
    of_proposal,
    of_proposed_case,
    of_reasons,
    of_sender,
    of_withholding,
    reverted,
)
from tests.support.rows import every_row
from tests.system.test_roles import GROUPS

pytestmark = pytest.mark.django_db
WORDS = {"headline": "Report on the bridges is late", "body": BODY}
PASSAGE = {"chosen": "17-24:receive", "start": 17, "end": 24, "wording": "receive", "offered": "receive"}
# What is sent, and the letters of the groups for which it does something.
FORMS: dict[str, tuple[Callable[[], Form], str]] = {
    "publish a passage": (of_case("publish", **PASSAGE), "CSD"),
    "propose a passage": (of_case("propose", **PASSAGE), "CSD"),
    "publish other words": (of_case("edit", **PASSAGE), "CSD"),
    "propose other words": (of_case("propose-edit", **PASSAGE), "CSD"),
    "publish the whole article": (of_case("edit-article", **WORDS), "CSD"),
    "propose the whole article": (of_case("propose-article", **WORDS), "CSD"),
    "propose a retraction from a case": (of_case("propose-article", **WORDS | {"kind": "retraction"}), "SD"),
    "retract from a case": (of_case("edit-article", **WORDS | {"kind": "retraction"}), ""),
    "publish several": (of_case("publish-several", others=""), "CSD"),
    "propose several": (of_case("propose-several", others=""), "CSD"),
    "merge": (of_case("merge", others=""), "CSD"),
    "split": (of_case("split", suggestions=""), "CSD"),
    "decline": (of_case("decline", reason="It is right."), "CSD"),
    "fixed": (of_case("fixed"), "CSD"),
    "spam": (of_case("spam"), "CSD"),
    "hold": (of_case("hold", until=str(timezone.localdate() + timedelta(days=9))), "CSD"),
    "hold for ever": (of_case("hold", until="2099-01-01"), ""),
    "ask": (of_case("ask", question="Where?"), "CSD"),
    "assign": (of_case("assign", to=""), "CSD"),
    "claim": (of_case("claim"), "CSD"),
    "approve an undecided case": (of_case("approve", digest="x"), ""),
    "approve a case": (of_proposed_case("approve"), "SD"),
    "send a case back": (of_proposed_case("return"), "CSD"),
    "amend a case": (of_proposed_case("amend"), "SD"),
    "amend a case for a third editor": (of_proposed_case("amend-for-third"), "SD"),
    "consent to what nobody amended": (of_proposed_case("consent"), ""),
    "consent to what another proposed": (of_amended_case("consent"), ""),
    "approve what waits for consent": (of_amended_case("approve"), ""),
    "decline what was proposed": (of_proposed_case("refuse"), "CSD"),
    "save a draft": (of_article("save"), "CSD"),
    "publish an article": (of_article("publish"), "CSD"),
    "propose an article": (of_article("propose", kind="correction"), "CSD"),
    "propose a retraction": (of_article("propose", kind="retraction"), "SD"),
    "replace a draft": (of_article("replace", replaced=True), "CSD"),
    "publish a new article": (new_article, "CSD"),
    "discard a draft": (discarded_draft, "CSD"),
    "approve a proposal": (of_proposal("approve"), "SD"),
    "amend a proposal": (of_proposal("amend"), "SD"),
    "amend a proposal for a third editor": (of_proposal("amend-for-third"), "SD"),
    "consent to another's proposal": (of_proposal("consent"), ""),
    "send a proposal back": (of_proposal("return"), "CSD"),
    "take a proposal up": (of_proposal("take-up"), "CSD"),
    "ask for a withholding": (asking_for_withholding, "SD"),
    "withhold": (of_withholding("approve"), "SD"),
    "send a withholding back": (of_withholding("return"), "SD"),
    "revert": (reverted("publish"), "CSD"),
    "propose a revert": (reverted("propose"), "CSD"),
    "let a flood in": (of_flood("in"), "CSD"),
    "let all of a flood in": (of_flood("all"), "CSD"),
    "throw a flood out": (of_flood("out"), "CSD"),
    "decline a sender": (of_sender("decline"), "CSD"),
    "a sender's spam": (of_sender("spam"), "CSD"),
    "try again": (failed_again, "CSD"),
    "send mails again": (of_mails("send_again"), "CSD"),
    "leave mails": (of_mails("leave_as_it_is"), "CSD"),
    "delete mails": (of_mails("delete_selected"), ""),
    "move reasons": (of_reasons(_save="Save"), "D"),
    "delete reasons": (of_reasons(action="delete_selected", post="yes"), "D"),
    "delete articles": (deleted("newsroom/article"), ""),
    "delete revisions": (deleted("newsroom/revision"), ""),
    "delete editors": (deleted("newsroom/editor"), ""),
    "delete acts": (deleted("newsroom/act"), ""),
    "delete cases": (deleted("corrections/case"), ""),
    "delete webhooks": (deleted("corrections/hook"), ""),
    "delete groups": (deleted("auth/group"), ""),
    "test a webhook": (of_hook("test"), "D"),
    "change a webhook": (of_hook("change"), "D"),
    "a webhook's new secret": (of_hook("secret"), "D"),
    "send a message again": (of_hook("replay"), "D"),
}


@pytest.mark.parametrize("what", FORMS)
def test_a_raw_form_does_for_each_group_what_the_table_says(what: str) -> None:
    make, letters = FORMS[what]
    for letter, group in GROUPS.items():
        address, typed = make()
        client = Client()
        client.force_login(make_editor(group=group))
        before = every_row()
        answer = client.post(address, typed)
        assert answer.status_code < 500, letter
        assert (every_row() != before) == (letter in letters), (
            letter,
            answer.status_code,
            answer.content.decode()[:3000],
        )
