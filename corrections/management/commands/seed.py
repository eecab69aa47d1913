"""Publishes the demo's articles and their history; a second run changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from corrections.seeding import AlreadySeeded, seed


class Command(BaseCommand):
    help = __doc__

    def handle(self, **_options: Any) -> None:
        try:
            count = seed(settings.BASE_DIR / "seeds")
        except AlreadySeeded:
            self.stdout.write("the demo articles stand already")
        else:
            self.stdout.write(f"{count} demo articles published")
