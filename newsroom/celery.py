"""The Celery application."""

import os

from celery import Celery
from celery.signals import task_prerun, worker_ready
from django.db import close_old_connections
from kombu.transport import TRANSPORT_ALIASES

from newsroom.operations.watchdog import start_watchdog

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
# `make lint` runs the system checks; here they would import every view at each worker restart.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

TRANSPORT_ALIASES["redis"] = "newsroom.transport:Transport"
app = Celery("newsroom")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
worker_ready.connect(start_watchdog)
# CELERY_DB_REUSE_MAX alone would keep a connection that a database restart has closed, and fail every task.
task_prerun.connect(close_old_connections)
