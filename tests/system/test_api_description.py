"""The API keeps what its description promises: called in every way that allows, and in many that it does not."""

import subprocess
import sys
from pathlib import Path

from corrections.suggestions.status_tokens import status_token
from newsroom.models import Kind
from tests.support.factories import make_article, make_revision
from tests.support.processes import Site
from tests.support.suggestion_factories import make_suggestion

SECONDS = 40
# Addresses of things that exist, so that the answers of success are held against the description too.
CONFIGURATION = """
[parameters]
"path.slug" = "bridges"
"path.number" = 1
"path.token" = "{token}"

# The description cannot say which revisions an article has, nor rules between fields, such as a note where the right
# words are not known, nor which characters are refused: all these are fields that are wrong, 422.
[[operations]]
include-path-regex = "^/api/(articles/.*/(reports|passage|follow)|suggestions|suggestions/.*/(answer|credit|email))$"
checks.positive_data_acceptance.expected-statuses = ["2xx", "404", "409", "422", "429"]
"""


def test_schemathesis_finds_no_fault(site: Site, tmp_path: Path) -> None:
    article = make_article(slug="bridges")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Four instead of three.")
    suggestion = make_suggestion(article)
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(CONFIGURATION.format(token=status_token(suggestion.pk)))
    run = subprocess.run(
        [
            *(Path(sys.executable).with_name("schemathesis"), "--config-file", configuration),
            *("run", f"{site.url}/api/openapi.json", "--checks", "all", "--phases", "examples,coverage,fuzzing"),
            *("--max-examples", "10", "--max-time", str(SECONDS), "--seed", "7"),
            *("--no-color", "--suppress-health-check", "all", "--generation-database", "none"),
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS * 4,
    )
    assert run.returncode == 0, run.stdout + run.stderr
