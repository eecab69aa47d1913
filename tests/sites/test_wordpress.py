"""The WordPress of the tests is what a newsroom has: what is pasted into its theme and set in its server is there."""

from newsroom.http.guarded_client import Fetched, get, parse_allowlist
from tests.sites.posts import CONTENT
from tests.sites.wordpress import WordPress


def fetched(address: str) -> Fetched:
    return get(address, headers={}, allowed=parse_allowlist(["127.0.0.1"]))


def test_a_line_pasted_into_the_theme_stands_in_the_page_of_each_post_as_it_was_pasted(wordpress: WordPress) -> None:
    line = '<script type="module" src="https://desk.example/embed/v1.js" data-site="k"></script>'
    wordpress.paste(line)

    for title in ("One", "Two"):
        assert fetched(wordpress.publish(title, CONTENT).link).body.count(line.encode()) == 1

    wordpress.paste("")
    assert b"desk.example" not in fetched(wordpress.publish("Three", CONTENT).link).body


def test_a_policy_set_in_the_server_comes_with_each_page(wordpress: WordPress) -> None:
    post = wordpress.publish("One", CONTENT)

    wordpress.set_policy("default-src 'self'")
    assert fetched(post.link).headers["content-security-policy"] == "default-src 'self'"

    wordpress.set_policy("")
    assert "content-security-policy" not in fetched(post.link).headers
