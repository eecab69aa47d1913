"""The personal data stored about a suggestion's reader, as the private page lists it."""

from dataclasses import dataclass
from datetime import datetime

from corrections.abuse.senders import HASH_LIFETIME
from corrections.contacts.addresses import contact_for
from corrections.models import Mail, Suggestion, Thanks


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Empty or zero where nothing is stored. `code_until`: when the hash of the network address is deleted."""

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
        """The hash is deleted within a day anyway, and mail rows identify nobody without the address."""
        return any((self.address, self.name, self.note, self.link, self.replies))


def personal_data_of(suggestion: Suggestion) -> PersonalData:
    contact = contact_for(suggestion)
    thanks = Thanks.objects.filter(suggestion=suggestion).first()
    mails = Mail.objects.filter(suggestion=suggestion)
    return PersonalData(
        address=contact.address if contact else "",
        is_confirmed=bool(contact and contact.is_confirmed),
        name=thanks.name if thanks else suggestion.name,
        is_named=bool(thanks) or suggestion.credit,
        note=suggestion.note,
        link=suggestion.evidence_url,
        replies=suggestion.replies.count(),
        code_until=suggestion.received_at + HASH_LIFETIME if suggestion.address_hash else None,
        mails=(mails.messages() | mails.filter(state=Mail.State.JOINED)).count(),
    )
