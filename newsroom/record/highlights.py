"""Highlight in an article what revisions changed, with <mark>, where the words still stand."""

import re

from django.utils.translation import gettext as _

from newsroom.diffs.highlights import Passage, changed_passages, map_passages, mark_passages
from newsroom.models import Revision, RevisionText
from newsroom.record.queries import content_of

EVERYTHING = "all"
NUMBER = re.compile("[1-9][0-9]{0,8}")
ASKED = f"{EVERYTHING}|{NUMBER.pattern}"  # what ?changed= may say


def is_future(asked: str, current: Revision) -> bool:
    """Whether `asked` is the number of a revision that is not there: endless numbers are not rendered each anew."""
    return bool(NUMBER.fullmatch(asked)) and int(asked) > current.number


def highlight_changes(current: Revision, content: RevisionText, asked: str) -> str | None:
    """The body with changes of one revision (`asked` is its number) or of all ("all") marked; else None."""
    if asked == EVERYTHING:
        passages = _changed_passages(current.article_id, 1, current.number, content)
    elif NUMBER.fullmatch(asked) and 1 < int(asked) <= current.number:
        passages = _changed_passages(current.article_id, int(asked) - 1, int(asked), content)
    else:
        return None
    return mark_passages(content.body, passages, cut_label=_("Words were taken out here."))


def _changed_passages(article: int, old: int, new: int, content: RevisionText) -> list[Passage]:
    revisions = Revision.objects.select_related("stored_text").filter(article=article, number__in=(old, new))
    texts = {revision.number: words.text for revision in revisions if (words := content_of(revision))}
    if old not in texts or new not in texts:
        return []  # withheld
    return map_passages(changed_passages(texts[old], texts[new]), texts[new], content.text)
