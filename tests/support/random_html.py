"""Random bodies of HTML with what bodies hold: nested markup, references, emoji, marks, white space of every kind."""

from random import Random

PLAIN = (
    "the minister recieve 30 3.5% Kyiv «так» été e\u0301 👩‍👩‍👧 🇺🇦 مرحبا ٣٫٥ 你好 &amp; &lt;b&gt; no&nbsp;break "
    "no\xa0break &#160; a\u00adb \u200fz “q” . , — \u2003"
)
WORDS = PLAIN.split(" ")
SPACES = (" ", " ", " ", "", "  ", "\n", "\t \r\n")
INLINE = ("em", "strong", 'a href="https://example.org/?a=1&amp;b=2"', "b", "sub", "code", "cite", "abbr")


def random_body(chance: Random, depth: int = 0) -> str:
    return "".join(_block(chance, depth) + chance.choice(["", "\n", " "]) for _ in range(chance.randint(0, 4)))


def random_words(chance: Random) -> str:
    """Plain text as an editor may type it, mostly canonical."""
    words = [
        chance.choice(["x", "new", "30 %", "<b>", "é", "&amp;", "Київ", "👍"]) for _ in range(chance.randint(0, 4))
    ]
    return chance.choice([" ", " ", " ", "\n", "\n\n"]).join(words) + chance.choice(["", "", "", " "])


def _text(chance: Random) -> str:
    pairs = (chance.choice(WORDS) + chance.choice(SPACES) for _ in range(chance.randint(0, 4)))
    return chance.choice(["", "", " ", "\n"]) + "".join(pairs)


def _inline(chance: Random, depth: int = 0) -> str:
    return "".join(_inline_item(chance, depth) for _ in range(chance.randint(0, 4)))


def _inline_item(chance: Random, depth: int) -> str:
    kind = chance.random()
    if kind < 0.5 or depth > 2:
        return _text(chance)
    if kind < 0.6:
        return "<br>"
    if kind < 0.65:
        return '<img src="/m/a.png" alt="A">'
    tag = chance.choice(INLINE)
    return f"<{tag}>{_inline(chance, depth + 1)}</{tag.split()[0]}>"


def _block(chance: Random, depth: int) -> str:
    inner = [_inline(chance) for _ in range(4)]
    nested = random_body(chance, depth + 1) if depth < 2 and chance.random() < 0.4 else ""
    shapes = (
        f"<p>{inner[0]}</p>",
        f"<p>{inner[0]}{inner[1]}</p>\n<p>{inner[2]}</p>",
        f"<h2>{inner[0]}</h2>",
        f"<pre>{chance.choice(['', chr(10), chr(10) * 2])}{inner[0]}</pre>",
        f"<pre><code>{inner[0]}</code></pre>",
        f"<ul>\n<li>{inner[0]}{nested}{inner[1]}</li>\n<li>{inner[2]}</li>\n</ul>",
        f"<blockquote>{nested or inner[0]}</blockquote>",
        f'<figure><img src="/m/b.jpg"><figcaption>{inner[0]}</figcaption></figure>',
        f"<table><caption>{inner[0]}</caption><tbody><tr><td>{inner[1]}</td><th>{inner[2]}</th></tr></tbody></table>",
        f"<dl><dt>{inner[0]}</dt><dd>{inner[1]}</dd></dl>",
        "<hr>",
        inner[0],
    )
    return chance.choice(shapes)
