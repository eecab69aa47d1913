"""What is served of our scripts and style sheets says the same as their sources."""

import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client

from newsroom.http.static_storage import OURS, strip_comments

STATIC = Path(settings.BASE_DIR) / "static"
SOURCES = [str(path.relative_to(STATIC)) for path in sorted(STATIC.rglob("*.*"))]


def parsed(source: str, kind: str) -> str:
    """A source as a parser prints it, without comments and white space."""
    argv = ["node_modules/.bin/esbuild", f"--loader={kind}", "--minify-whitespace", "--legal-comments=none"]
    run = subprocess.run(argv, input=source, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    return run.stdout


@pytest.mark.parametrize("name", [name for name in SOURCES if OURS.fullmatch(name)])
def test_a_script_without_its_comments_is_the_same_script(name: str) -> None:
    source, kind = (STATIC / name).read_text(encoding="utf-8"), name.rpartition(".")[2]
    served = strip_comments(source)

    assert parsed(served, kind) == parsed(source, kind)
    assert served.count("\n") == source.count("\n")


@pytest.mark.usefixtures("collected_static")
def test_what_is_served_has_no_comments() -> None:
    served = (settings.STATIC_ROOT / static("reader/dialog.js").removeprefix(settings.STATIC_URL)).read_text()

    assert "class SuggestionDialog" in served
    assert "/**" not in served


@pytest.mark.parametrize(
    ("source", "served"),
    [
        ("// why\nlet a;", "\nlet a;"),
        ("let a; // why", "let a; // why"),
        ("  // why\n  a();", "\na();"),
        ("/** One\n * two */\nlet a;", "\n\nlet a;"),
        ("const a = /** @type {any} */ (b);", "const a = (b);"),
        ('const a = "https://example.org";', 'const a = "https://example.org";'),
    ],
)
def test_indentation_and_comments_on_lines_of_their_own_and_in_blocks_go(source: str, served: str) -> None:
    assert strip_comments(source) == served


def test_a_file_is_served_under_the_name_with_its_hash_alone(client: Client, db: None) -> None:
    served = client.get(static("site/site.css"))
    served.close()
    assert served.status_code == 200
    assert client.get("/static/site/site.css").status_code == 404
