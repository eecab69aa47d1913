"""Importing a file: what becomes headline and text."""

from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from newsroom.models import Article, Kind, Picture
from newsroom.publishing.importers import UnreadableFile, read_file
from tests.newsroom.extraction.pages import PROSE, page
from tests.support.factories import make_editor
from tests.support.import_file import TEXT, imported, refused, update, written

PAGE = Path(__file__).with_name("fixtures") / "saved_page.html"
pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "article.txt", TEXT)


@pytest.mark.both_databases
def test_the_first_line_of_a_text_is_its_headline(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = imported(file, "--standfirst", "At last", "--byline", "By Anna", "--section", "Local")
    assert content.headline == "The bridge opens on Monday"
    assert content.text == "The bridge will recieve its first carts.\n\nThe council pays 14 crowns."
    assert (content.standfirst, content.byline) == ("At last", "By Anna")
    article = Article.objects.get(slug="bridge")
    assert (article.language, article.section, article.state) == ("en", "Local", "published")
    row = article.history.earliest()
    assert (row.history_user.username, row.history_change_reason) == ("import", "import")
    assert capsys.readouterr().out == "/articles/bridge/ revision 1 published\n"


def test_a_headline_that_is_given_leaves_the_first_line_in_the_text(file: Path) -> None:
    content = imported(file, "--headline", "Carts again")
    assert content.headline == "Carts again"
    assert content.text.startswith("The bridge opens on Monday\n\nThe bridge will")


@pytest.mark.parametrize(
    ("text", "headline", "body"),
    [
        ("Head\nOne.\nTwo.\n", "Head", "One. Two."),
        ("\n\n  Head  \n\n\n\nOne.\n", "Head", "One."),
        ("\ufeffHead\r\n\r\nOne.\r\n", "Head", "One."),
        (
            "Head\n\nLine one of a text\nthat was wrapped.\n\nNext.",
            "Head",
            "Line one of a text that was wrapped.\n\nNext.",
        ),
        (f"Head\n{'long ' * 30}\nshort\n", "Head", f"{('long ' * 30).strip()}\n\nshort"),
        ("Head & <b>tail</b>\n\n1 < 2 & 3\n", "Head & <b>tail</b>", "1 < 2 & 3"),
        ("Заголовок\n\nПерший абзац — «так».", "Заголовок", "Перший абзац — «так»."),
    ],
)
def test_lines_and_paragraphs_of_a_text(tmp_path: Path, text: str, headline: str, body: str) -> None:
    content = imported(written(tmp_path / "a.txt", text))
    assert (content.headline, content.text) == (headline, body)


def test_markdown_keeps_what_it_says(tmp_path: Path) -> None:
    markdown = (
        '# The *bridge*\n\nA [link](https://example.org/a "T") and **bold**.\n\n- one\n- two\n\n> Said.\n\n'
        "| a | b |\n|---|---|\n| 1 | 2 |\n\n![Three arches](https://example.org/p/arch.jpg)\n\n"
        "<script>alert(1)</script>\n\n[bad](javascript:alert(1))\n"
    )
    content = imported(written(tmp_path / "a.md", markdown), "--language", "uk")
    assert content.headline == "The bridge"
    for part in ('href="https://example.org/a"', "<strong>bold</strong>", "<li>two</li>", "<blockquote>", "<td>2</td>"):
        assert part in content.body
    assert "<img" not in content.body
    assert '<figcaption><a href="https://example.org/p/arch.jpg" rel="noopener">Three arches</a>' in content.body
    assert "arch.jpg" not in content.text
    assert "<script" not in content.body
    assert 'href="javascript' not in content.body
    assert "The bridge" not in content.text
    assert Article.objects.get(slug="bridge").language == "uk"


def test_of_a_saved_page_only_the_article_is_taken() -> None:
    content = imported(PAGE)
    assert content.headline == "Le pont de la Sourde rouvre lundi"
    assert content.standfirst.startswith("Après neuf mois")
    assert content.byline == "Claire Lenoir"
    assert Article.objects.get(slug="bridge").language == "fr"
    assert content.text.startswith("Le vieux pont de pierre")
    assert content.text.endswith("sur la berge nord du pont.")
    for part in ("<h2>Un chantier", "<li>jeudi", "<blockquote>", "<th>Année</th>", "<td>2 950</td>", "<strong>une can"):
        assert part in content.body
    assert 'href="https://patrimoine.example/avis"' in content.body
    for furniture in (
        "cookies",
        "Accueil",
        "S’abonner",
        "À lire aussi",
        "Foirail",
        "Mentions",
        "track",
        "rouvre lundi",
    ):
        assert furniture not in content.text


def test_a_picture_of_a_page_becomes_its_caption_and_a_link_to_its_source() -> None:
    content = imported(PAGE)
    assert "<img" not in content.body
    caption = "Les trois arches ont été rejointoyées à la chaux. Photo : A. Petit"
    link = '<a href="https://journal.example/photos/pont.jpg" rel="noopener">Image</a>'
    assert f"<figcaption>{caption} {link}</figcaption>" in content.body


def test_a_headline_that_is_given_replaces_the_heading_of_a_page() -> None:
    content = imported(PAGE, "--headline", "Le pont rouvre", "--byline", "", "--language", "fr-ca")
    assert (content.headline, content.byline) == ("Le pont rouvre", "")
    assert content.text.startswith("Le vieux pont de pierre")
    assert Article.objects.get(slug="bridge").language == "fr-ca"


@pytest.mark.parametrize(
    "declared",
    ['<meta charset="windows-1251">', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path, declared: str) -> None:
    sentence = "Міст через річку відкриють у понеділок о шостій ранку після дев’яти місяців ремонту. "
    page = f"<!doctype html><html lang=uk><head>{declared}<title>Міст відкриють</title></head><body><nav>Головна</nav>"
    page += f"<article><h1>Міст відкриють</h1><p>{sentence * 3}</p><p>{sentence * 2}</p></article></body></html>"
    content = imported(written(tmp_path / "a.html", page.encode("windows-1251")))
    assert content.headline == "Міст відкриють"
    assert content.text == "\n\n".join([(sentence * 3).strip(), (sentence * 2).strip()])
    assert Article.objects.get(slug="bridge").language == "uk"


def test_a_page_is_known_by_its_first_characters_too(tmp_path: Path) -> None:
    content = imported(written(tmp_path / "page.saved", PAGE.read_bytes()))
    assert content.headline == "Le pont de la Sourde rouvre lundi"


@pytest.mark.parametrize(
    "text", ["[" * 20_001, "*a " * 20_001, "a" * 500_001, "a\n" * 20_001, "[a](b" * 15_000 + "|" * 5_001]
)
def test_markdown_that_would_take_seconds_is_refused(text: str, tmp_path: Path) -> None:
    number = "500,000 characters" if len(text) > 500_000 else "20,000 line ends"
    file = tmp_path / "article.md"
    file.write_text(text)
    with pytest.raises(UnreadableFile, match=f"too long for Markdown: more than {number}"):
        read_file(file)


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.txt", "a\n" * 100_002, "more than 100,000 lines"),
        ("a.html", "<p>a" * 20_001, "more than 20,000 elements"),
        ("a.html", f"<p {' '.join(f'a{number}' for number in range(301))}>a", "more than 300 attributes"),
    ],
)
def test_a_file_that_would_take_seconds_is_refused(name: str, text: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    with pytest.raises(UnreadableFile, match=why):
        read_file(file)


def test_pictures_beside_a_saved_page_are_taken_along_and_what_is_left_out_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bridge_files").mkdir()
    picture = tmp_path / "bridge_files" / "the arches.png"
    Image.new("RGB", (300, 200), "red").save(picture)
    outside = "https://daily.example"
    inside = (
        '<figure><img src="bridge_files/the%20arches.png" alt="Red arches"><figcaption>Three.</figcaption></figure>'
        f'<figure><img src="{outside}/b.jpg"><figcaption>Two.</figcaption></figure><img src="{outside}/c.jpg">'
        f'<iframe src="https://player.vimeo.com/video/42"></iframe><img src="{outside}/pixel.gif">'
    )
    file = written(tmp_path / "bridge.html", page(PROSE + inside))
    content = imported(file)
    stored = Picture.objects.get()
    assert f'src="{stored.file.url}" width="300" height="200"' in content.body
    assert (stored.alt, stored.uploaded_by.username) == ("Red arches", "import")
    assert capsys.readouterr().out.splitlines()[1:] == [
        "taken along: 1 picture",
        "left out, with a link in its place: 1 picture, 1 player",
        "left out, without caption or description: 1 picture",
    ]
    content = update(written(file, page(f"{PROSE}<p>It was warm.</p>{inside}")), Kind.UPDATE, "--note", "The weather")
    assert "It was warm." in content.text
    assert stored.file.url in content.body
    assert Picture.objects.count() == 1


def test_a_markdown_file_takes_its_pictures_along(tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "red").save(tmp_path / "arches.png")
    content = imported(written(tmp_path / "a.md", "# The bridge\n\nOpen.\n\n![Red arches](arches.png)\n"))
    assert f'<figure><img src="{Picture.objects.get().file.url}"' in content.body.replace('alt="Red arches" ', "")


@pytest.mark.parametrize("source", ["../secret.png", "{folder}/secret.png", "file://{folder}/secret.png", "no.png"])
def test_a_picture_elsewhere_on_the_machine_is_not_taken(source: str, tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "red").save(tmp_path / "secret.png")
    (tmp_path / "page").mkdir()
    source = source.format(folder=tmp_path)
    content = imported(written(tmp_path / "page" / "a.md", f"# The bridge\n\nOpen.\n\n![Red arches]({source})\n"))
    assert "<img" not in content.body
    assert not Picture.objects.exists()


def test_of_a_refused_file_no_picture_stays(tmp_path: Path) -> None:
    Image.new("RGB", (300, 200), "red").save(tmp_path / "arches.png")
    bystander = Picture.objects.create(file="pictures/b.png", alt="Mill", width=1, height=1, uploaded_by=make_editor())
    stored = set(Path(settings.MEDIA_ROOT).rglob("*.png"))
    file = written(tmp_path / "a.md", f"# {'x' * 301}\n\nOpen.\n\n![Red arches](arches.png)\n")
    assert "too long for a headline" in refused(file)
    assert list(Picture.objects.all()) == [bystander]
    assert set(Path(settings.MEDIA_ROOT).rglob("*.png")) == stored


@pytest.mark.parametrize(
    ("said", "language"),
    [("fr-FR", "fr"), ("pt-BR", "pt-br"), ("zh", "zh-hans"), ("en_US", "en"), ("tlh", "en"), ("uk-UA", "uk")],
)
def test_a_pages_language_is_one_that_the_site_knows(said: str, language: str, tmp_path: Path) -> None:
    imported(written(tmp_path / "a.html", page(PROSE, attributes=f' lang="{said}"')))
    assert Article.objects.get(slug="bridge").language == language
