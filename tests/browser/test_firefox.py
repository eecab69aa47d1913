"""The reader's journey in Firefox ESR: select, key, a file that fails once, send, thanks."""

import json
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from newsroom.models import Article
from tests.browser.reader import suggestions_on
from tests.support.factories import make_article
from tests.support.firefox import MISSING, find_firefox
from tests.support.processes import Site

SCRIPT = Path(__file__).with_name("firefox.js")
SECONDS = 180


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(headline="Ferry to sail", body="<p>The ferry will <em>propably</em> sail on Sunday.</p>")


@pytest.mark.skipif(find_firefox() is None, reason=MISSING)
def test_a_reader_suggests_a_correction_in_firefox(site: Site, article: Article, tmp_path: Path) -> None:
    argv = ["node", str(SCRIPT), str(find_firefox()), f"{site.url}{article.get_absolute_url()}"]
    run = subprocess.run(argv, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False, timeout=SECONDS)
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)

    assert seen["failed"].startswith("The form could not be opened.")
    assert (seen["removed"], seen["added"], seen["marked"]) == ("propably", "probably", ["propably"])
    assert seen["beside"]
    assert seen["fits"]
    assert seen["height"] <= 520 + 40  # with a line of the diff
    assert seen["thanks"] == "Thank you. Our editors have it."
    assert seen["listed"] == "propably"
    assert seen["link"].startswith("/suggestions/")
    assert seen["complaints"] == []
    assert [s.replacement for s in suggestions_on(article)] == ["probably"]
