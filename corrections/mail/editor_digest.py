"""Compose the editor digest: counts of waiting cases, the oldest one, and links to the case list."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from corrections.desk.case_list import waiting_since
from corrections.desk.filters import has_warning
from corrections.mail.blocks import Block, Link, MailContent, NothingToSend, Paragraph
from corrections.models import Case, CaseQuerySet
from newsroom.languages import current_language
from newsroom.models import Editor

VIEW_CASES = "corrections.view_case"
MAX_COUNT = 1000  # bounds the query; beyond it the mail says "or more"


def compose_digest(editor: Editor, news: Sequence[Link] = ()) -> MailContent:
    """`news`: notifications that go with it. Raises NothingToSend when the editor may not see the desk any more, or
    there is nothing of what they asked for.
    """
    waiting = Case.objects.waiting()
    mine = Case.objects.open().filter(assignee=editor, claimed_until=None)
    number, assigned = _count(waiting), _count(mine)
    if not (editor.is_active and editor.digest and editor.has_perm(VIEW_CASES) and number + assigned):
        return compose_news(editor, news)
    links = [Link(_waiting(number), _queue())]
    if oldest := waiting.select_related("article__current__stored_text").order_by("first_at").first():
        links.append(Link(_oldest(oldest), _absolute(reverse("admin:corrections_case_change", args=[oldest.pk]))))
    if flagged := _count(waiting.filter(has_warning())):
        links.append(Link(_flagged(flagged), _queue("?flag=warned")))
    if assigned:
        links.append(Link(_assigned(assigned), _queue("?hands=me")))
    # Translators: a list of links follows
    blocks: list[Block] = [Paragraph(_("This is what waits at the desk:")), *links, *_news_blocks(news)]
    return MailContent(_subject(number), blocks, current_language(), [profile_link()])


def compose_news(editor: Editor, news: Sequence[Link]) -> MailContent:
    """Notifications alone. Raises NothingToSend as compose_digest does."""
    if not (news and editor.is_active and editor.has_perm(VIEW_CASES)):
        raise NothingToSend
    number = len(news)
    sentence = ngettext("%(number)d notification from the desk", "%(number)d notifications from the desk", number)
    subject = news[0].text if number == 1 else sentence % {"number": number}
    return MailContent(subject, _news_blocks(news), current_language(), [profile_link()])


def profile_link() -> Link:
    return Link(_("Your profile, where you can switch this mail off"), _absolute(reverse("desk_profile")))


def _news_blocks(news: Sequence[Link]) -> list[Block]:
    # Translators: a list of links follows
    return [Paragraph(_("Notifications that you have not read:")), *news] if news else []


def _count(cases: CaseQuerySet) -> int:
    return cases.order_by()[:MAX_COUNT].count()


def _subject(number: int) -> str:
    sentence = ngettext("%(number)d case waits at the desk", "%(number)d cases wait at the desk", number)
    return sentence % {"number": number}


def _waiting(number: int) -> str:
    if number == MAX_COUNT:
        return _("%(number)d cases or more wait to be decided") % {"number": number}
    sentence = ngettext("%(number)d case waits to be decided", "%(number)d cases wait to be decided", number)
    return sentence % {"number": number}


def _oldest(case: Case) -> str:
    sentence = _("The oldest, in “%(headline)s”; waiting time: %(time)s")
    return sentence % {"headline": case.article.headline_or_slug, "time": waiting_since(case.first_at)}


def _flagged(number: int) -> str:
    sentence = ngettext("%(number)d case has a warning", "%(number)d cases have a warning", number)
    return sentence % {"number": number}


def _assigned(number: int) -> str:
    sentence = ngettext("%(number)d case is assigned to you", "%(number)d cases are assigned to you", number)
    return sentence % {"number": number}


def _queue(query: str = "") -> str:
    return _absolute(reverse("admin:corrections_case_changelist")) + query


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
