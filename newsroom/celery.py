"""The Celery application."""

import os

from celery import Celery
from celery.signals import worker_ready

from newsroom.watchdog import keep_watch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_ready.connect(keep_watch)
