"""Words each mail to a reader from the rows as they stand when it is sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corrections.excerpts import Run, excerpt
from corrections.letterparts import Block, Change, Letter, Link, NotWanted, Paragraph, Quotation
from corrections.mailboxes import confirmation_token, refusal_token
from corrections.models import Case, Contact, Mail, Mailbox, Suggestion
from corrections.notices import published_runs, spot_link
from corrections.tokens import status_token
from newsroom.diffs import word_diff
from newsroom.languages import speaking, spoken_for

LONGEST_HEADLINE = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What is particular to one kind of letter."""

    subject: str
    blocks: Sequence[Block]


def letter_for(mail: Mail) -> tuple[str, Letter]:
    """The address it goes to, and what it says. Raises NotWanted."""
    if mail.kind == Mail.Kind.TOGETHER:
        return _together(mail)
    contact = _contact(mail)
    return contact.address, _letter(mail, contact)


def refusal_address(mailbox: Mailbox) -> str:
    """Where a mailbox's owner, or their mail program, stops all mail."""
    return _absolute(reverse("mail-stop", args=[refusal_token(mailbox)]))


def _contact(mail: Mail) -> Contact:
    """Whom the mail is for. Raises NotWanted when nothing may be written to them any more."""
    rows = Contact.objects.select_related(
        *("mailbox", "suggestion__article", "suggestion__read_in__content"),
        *("suggestion__case__published_in__article", "suggestion__case__published_in__based_on"),
    )
    contact = rows.filter(suggestion__mails=mail).first()
    if contact is None or contact.mailbox.stopped_at or contact.mailbox_id != mail.mailbox_id:
        raise NotWanted
    # Only a confirmation may go to an address that nobody confirmed, and nothing else needs one.
    if contact.is_confirmed == (mail.kind == Mail.Kind.CONFIRM):
        raise NotWanted
    return contact


def _letter(mail: Mail, contact: Contact) -> Letter:
    language = spoken_for(contact.suggestion.article.language)
    with speaking(language):
        said = LETTERS[Mail.Kind(mail.kind)](contact.suggestion)
        return Letter(_one_line(said.subject), said.blocks, language, _closing(contact))


def _together(mail: Mail) -> tuple[str, Letter]:
    blocks, address, last = list[Block](), "", None
    for part in mail.parts.order_by("owed_at"):
        try:
            contact = _contact(part)
            letter = _letter(part, contact)
        except NotWanted:
            continue
        blocks += [Paragraph(letter.subject, heading=True), *letter.blocks]
        address, last = contact.address, contact
    if last is None:
        raise NotWanted
    language = spoken_for(last.suggestion.article.language)
    with speaking(language):
        subject = _("News of your suggestions to %(site)s") % {"site": settings.SITE_NAME}
        return address, Letter(_one_line(subject), blocks, language, _closing(last))


# Each letter, by what it is about -------------------------------------------------------------------------------------
def _confirm(suggestion: Suggestion) -> Said:
    # Nothing that somebody typed into the form stands here: whoever gets it may never have seen us.
    sentence = _("A suggestion about the article “%(headline)s” was sent to us, and this address was given with it.")
    return Said(
        _("Please confirm your e-mail address for %(site)s") % {"site": settings.SITE_NAME},
        [
            Paragraph(sentence % {"headline": _headline(suggestion)}),
            Paragraph(
                _("If that was you and you want to hear what becomes of it, open this page and press its button.")
            ),
            Link(_("Confirm this address"), _absolute(_confirmation_path(suggestion.contact))),
            Paragraph(_("If it was not you, there is nothing to do: nothing more comes to you about it.")),
        ],
    )


def _received(suggestion: Suggestion) -> Said:
    sentence = _("The private page of your suggestion says at any time where it stands. Keep its address to yourself.")
    return Said(
        _("We have your suggestion for “%(headline)s”") % {"headline": _headline(suggestion)},
        [
            Paragraph(_("Thank you. An editor reads it beside the article and decides.")),
            Paragraph(sentence),
            _private_link(suggestion),
            *_what_you_sent(suggestion),
        ],
    )


def _question(suggestion: Suggestion) -> Said:
    case = _case(suggestion)
    if case.state != Case.State.ASKED or suggestion.answered_at:
        raise NotWanted
    return Said(
        _("A question about your suggestion for “%(headline)s”") % {"headline": _headline(suggestion)},
        [
            *(Paragraph(_("An editor looked at your suggestion and asks:")), Quotation(case.question)),
            Link(_("Answer on the private page of your suggestion"), _private_address(suggestion)),
            *_what_you_sent(suggestion),
        ],
    )


