"""How long a reader waits for the dialog, from the key to the frame that shows it, once its files are there."""

from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.rows import Row
from benchmarks.site import HOST, SLUG, seeded_site
from tests.support.chromium import find_chromium, launch_arguments

TURNS = 40
# A frame is over when it is painted: a message that is posted from its callback comes next.
FRAMES = """async (turns) => {
  const frame = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  }));
  const timed = async (start) => {
    const before = performance.now();
    start();
    await frame();
    return performance.now() - before;
  };
  const keys = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true });
  const dialog = () => document.querySelector("suggestion-dialog > dialog");
  const times = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const text = document.querySelector("[data-field=body] p").firstChild;
    getSelection().setBaseAndExtent(text, 0, text, 12);
    await frame();
    const empty = await timed(() => {});
    const opened = await timed(() => document.body.dispatchEvent(keys));
    if (!dialog().open || dialog().querySelector("form[data-form]").hidden) throw new Error("it is not open");
    times.push([opened, empty]);
    dialog().close();
    await frame();
    await frame();
  }
  return times;
}"""


def rows() -> Iterator[Row]:
    with seeded_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=launch_arguments())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"http://{HOST}:{site.port}/articles/{SLUG}/")
        yield Row("dialog_open_ms_ratio", _ratio(page), "ratio", 6, "lower")
        browser.close()


def _ratio(page: Page) -> float:
    """The median over turns; the first opening, which fetches the files, is not one of them."""
    page.evaluate("""() => {
        const text = document.querySelector("[data-field=body] p").firstChild;
        getSelection().setBaseAndExtent(text, 0, text, 12);
    }""")
    page.wait_for_function("() => document.querySelector('suggestion-dialog')?.suggest")
    times: list[tuple[float, float]] = page.evaluate(FRAMES, TURNS)
    return median(opened for opened, _empty in times) / median(empty for _opened, empty in times)
