"""Makes fingerprints of the sentences of published articles that have none, for finding a mistake in all of them."""

from typing import Any

from django.core.management.base import CommandError
from django.db import DatabaseError

from corrections.echoes.index import index_article, unindexed_articles
from newsroom.management.plain import PlainCommand
from newsroom.operations.schema_check import NotSetUp, require_tables


class Command(PlainCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        try:
            require_tables()
            done = [index_article(article) for article in unindexed_articles()]
        except NotSetUp as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(f"the database gave up: {str(error).strip().splitlines()[0]}") from None
        self.stdout.write(f"articles: {len(done)}, fingerprints: {sum(done)}")
