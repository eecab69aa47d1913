"""What is kept that tells something of a suggestion's reader, and of nobody else."""

from dataclasses import dataclass
from datetime import datetime

from corrections.abuse.senders import KEPT
from corrections.contacts.addresses import contact_for
from corrections.models import Mail, Suggestion, Thanks


@dataclass(frozen=True, slots=True)
class Held:
    """Empty and zero where there is none of it. `code_until` is when the code of the network address goes."""

    address: str
    is_confirmed: bool
    name: str
    is_named: bool
    note: str
    link: str
    replies: int
    code_until: datetime | None
    mails: int

    @property
    def is_anything(self) -> bool:
        return self.is_erasable or bool(self.code_until or self.mails)

    @property
    def is_erasable(self) -> bool:
        """The code goes by itself within a day, and that mails were sent says nothing without the address."""
        return any((self.address, self.name, self.note, self.link, self.replies))


def held_of(suggestion: Suggestion) -> Held:
    contact = contact_for(suggestion)
    thanks = Thanks.objects.filter(suggestion=suggestion).first()
    went = Mail.objects.filter(suggestion=suggestion)
    return Held(
        address=contact.address if contact else "",
        is_confirmed=bool(contact and contact.is_confirmed),
        name=thanks.name if thanks else suggestion.name,
        is_named=bool(thanks) or suggestion.credit,
        note=suggestion.note,
        link=suggestion.evidence_url,
        replies=suggestion.replies.count(),
        code_until=suggestion.received_at + KEPT if suggestion.address_hash else None,
        mails=(went.messages() | went.filter(state=Mail.State.JOINED)).count(),
    )
