"""The text of a real WordPress's page, with its default theme around it, is the post's and nothing else."""

from newsroom.extraction.encoding import decode
from newsroom.extraction.extract import Extracted, Selectors, as_published, extract
from newsroom.extraction.page import parse
from newsroom.http.guarded_client import get, parse_allowlist
from newsroom.text import canonical_text
from newsroom.text.sanitizer import sanitise
from tests.sites.posts import CONTENT, TEXT
from tests.sites.wordpress import Post, WordPress


def look(wordpress: WordPress, post: Post, selectors: Selectors | None = None) -> Extracted:
    fetched = get(post.link, headers={}, allowed=parse_allowlist(["127.0.0.1"]))
    assert fetched.status == 200
    page = parse(decode(fetched.body), address=fetched.url)
    return extract(page, selectors or Selectors())


def text_of(found: Extracted) -> str:
    return canonical_text(sanitise(as_published(found)))


def test_the_page_of_a_post_gives_the_post_and_nothing_of_the_theme(wordpress: WordPress) -> None:
    post = wordpress.publish("The last ferry", CONTENT)

    guessed = look(wordpress, post)
    chosen = look(wordpress, post, Selectors(root=".entry-content", headline="h1.wp-block-post-title"))

    assert text_of(guessed) == text_of(chosen) == TEXT
    assert (guessed.headline, chosen.headline, guessed.language) == ("The last ferry", "The last ferry", "en-us")


def test_what_an_editor_changes_is_seen_by_the_next_look(wordpress: WordPress) -> None:
    post = wordpress.publish("The last ferry", CONTENT)

    wordpress.change(post, content=CONTENT.replace("12 euros", "14 euros"))

    assert text_of(look(wordpress, post)) == TEXT.replace("12 euros", "14 euros")
