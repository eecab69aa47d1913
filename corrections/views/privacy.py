"""The privacy notice; its retention periods are the constants that the code uses."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from corrections.abuse import senders
from corrections.contacts import followers
from corrections.contacts.confirmation_limits import MAX_CONFIRMATIONS_PER_DAY
from corrections.privacy import retention
from corrections.webhooks import deliveries
from newsroom.record.page_cache import cached_page


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """A kind of data and how long it is kept."""

    what: str
    until: str


@cached_page()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What personal data is stored, for how long, and how to have it erased."""
    context = {"rows": retention_rows(), "hours": sender_hours(), "confirmations": MAX_CONFIRMATIONS_PER_DAY}
    return render(request, "corrections/privacy/detail.html", context)


def sender_hours() -> int:
    return int(senders.HASH_LIFETIME.total_seconds()) // 3600


def retention_rows() -> list[RetentionRow]:
    """The shortest retention period first."""
    settled = ngettext(
        "%(days)d day after your suggestion was settled or taken back; earlier if you erase it",
        "%(days)d days after your suggestion was settled or taken back; earlier if you erase it",
        retention.RETENTION_PERIOD.days,
    ) % {"days": retention.RETENTION_PERIOD.days}
    settled_alone = ngettext(
        "%(days)d day after it was settled; when you erase your data, an editor takes out what says who you are",
        "%(days)d days after it was settled; when you erase your data, an editor takes out what says who you are",
        retention.RETENTION_PERIOD.days,
    ) % {"days": retention.RETENTION_PERIOD.days}
    followed = ngettext(
        "Until you stop or the article is retracted; %(days)d day if you do not confirm it",
        "Until you stop or the article is retracted; %(days)d days if you do not confirm it",
        followers.UNCONFIRMED_PERIOD.days,
    ) % {"days": followers.UNCONFIRMED_PERIOD.days}
    return [
        RetentionRow(_("The code of your network address"), _hours(sender_hours())),
        RetentionRow(_("What we told other tools of the newsroom"), _days(deliveries.RETENTION_PERIOD.days)),
        RetentionRow(_("Your e-mail address, name, note, link and answers"), settled),
        RetentionRow(_("Your e-mail address beside an article that you follow"), followed),
        RetentionRow(_("Our mails to you, and what an editor asked you"), settled),
        RetentionRow(_("What our editors write to each other about your suggestion"), settled_alone),
        RetentionRow(_("Your name beside a correction, if you asked for it"), _("Until you have it erased")),
        RetentionRow(_("The code of an address that wants no mail"), _("As long as it wants none")),
        RetentionRow(
            _("The passage, the words you proposed, and what we decided"),
            _("For good, without anything that says who you are"),
        ),
    ]


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
