"""Subject and body of each kind of reader mail."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corrections.contacts.hashed_mailboxes import confirmation_token
from corrections.mail.blocks import Block, DiffBlock, Link, NothingToSend, Paragraph, Quotation, ReaderMail
from corrections.models import Case, Mail, Suggestion
from corrections.suggestions.reader_status import current_passage, published_runs, spot_link
from corrections.suggestions.status_tokens import known_token
from corrections.suggestions.summaries import headline_seen, suggestion_runs
from newsroom.http.links import absolute

MAX_HEADLINE = 80


# One function for each kind of mail -----------------------------------------------------------------------------------
def _confirm(suggestion: Suggestion) -> ReaderMail:
    # No user-supplied text: the form could be abused to send spam to a stranger's address.
    sentence = _("On %(day)s a suggestion about the article “%(headline)s” was sent to us with this address.")
    return ReaderMail(
        _("Please confirm your e-mail address for %(site)s") % {"site": settings.SITE_NAME},
        [
            Paragraph(sentence % {"day": _day(suggestion.received_at), "headline": headline_seen(suggestion)}),
            Paragraph(
                _("If that was you and you would like to hear what we decide, open this page and press its button.")
            ),
            Link(
                _("Confirm this address"),
                absolute("mail-confirm", confirmation_token(suggestion.contact)),
                is_action=True,
            ),
            Paragraph(_("If it was not you, you need do nothing. We will not write about it again.")),
        ],
    )


def _received(suggestion: Suggestion) -> ReaderMail:
    sentence = _("Your private page shows at any time where your suggestion stands. Keep its address to yourself.")
    return ReaderMail(
        _("We have your suggestion for “%(headline)s”") % {"headline": _short_headline(suggestion)},
        [
            _opening(suggestion),
            Paragraph(_("Thank you. An editor reads it beside the article and decides.")),
            Paragraph(sentence),
            _private_link(suggestion, is_action=True),
            *_suggestion_blocks(suggestion),
            _article_link(suggestion),
        ],
    )


def _question(suggestion: Suggestion) -> ReaderMail:
    case = _case(suggestion)
    if case.state != Case.State.ASKED or suggestion.answered_at:
        raise NothingToSend
    answer = Link(_("Answer on your private page"), _private_address(suggestion), is_action=True)
    return ReaderMail(
        _("A question about your suggestion for “%(headline)s”") % {"headline": _short_headline(suggestion)},
        [
            _opening(suggestion),
            *(Paragraph(_("An editor looked at your suggestion and asks:")), Quotation(case.question), answer),
            *_suggestion_blocks(suggestion),
            _article_link(suggestion),
        ],
    )


def _merged(suggestion: Suggestion) -> ReaderMail:
    sentence = _("Several readers wrote about the same thing, so our editors decide on all of it together.")
    return ReaderMail(
        _("Your suggestion for “%(headline)s” has joined others") % {"headline": _short_headline(suggestion)},
        [
            _opening(suggestion),
            Paragraph(sentence),
            Paragraph(_("Yours counts as before, and you will hear what we decide.")),
            *_suggestion_blocks(suggestion),
            *(_private_link(suggestion), _article_link(suggestion)),
        ],
    )


def _published(suggestion: Suggestion) -> ReaderMail:
    case = _case(suggestion)
    blocks: list[Block] = [Paragraph(_("Thank you. We changed the article after your suggestion:"))]
    if runs := published_runs(case):
        blocks.append(DiffBlock(runs, suggestion.article.language))
    if case.published_in and case.published_in.note:
        blocks += [Paragraph(_("The public note beside the change says:")), Quotation(case.published_in.note)]
    blocks.append(Link(_("See it in the article"), settings.SITE_URL + (spot_link(case) or ""), is_action=True))
    return ReaderMail(
        _("Published: your suggestion for “%(headline)s”") % {"headline": _short_headline(suggestion)},
        [_opening(suggestion), *blocks, *_suggestion_blocks(suggestion), _private_link(suggestion)],
    )


def _declined(suggestion: Suggestion) -> ReaderMail:
    return ReaderMail(
        _("About your suggestion for “%(headline)s”") % {"headline": _short_headline(suggestion)},
        [
            _opening(suggestion),
            Paragraph(
                _("Thank you for writing. An editor read your suggestion and left the article as it is. The reason:")
            ),
            Quotation(_case(suggestion).reason),
            *_suggestion_blocks(suggestion),
            *(_private_link(suggestion), _article_link(suggestion)),
        ],
    )


def _fixed(suggestion: Suggestion) -> ReaderMail:
    blocks: list[Block] = [Paragraph(_("Thank you. By the time we read it, the article had been put right already."))]
    standing = current_passage(suggestion)
    if standing and standing.runs:
        blocks += [Paragraph(_("It now says:")), DiffBlock(standing.runs, suggestion.article.language)]
    return ReaderMail(
        _("Fixed already: your suggestion for “%(headline)s”") % {"headline": _short_headline(suggestion)},
        [
            *(_opening(suggestion), *blocks),
            *_suggestion_blocks(suggestion),
            *(_private_link(suggestion), _article_link(suggestion)),
        ],
    )


# Shared blocks --------------------------------------------------------------------------------------------------------
def _opening(suggestion: Suggestion) -> Block:
    """Date and article, as a reminder: a decision may come months later."""
    sentence = _("On %(day)s you wrote to us about the article “%(headline)s”.")
    return Paragraph(sentence % {"day": _day(suggestion.received_at), "headline": headline_seen(suggestion)})


def _suggestion_blocks(suggestion: Suggestion) -> list[Block]:
    note = list[Block]()
    if suggestion.note:
        note = [Paragraph(_("Your note to our editors:")), Quotation(suggestion.note)]
    if not suggestion.field:
        return [Paragraph(suggestion.about_sentence), *note]
    runs = suggestion_runs(suggestion)
    if not runs:
        return [Paragraph(_("The words of the passage had to be removed from the public record.")), *note]
    if suggestion.replacement is None:
        opening = Paragraph(_("You selected these words and left the new wording to us:"))
    else:
        opening = Paragraph(_("This is what you suggested:"))
    return [opening, DiffBlock(runs, suggestion.article.language), *note]


def _case(suggestion: Suggestion) -> Case:
    if suggestion.case is None or suggestion.withdrawn_at:
        raise NothingToSend
    return suggestion.case


def _short_headline(suggestion: Suggestion) -> str:
    headline = headline_seen(suggestion)
    return headline if len(headline) <= MAX_HEADLINE else f"{headline[:MAX_HEADLINE].rstrip()}…"


def _day(moment: datetime) -> str:
    return formats.date_format(timezone.localtime(moment), pgettext("date format", "j F Y"))


def _private_link(suggestion: Suggestion, *, is_action: bool = False) -> Link:
    return Link(_("Your private page"), _private_address(suggestion), is_action=is_action)


def _article_link(suggestion: Suggestion) -> Link:
    return Link(_("Read the article as it is now"), absolute("article", suggestion.article.slug))


def _private_address(suggestion: Suggestion) -> str:
    return absolute("suggestion", known_token(suggestion))


READER_MAILS: dict[Mail.Kind, Callable[[Suggestion], ReaderMail]] = {
    Mail.Kind.CONFIRM: _confirm,
    Mail.Kind.RECEIVED: _received,
    Mail.Kind.QUESTION: _question,
    Mail.Kind.MERGED: _merged,
    Mail.Kind.PUBLISHED: _published,
    Mail.Kind.DECLINED: _declined,
    Mail.Kind.FIXED: _fixed,
}
