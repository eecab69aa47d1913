"""A page with the rich-text field on it, served to the browser under the policy that every page has."""

from pathlib import Path
from urllib.parse import parse_qs, urlparse

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from playwright.sync_api import Locator, Page, Route, expect

from newsroom.admin.widgets import RichTextarea

SITE = "http://editor.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'"
)
TYPES = {".js": "text/javascript", ".css": "text/css"}
PICTURE = Path(settings.BASE_DIR) / "seeds" / "pictures" / "mill-section.png"


class Desk:
    """What an editor does there; `complaints` is all that the browser said on its console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.posted = ""
        self.complaints: list[str] = []
        self.uploads: list[tuple[int, dict[str, object]]] = []  # what the site answers to each, in turn
        self.sent: list[bytes] = []
        self._form = SafeString("")
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route("**/*", self._answer)

    def open(self, body: str, **attrs: str) -> Locator:
        widget = RichTextarea(attrs)
        self._form = format_html(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Article</title>{}'
            '<form method="post" action="/save"><label for="body">Body:</label>{}<button>Save</button></form>',
            widget.media.render(),
            widget.render("body", body, {"id": "body"}),
        )
        self.page.goto(SITE)
        return self.text

    @property
    def text(self) -> Locator:
        return self.page.get_by_role("textbox", name="Body")

    @property
    def source(self) -> Locator:
        return self.page.locator("textarea")

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def to_end(self) -> None:
        self.text.press("Control+End")
        self.settle()

    def settle(self) -> None:
        """The browser tells the editor of a new selection a moment later, before a hand could press the next key."""
        self.page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def save(self) -> str:
        self.button("Save").click()
        expect(self.page.get_by_text("Saved", exact=True)).to_be_visible()
        return self.posted

    def paste(self, html: str) -> None:
        self.text.evaluate(
            """(text, html) => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/html", html);
              text.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }""",
            html,
        )

    def hand_over(self, kind: str, *names: str) -> None:
        """Drop or paste files into the text."""
        self.text.evaluate(
            """(text, [kind, names]) => {
              const transfer = new DataTransfer();
              for (const name of names) transfer.items.add(new File(["pixels"], name, { type: "image/png" }));
              const place = text.lastElementChild.getBoundingClientRect();
              const [clientX, clientY] = [place.left + 1, place.top + 1];
              const init = { bubbles: true, cancelable: true, clientX, clientY };
              text.dispatchEvent(kind === "drop"
                ? new DragEvent("drop", { ...init, dataTransfer: transfer })
                : new ClipboardEvent("paste", { ...init, clipboardData: transfer }));
            }""",
            [kind, names],
        )

    def _answer(self, route: Route) -> None:
        path = urlparse(route.request.url).path
        policy = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        if path == "/":
            route.fulfill(body=self._form, headers=policy)
        elif path == "/save":
            sent = parse_qs(route.request.post_data or "", keep_blank_values=True, strict_parsing=True)
            self.posted = sent["body"][0].replace("\r\n", "\n")
            route.fulfill(body="<!doctype html><title>Saved</title><p>Saved", headers=policy)
        elif path == reverse("admin:newsroom_picture_upload"):
            self.sent.append(route.request.post_data_buffer or b"")
            status, told = self.uploads.pop(0) if self.uploads else (0, {})
            route.fulfill(status=status, json=told) if status else route.abort()
        elif path.startswith("/media/"):
            route.fulfill(path=PICTURE, content_type="image/png") if path != "/media/none.png" else route.abort()
        else:
            file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
            route.fulfill(path=file, content_type=TYPES[file.suffix])
