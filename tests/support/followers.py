"""Followers of an article, made by the real writers."""

from corrections.contacts.followers import confirm_follower, follow_article, following_token, unfollowing_token
from corrections.models import Follower
from newsroom.models import Article
from tests.support.mailbox import ADA


def ask_to_follow(article: Article, *, email: str = ADA) -> Follower:
    """The row of somebody who asked and has not confirmed."""
    follow_article(Article.objects.select_related("current").get(pk=article.pk), address=email)
    return follower_of(article, email=email)


def make_follower(article: Article, *, email: str = ADA) -> Follower:
    """One who has confirmed; no mail was sent on the way."""
    confirm_follower(ask_to_follow(article, email=email))
    return follower_of(article, email=email)


def follower_of(article: Article, *, email: str = ADA) -> Follower:
    return Follower.objects.get(article=article, address=email)


def confirm_path(follower: Follower) -> str:
    return f"/mail/follow/{following_token(follower)}/"


def stop_path(follower: Follower) -> str:
    return f"/mail/unfollow/{unfollowing_token(follower)}/"
