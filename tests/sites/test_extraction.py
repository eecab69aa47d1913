"""The text of a real WordPress's page, with its default theme around it, is the post's and nothing else."""

from newsroom.extraction.encoding import decode
from newsroom.extraction.extract import Extracted, Selectors, as_published, extract
from newsroom.extraction.page import parse
from newsroom.http.guarded_client import get, parse_allowlist
from newsroom.text import canonical_text
from newsroom.text.sanitizer import sanitise
from tests.sites.wordpress import Post, WordPress

CONTENT = """
<!-- wp:paragraph --><p>The "Aurora" left at 9 -- it's the last ferry of 2026's season.</p><!-- /wp:paragraph -->
<!-- wp:heading --><h2 class="wp-block-heading">What it costs</h2><!-- /wp:heading -->
<!-- wp:table --><figure class="wp-block-table"><table><thead><tr><th>Ticket</th><th>Price</th></tr></thead>
<tbody><tr><td>Adult</td><td>12 euros</td></tr></tbody></table>
<figcaption class="wp-element-caption">Prices since May</figcaption></figure><!-- /wp:table -->
<!-- wp:list {"ordered":true} --><ol><!-- wp:list-item --><li>Buy a ticket.</li><!-- /wp:list-item -->
<!-- wp:list-item --><li>Board.</li><!-- /wp:list-item --></ol><!-- /wp:list -->
<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>We never sank.</p><!-- /wp:paragraph -->
<cite>Mara Lind, captain</cite></blockquote><!-- /wp:quote -->
<!-- wp:paragraph --><p>Two lines<br>of verse &amp; <em>one</em> more…</p><!-- /wp:paragraph -->
"""
TEXT = """The “Aurora” left at 9 — it’s the last ferry of 2026’s season.

What it costs

Ticket

Price

Adult

12 euros

Prices since May

Buy a ticket.

Board.

We never sank.

Mara Lind, captain

Two lines
of verse & one more…"""


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
