"""What readers are told about what is kept of them: every number is the one that the code keeps to."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from corrections.abuse import senders
from corrections.contacts.addresses import MAX_CONFIRMATIONS_PER_DAY
from corrections.privacy import retention as purging
from corrections.webhooks import deliveries
from newsroom.record.page_cache import cached_page


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that is kept, and until when."""

    what: str
    until: str


@cached_page()
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep of readers, for how long, and how they have it erased."""
    context = {"rows": kept(), "hours": sender_hours(), "confirmations": MAX_CONFIRMATIONS_PER_DAY}
    return render(request, "corrections/privacy_detail.html", context)


def sender_hours() -> int:
    return int(senders.KEPT.total_seconds()) // 3600


def kept() -> list[Kept]:
    """One row for each thing, the shortest kept first."""
    settled = ngettext(
        "%(days)d day after your suggestion was settled or taken back; earlier if you erase it",
        "%(days)d days after your suggestion was settled or taken back; earlier if you erase it",
        purging.KEPT.days,
    ) % {"days": purging.KEPT.days}
    return [
        Kept(_("The code of your network address"), _hours(sender_hours())),
        Kept(_("What we told other tools of the newsroom"), _days(deliveries.KEPT.days)),
        Kept(_("Your e-mail address, name, note, link and answers"), settled),
        Kept(_("Our mails to you, and what an editor asked you"), settled),
        Kept(_("Your name beside a correction, if you asked for it"), _("Until you have it erased")),
        Kept(_("The code of an address that wants no mail"), _("As long as it wants none")),
        Kept(
            _("The passage, the words you proposed, and what we decided"), _("For good, without a word on who you are")
        ),
    ]


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
