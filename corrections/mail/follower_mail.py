"""Subject and body of the mails to an article's followers: the confirmation, and one for each listed revision."""

from collections.abc import Sequence

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from corrections.contacts.followers import following_token, unfollowing_token
from corrections.mail.blocks import Block, DiffBlock, Link, NothingToSend, Paragraph, Quotation, ReaderMail
from corrections.models import Follower, Mail
from newsroom.diffs.excerpts import DiffRun
from newsroom.http.links import absolute
from newsroom.models import Kind, Revision
from newsroom.record.comparison import FieldComparison, compare

MAX_HEADLINE = 80


def follower_of(mail: Mail) -> Follower:
    """Raises NothingToSend where the row was deleted, or the mailbox was stopped."""
    rows = Follower.objects.select_related("mailbox", "article__current__stored_text")
    follower = rows.filter(mails=mail).first()
    if follower is None or follower.mailbox.stopped_at or follower.mailbox_id != mail.mailbox_id:
        raise NothingToSend
    # Double opt-in, as for suggestions.
    if follower.is_confirmed == (mail.kind == Mail.Kind.FOLLOW):
        raise NothingToSend
    return follower


def unfollow_url(follower: Follower) -> str:
    """The URL that stops the mails about this article."""
    return absolute("unfollow", unfollowing_token(follower))


def follower_mail(mail: Mail, follower: Follower) -> ReaderMail:
    """Written in the active language. Raises NothingToSend."""
    if mail.kind == Mail.Kind.FOLLOW:
        return _confirmation(follower)
    revisions = Revision.objects.select_related("stored_text", "based_on__stored_text")
    revision = revisions.filter(article=follower.article_id, number=int(mail.about)).first()
    if revision is None:
        raise NothingToSend
    return _news(follower, revision)


def _confirmation(follower: Follower) -> ReaderMail:
    # As in the confirmation of a suggestion: nothing that whoever typed the address has typed.
    sentence = _(
        "We were asked to write to this address whenever the article “%(headline)s” is corrected or retracted."
    )
    return ReaderMail(
        _("E-mails about corrections of “%(headline)s”?") % {"headline": _short_headline(follower)},
        [
            Paragraph(sentence % {"headline": follower.article.headline_or_slug}),
            Paragraph(_("If you want these e-mails, open this page and press its button.")),
            Link(
                _("Yes, e-mail me about this article"),
                absolute("follow-confirm", following_token(follower)),
                is_action=True,
            ),
            Paragraph(_("If it was not you, you need do nothing. We will not write about it again.")),
        ],
    )


def _news(follower: Follower, revision: Revision) -> ReaderMail:
    headline = {"headline": _short_headline(follower)}
    note = [Paragraph(_("Our note:")), Quotation(revision.note)] if revision.note else list[Block]()
    opening = [Paragraph(_what_happened(follower, revision)), *note]
    article = absolute("article", follower.article.slug)
    if revision.kind == Kind.RETRACTION:
        link = Link(_("Read the article as it is now"), article, is_action=True)
        last = Paragraph(_("This was our last e-mail about it."))
        return ReaderMail(_("Retracted: %(headline)s") % headline, [*opening, link, last])
    is_clarified = revision.kind == Kind.CLARIFICATION
    subject = _("Clarified: %(headline)s") if is_clarified else _("Corrected: %(headline)s")
    links = [*_change_link(follower, revision), Link(_("Read the article as it is now"), article)]
    return ReaderMail(subject % headline, [*opening, *_diff_blocks(follower, revision), *links])


def _what_happened(follower: Follower, revision: Revision) -> str:
    if revision.kind == Kind.RETRACTION:
        sentence = _("On %(day)s we retracted the article “%(headline)s”. Please do not rely on it any more.")
    elif revision.kind == Kind.CLARIFICATION:
        sentence = _("On %(day)s we made something clearer in the article “%(headline)s”.")
    else:
        sentence = _("On %(day)s we corrected the article “%(headline)s”.")
    day = formats.date_format(timezone.localtime(revision.published_at), pgettext("date format", "j F Y"))
    return sentence % {"day": day, "headline": follower.article.headline_or_slug}


def _change_link(follower: Follower, revision: Revision) -> list[Block]:
    if revision.based_on is None:
        return []
    numbers = (follower.article.slug, revision.based_on.number, revision.number)
    return [Link(_("See the change"), absolute("diff", *numbers), is_action=True)]


def _diff_blocks(follower: Follower, revision: Revision) -> list[Block]:
    """The changed passages of each field, shortened; none where one of the texts was withheld."""
    old, new = revision.based_on.content if revision.based_on else None, revision.content
    if old is None or new is None:
        return [Paragraph(_("The words of this change had to be removed from the public record."))]
    return [block for field in compare(old, new).changed_fields for block in _field_blocks(follower, field)]


def _field_blocks(follower: Follower, field: FieldComparison) -> list[Block]:
    blocks = list[Block]()
    if field.name != "body":
        blocks.append(Paragraph(f"{field.label}:"))
    for paragraph in field.excerpt():
        runs = [DiffRun(piece.op, piece.text) for piece in paragraph.pieces]
        if _changes_words(runs):
            blocks.append(DiffBlock(runs, follower.article.language))
    if left_out := field.left_out():
        sentence = ngettext("And %(count)d more paragraph.", "And %(count)d more paragraphs.", left_out)
        blocks.append(Paragraph(sentence % {"count": left_out}))
    return blocks


def _changes_words(runs: Sequence[DiffRun]) -> bool:
    """Otherwise only the formatting differs, which a mail does not show."""
    return any(run.op != "equal" for run in runs)


def _short_headline(follower: Follower) -> str:
    headline = follower.article.headline_or_slug
    return headline if len(headline) <= MAX_HEADLINE else f"{headline[:MAX_HEADLINE].rstrip()}…"
