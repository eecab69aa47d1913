"""WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
os.environ.setdefault("CORRIGENDA_PROCESS", "web")  # settings give the threaded web server a connection pool

application = get_wsgi_application()
