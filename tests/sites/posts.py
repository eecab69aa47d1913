"""A post as WordPress's editor stores it, and the text that its page shows: quotes, dashes and all."""

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
# What newsrooms put between paragraphs, and what scripts put there for them.
AMONG_PARAGRAPHS = """
<!-- wp:html --><div id="ad-1"></div><script>
  document.getElementById("ad-1").textContent = "Advertisement: buy a boat";
</script><!-- /wp:html -->
<!-- wp:html --><iframe src="about:blank" title="A map">No frames.</iframe><!-- /wp:html -->
<!-- wp:html --><div role="dialog" aria-modal="true"><p>We value your privacy.</p></div><!-- /wp:html -->
"""


def crowded(content: str) -> str:
    """The same article with all that between two of its paragraphs."""
    before, heading, behind = content.partition("<!-- wp:heading -->")
    return f"{before}{AMONG_PARAGRAPHS}{heading}{behind}"
