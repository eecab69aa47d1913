"""How many confirmation mails an address gets, counted over suggestions and followed articles together."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from corrections.contacts.outbox import MAX_PER_DAY
from corrections.models import Contact, Follower, Mail, Mailbox
from newsroom.models.deadlines import within

MAX_CONFIRMATIONS_PER_DAY = 2  # per unconfirmed mailbox, per suggestion and per follower, against mail bombing
DAY = timedelta(days=1)


def may_be_asked(mailbox: Mailbox, about: Q) -> bool:
    """Whether a confirmation may be sent; `about` matches the earlier ones about the same row.

    Call under the mailbox's lock. A mailbox with a confirmed address is known, and bound by the row's limit alone;
    where articles are followed also by one of its own, since anybody may name it for any number of them.
    """
    lately = within("owed_at", timezone.now(), last=DAY)
    asked = Mail.objects.filter(lately, kind__in=[Mail.Kind.CONFIRM, Mail.Kind.FOLLOW])
    asked = asked.exclude(state=Mail.State.DROPPED)
    of_mailbox = 0 if _is_known(mailbox) else asked.filter(mailbox=mailbox).count()
    is_within = max(of_mailbox, asked.filter(about).count()) < MAX_CONFIRMATIONS_PER_DAY
    return is_within and not mailbox.stopped_at


def may_be_asked_to_follow(mailbox: Mailbox, about: Q) -> bool:
    lately = within("owed_at", timezone.now(), last=DAY)
    asked = mailbox.mails.filter(lately, kind=Mail.Kind.FOLLOW).exclude(state=Mail.State.DROPPED)
    return asked.count() < MAX_PER_DAY and may_be_asked(mailbox, about)


def _is_known(mailbox: Mailbox) -> bool:
    of_suggestions = mailbox.contacts.filter(state=Contact.State.CONFIRMED)
    return of_suggestions.exists() or mailbox.followers.filter(state=Follower.State.CONFIRMED).exists()
