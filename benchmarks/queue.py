"""The list of cases as an editor opens it, at a million cases against ten thousand."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.load import Request
from benchmarks.rows import Row, ratio_in_turns
from benchmarks.site import Site, seeded_site
from benchmarks.yardwords import COMMON, HEADLINE, RARE, SOME

FEW, MANY = 10_000, int(os.environ.get("QUEUE_CASES", "1000000"))  # fewer while one works on the list
FILL = "import django; django.setup(); from benchmarks.filling import main; main()"
LIST = "/admin/corrections/case/"
TENTH = 9  # pages turned
NEXT = 'rel="next" href="'


def rows() -> Iterator[Row]:
    """The tenth page is reached as an editor does, by turning nine; the slowest kind of word stands for the search."""
    with ExitStack() as stack:
        few, many = (Desk(stack.enter_context(seeded_site()), cases) for cases in (FEW, MANY))

        def ratio(address_in_few: str, address_in_many: str) -> float:
            return ratio_in_turns(lambda: many.wait(address_in_many), lambda: few.wait(address_in_few))

        yield Row("queue_1m_ratio", ratio(LIST, LIST), "ratio", 1.1, "lower")
        yield Row("queue_1m_deep_ratio", ratio(few.turned(TENTH), many.turned(TENTH)), "ratio", 1.2, "lower")
        ratios = dict[str, float]()
        for words in (RARE, SOME, COMMON, HEADLINE):
            address = f"{LIST}?{urlencode({'q': words})}"
            ratios[words] = ratio(address, address)
            print(f"search for {words}: {ratios[words]:.2f}", file=sys.stderr)
        yield Row("queue_1m_search_ratio", max(ratios.values()), "ratio", 2, "lower")


class Desk:
    """A site with many cases and an editor who is logged in."""

    def __init__(self, site: Site, cases: int) -> None:
        site.run("-c", FILL, str(cases))
        self._site = site
        self._headers = json.loads((Path(site.env["DATA_DIR"]) / "editor.json").read_text())

    def wait(self, address: str) -> float:
        """Milliseconds until the page is there."""
        request = Request(address, headers=self._headers)
        load = self._site.measure(request, connections=1, seconds=1.5).expect(200)
        print(f"{load.median_ms:8.1f} ms {address}", file=sys.stderr)
        return load.median_ms

    def turned(self, pages: int) -> str:
        """The address of the page that is so many links to the next away from the first."""
        address = LIST
        for _page in range(pages):
            text = self._site.read(address, self._headers)
            address = LIST + text.split(NEXT, 1)[1].split('"', 1)[0].replace("&amp;", "&")
        return address
