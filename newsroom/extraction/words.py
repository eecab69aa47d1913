"""Plain words of an element, and headings that announce what is no part of an article."""

import re

from lxml.html import HtmlElement

SPACE = re.compile(r"\s+")
SENTENCE_END = re.compile(r"[.!?…؟][”»“’\"']?$")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
LINES = ("p", "li", "td", "th", "dd", "dt", "blockquote", "figcaption", *HEADINGS)
# Headings over what leads away from an article, in the languages of the interface; `*` is a word or none.
FURNITURE = """
related * * | more stories | more from * * | more news | more on this * | read more | read also | read next | see also
also read | you may also like * | recommended * * | most read | most popular | trending * | comments | post a comment
leave a reply | leave a comment | share this * | like this | tags | topics | filed under | about the author
follow us * * | newsletter | sign up * * | subscribe * * | advertisement | sponsored * | external links | references
further reading | part of complete coverage on
mehr zum thema | lesen sie auch | auch interessant | weitere artikel * | weitere themen | ähnliche artikel
ähnliche beiträge | kommentare | kommentar | schlagwörter | teilen | anzeige | das könnte sie auch interessieren
das könnte dich auch interessieren | verwandte artikel | verwandte themen
à lire aussi | lire aussi | sur le même sujet | voir aussi | article lié | articles liés | articles similaires
commentaires | partager * | publicité
noticias relacionadas | noticia relacionada | lea también | lee también | te puede interesar | más noticias
más información | comentarios | comentar | compartir | publicidad
читайте також | дивіться також | схожі новини | коментарі | поділитися | реклама | теги
اقرأ أيضا | إقرأ أيضا | اقرأ أيضًا | مواضيع ذات صلة | تعليقات | التعليقات | إعلان | شارك
"""
WORD = r"(?: [^\s]+)?"
_phrases = [phrase.strip() for phrase in FURNITURE.replace("\n", "|").split("|") if phrase.strip()]
FURNITURE_HEADING = re.compile("|".join(re.escape(phrase).replace(r"\ \*", WORD) for phrase in _phrases), re.IGNORECASE)
ENDS = " :–—-•►▶»#()0123456789…"


def plain(element: HtmlElement) -> str:
    """Its text in one line."""
    return SPACE.sub(" ", element.text_content()).strip()


def is_heading_of_furniture(text: str) -> bool:
    """Whether the whole line is one; a line that only begins so may be the article's."""
    return bool(FURNITURE_HEADING.fullmatch(text.strip(ENDS)))
