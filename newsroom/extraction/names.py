"""Class names and ids by which pages call what stands around an article: sharing, teasers, comments, tags."""

import re

from lxml.html import HtmlElement

# Words of class names and ids, cut at blanks, hyphens and underscores.
NAMES = re.compile(
    r"""(?:^|[\s_-])(?:
    ad|ads|adv|advert\w*|adsby\w*|sponsor\w*|promo\w*|banner|outbrain|taboola|
    share|sharing|sharer?s?|shareaholic|sharedaddy|social|socials|addtoany|addthis|likes?|follow|followers|
    related\w*|recommend\w*|readmore|more-?(?:stories|articles|news|from)|read-?(?:more|also|next)|see-?also|
    also-?read|most-?(?:read|popular)|trending|teasers?|yarpp|jp-relatedposts|
    newsletter\w*|subscri\w*|signup|sign-up|paywall\w*|comments?|commentlist|respond|disqus\w*|
    breadcrumbs?|pagination|pager|prev-?next|post-?nav\w*|navigation|nav|menu|
    (?:entry|post|article)-?(?:meta|footer|tags?|share|utility|actions?|tools?|info)|metadata|
    byline|author|author-?(?:bio|box|info|card)|about-?author|dateline|timestamp|datetime|posted-?on|post-?date|
    pubdate|published|tags?|tag-?(?:list|cloud)|taglist|tagcloud|categories|cat-?links|keywords|topics|
    toolbar|tools|print|printfriendly|popup|modal|lightbox|overlay|cookies?|consent|gdpr|sidebar|widget|widgets|
    footer|copyright|disclaimer|skip|hidden|hide|rating|ratings|feedback|toc|table-of-contents|
    mw-editsection|reference-?list|reflist|navbox|infobox|hatnote|noprint|catlinks|advertisement|
    jump-?link|back-?to-?top
    )(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
# Of these it is sure: what carries one is none of the article's, whatever it says.
SURE = re.compile(
    r"""(?:^|[\s_-])(?:advert\w*|adsby\w*|sponsor(?:ed)?|outbrain|taboola|share|sharing|sharedaddy|addtoany|addthis|
    related(?:-?(?:posts|articles|stories|content|links))?|newsletter\w*|comments|commentlist|disqus\w*|breadcrumbs?|
    pagination|tag-?list|taglist|jp-relatedposts|yarpp)(?:$|[\s_-])""",
    re.IGNORECASE | re.VERBOSE,
)
MODIFIER = re.compile(r"--[^\s]+")  # of BEM: "card--ads" is a card
KEPT_NAMES = re.compile(
    r"(?:^|[\s_-])(?:blockquote|pullquote|quote|caption|wp-block-table|has-\S+)(?:$|[\s_-])", re.IGNORECASE
)


def has_furniture_name(element: HtmlElement) -> bool:
    names = _names(element)
    return bool(NAMES.search(names)) and not KEPT_NAMES.search(names)


def is_surely_furniture(element: HtmlElement) -> bool:
    return bool(SURE.search(_names(element)))


def _names(element: HtmlElement) -> str:
    names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('data-component') or ''}"
    return MODIFIER.sub("", names)