def _merged(suggestion: Suggestion) -> Said:
    sentence = _("Several readers wrote about the same thing, and the editors now decide about all of it at once.")
    return Said(
        _("Your suggestion for “%(headline)s” is now looked at with others") % {"headline": _headline(suggestion)},
        [
            Paragraph(sentence),
            Paragraph(_("Yours counts as before, and you will hear what becomes of it.")),
            _private_link(suggestion),
            *_what_you_sent(suggestion),
        ],
    )


def _published(suggestion: Suggestion) -> Said:
    case = _case(suggestion)
    blocks: list[Block] = [Paragraph(_("Thank you. The article was changed after your suggestion."))]
    if runs := published_runs(case):
        blocks.append(Change(runs, suggestion.article.language))
    if case.published_in and case.published_in.note:
        blocks += [Paragraph(_("The public note beside the change says:")), Quotation(case.published_in.note)]
    blocks.append(Link(_("See the very spot in the article"), _absolute(spot_link(case) or "")))
    return Said(
        _("Published: your suggestion for “%(headline)s”") % {"headline": _headline(suggestion)},
        [*blocks, *_what_you_sent(suggestion), _private_link(suggestion)],
    )


def _declined(suggestion: Suggestion) -> Said:
    return Said(
        _("About your suggestion for “%(headline)s”") % {"headline": _headline(suggestion)},
        [
            Paragraph(_("Thank you for writing. An editor read your suggestion, left the article as it is, and says:")),
            Quotation(_case(suggestion).reason),
            *_what_you_sent(suggestion),
            _private_link(suggestion),
        ],
    )


def _fixed(suggestion: Suggestion) -> Said:
    article = _absolute(suggestion.article.get_absolute_url())
    return Said(
        _("Fixed already: your suggestion for “%(headline)s”") % {"headline": _headline(suggestion)},
        [
            Paragraph(_("Thank you. By the time we got to it, the article read right.")),
            Link(_("Read the article as it stands now"), article),
            *_what_you_sent(suggestion),
            _private_link(suggestion),
        ],
    )


LETTERS: dict[Mail.Kind, Callable[[Suggestion], Said]] = {
    Mail.Kind.CONFIRM: _confirm,
    Mail.Kind.RECEIVED: _received,
    Mail.Kind.QUESTION: _question,
    Mail.Kind.MERGED: _merged,
    Mail.Kind.PUBLISHED: _published,
    Mail.Kind.DECLINED: _declined,
    Mail.Kind.FIXED: _fixed,
}


# Their parts ----------------------------------------------------------------------------------------------------------
def _what_you_sent(suggestion: Suggestion) -> list[Block]:
    """After months nobody remembers the details."""
    # Translators: how a date is written; see https://docs.djangoproject.com/en/5.2/ref/templates/builtins/#date
    day = formats.date_format(timezone.localtime(suggestion.received_at), pgettext("date format", "j F Y"))
    if not suggestion.exact:
        about = Paragraph(_("On %(day)s you wrote to us about the article as a whole.") % {"day": day})
        return [about, Quotation(suggestion.note)] if suggestion.note else [about]
    language = suggestion.article.language
    if suggestion.replacement is None:
        marked = [Run("mark", suggestion.exact)]
        return [Paragraph(_("On %(day)s you marked these words:") % {"day": day}), Change(marked, language)]
    runs = [Run(piece.op, piece.text) for piece in word_diff(suggestion.exact, suggestion.replacement)]
    return [Paragraph(_("This is what you suggested on %(day)s:") % {"day": day}), Change(excerpt(runs), language)]


def _closing(contact: Contact) -> list[Block]:
    stop = Link(_("Stop all mail from us to this address"), refusal_address(contact.mailbox))
    if not contact.is_confirmed:
        return [stop]
    return [Paragraph(_("You get this mail because you confirmed this address for the suggestion.")), stop]


def _case(suggestion: Suggestion) -> Case:
    if suggestion.case is None or suggestion.withdrawn_at:
        raise NotWanted
    return suggestion.case


def _headline(suggestion: Suggestion) -> str:
    content = getattr(suggestion.read_in, "content", None)  # a court may have had the words withheld
    headline: str = content.headline if content else suggestion.article.slug
    return headline if len(headline) <= LONGEST_HEADLINE else f"{headline[:LONGEST_HEADLINE].rstrip()}…"


def _private_link(suggestion: Suggestion) -> Link:
    return Link(_("The private page of your suggestion"), _private_address(suggestion))


def _private_address(suggestion: Suggestion) -> str:
    return _absolute(reverse("suggestion", args=[status_token(suggestion.pk)]))


def _confirmation_path(contact: Contact) -> str:
    return reverse("mail-confirm", args=[confirmation_token(contact)])


def _absolute(path: str) -> str:
    """From the settings alone, never from a request: a forged Host header must not lead a reader elsewhere."""
    return f"{settings.SITE_URL}{path}"


def _one_line(subject: str) -> str:
    """A header ends where its line does; nothing in it may begin another."""
    return " ".join("".join(char if char.isprintable() else " " for char in subject).split())
