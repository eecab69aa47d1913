"""What readers and editors are to be told, found in the rows alone, whoever wrote them; safe to run twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import MD5, Cast
from django.utils import timezone

from corrections.contacts.outbox import owe
from corrections.models import OPEN_STATES, Case, Contact, Mail
from newsroom.models import Editor

BATCH = 100
# The outcome that a settled case has for its readers; spam has none that anybody would write about.
OUTCOMES = {
    Case.State.PUBLISHED: Mail.Kind.PUBLISHED,
    Case.State.DECLINED: Mail.Kind.DECLINED,
    Case.State.ALREADY_FIXED: Mail.Kind.FIXED,
    Case.State.SPAM: None,
    Case.State.WITHDRAWN: None,
}
# What is equal where one reader sent the same twice, in one case and word for word: they hear of it once.
REPEATED = ("suggestion__case", "suggestion__request_digest")
# Hours of the site's time zone in which a digest may go out: a worker that was away catches up, but not for ever.
DIGESTS = {"morning": range(8, 11), "noon": range(12, 15)}


def owe_news() -> None:
    """Owe mails about questions, merges and outcomes to confirmed addresses."""
    _owe_each(Mail.Kind.QUESTION, _asked(), about="key")
    _owe_each(Mail.Kind.MERGED, _merged(), about="key")
    over = Q(suggestion__case__state__in=list(OUTCOMES)) | Q(suggestion__withdrawn_at__isnull=False)
    for contact in _open().filter(over).select_related("suggestion__case").order_by("given_at")[:BATCH]:
        _owe_outcome(contact)


def owe_digests(now: datetime | None = None) -> None:
    """Owe each editor who wants it the digest of this morning or noon."""
    local = timezone.localtime(now)
    for name, hours in DIGESTS.items():
        if local.hour in hours:
            about = f"{local:%Y-%m-%d} {name}"
            mails = Mail.objects.filter(editor=OuterRef("pk"), kind=Mail.Kind.DIGEST, about=about)
            readers = Editor.objects.filter(digest=True, is_active=True).exclude(email="").exclude(Exists(mails))
            for pk in readers.values_list("pk", flat=True):
                owe(Mail.Kind.DIGEST, editor=pk, about=about)


def _open() -> QuerySet[Contact]:
    return Contact.objects.filter(state=Contact.State.CONFIRMED, is_closed=False)


def _asked() -> QuerySet[Contact]:
    asked = _open().filter(suggestion__case__state=Case.State.ASKED, suggestion__answered_at=None)
    # The same words asked again after an answer are the same question to a reader.
    return asked.filter(suggestion__withdrawn_at=None).annotate(key=MD5("suggestion__case__question"))


def _merged() -> QuerySet[Contact]:
    merged = _open().filter(suggestion__merged_from__isnull=False, suggestion__case__state__in=OPEN_STATES)
    return merged.filter(suggestion__withdrawn_at=None).annotate(key=Cast("suggestion__merged_from_id", CharField()))


def _owe_each(kind: Mail.Kind, contacts: QuerySet[Contact], *, about: str) -> None:
    told = _told(kind).filter(about=OuterRef(about))
    untold = contacts.exclude(Exists(told)).order_by("suggestion__received_at")
    firsts = dict[object, tuple[UUID, str, str]]()
    for suggestion, key, mailbox, *same in untold.values_list("suggestion_id", about, "mailbox_id", *REPEATED)[:BATCH]:
        firsts.setdefault((key, mailbox, *same), (suggestion, mailbox, key))
    for suggestion, mailbox, key in firsts.values():
        owe(kind, suggestion=suggestion, mailbox=mailbox, about=key)


def _told(kind: Mail.Kind) -> QuerySet[Mail]:
    """The mails about a contact's suggestion, or about the same that its reader sent word for word another time."""
    same = {column: OuterRef(column) for column in ("mailbox", *REPEATED)}
    again = Q(**same, suggestion__withdrawn_at=None)
    return Mail.objects.filter(again | Q(suggestion=OuterRef("suggestion")), kind=kind)


def _owe_outcome(contact: Contact) -> None:
    suggestion = contact.suggestion
    case = suggestion.case
    kind = OUTCOMES[Case.State(case.state)] if case and not suggestion.withdrawn_at else None
    with transaction.atomic():
        if kind and not Contact.objects.filter(Exists(_told(kind)), pk=contact.pk).exists():
            owe(kind, suggestion=suggestion.pk, mailbox=contact.mailbox_id)
        Contact.objects.filter(pk=contact.pk).update(is_closed=True)
