"""The table of the bare INSERT."""

from django.db import models


class Bare(models.Model):
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    objects: models.Manager["Bare"] = models.Manager()

    def __str__(self) -> str:
        return self.text[:60]
