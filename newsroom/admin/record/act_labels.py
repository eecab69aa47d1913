"""Labels of act verbs; the audit record stores the verbs themselves, in English."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ACT_LABELS: Mapping[str, Promise] = {
    "publish": pgettext_lazy("what was done", "published a version"),
    "propose": pgettext_lazy("what was done", "proposed a version"),
    "return": pgettext_lazy("what was done", "sent a proposal back"),
    "move": pgettext_lazy("what was done", "moved a proposal to a later version"),
    "move_revision": pgettext_lazy("what was done", "moved a change to a later version"),
    "amend": pgettext_lazy("what was done", "amended a proposal"),
    "consent": pgettext_lazy("what was done", "consented to an amendment"),
    "expire": pgettext_lazy("what was done", "a proposal was out of date"),
    "ask-withholding": pgettext_lazy("what was done", "asked to withhold words"),
    "withhold": pgettext_lazy("what was done", "withheld words"),
    "return-withholding": pgettext_lazy("what was done", "declined to withhold words"),
    "add_editor": pgettext_lazy("what was done", "added an account"),
    "change_editor": pgettext_lazy("what was done", "changed an account"),
    "lock_editor": pgettext_lazy("what was done", "locked an account"),
    "unlock_editor": pgettext_lazy("what was done", "unlocked an account"),
    "make_password_link": pgettext_lazy("what was done", "sent a link to choose a password"),
    "set_password": pgettext_lazy("what was done", "set a password"),
    "set_second_factor": pgettext_lazy("what was done", "set up a second factor"),
    "remove_second_factor": pgettext_lazy("what was done", "removed a second factor"),
    "publish_case": pgettext_lazy("what was done", "published cases"),
    "hand_over": pgettext_lazy("what was done", "handed over to the site"),
    "hand_over_case": pgettext_lazy("what was done", "handed over cases to the site"),
    "propose_case": pgettext_lazy("what was done", "proposed cases"),
    "decline_case": pgettext_lazy("what was done", "declined a case"),
    "close_case": pgettext_lazy("what was done", "closed a case as fixed"),
    "mark_spam": pgettext_lazy("what was done", "marked a case as spam"),
    "hold_case": pgettext_lazy("what was done", "put a case on hold"),
    "ask_readers": pgettext_lazy("what was done", "asked the readers"),
    "assign_case": pgettext_lazy("what was done", "handed a case over"),
    "merge_cases": pgettext_lazy("what was done", "merged cases"),
    "split_case": pgettext_lazy("what was done", "split a case"),
    "let_in_suggestions": pgettext_lazy("what was done", "accepted suggestions"),
    "throw_out_suggestions": pgettext_lazy("what was done", "rejected suggestions"),
    "add_webhook": pgettext_lazy("what was done", "added a webhook"),
    "change_webhook": pgettext_lazy("what was done", "changed a webhook"),
    "rotate_webhook_secret": pgettext_lazy("what was done", "changed a webhook’s secret"),
    "disable_webhook": pgettext_lazy("what was done", "a webhook was disabled"),
    "test_webhook": pgettext_lazy("what was done", "sent a test message"),
    "replay_webhook": pgettext_lazy("what was done", "sent a message again"),
}
