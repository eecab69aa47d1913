"""The one settings file: the environment is read at the top, every chosen value says why."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import django_stubs_ext
from celery.schedules import crontab, schedule
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from newsroom.http.static_headers import add_headers
from newsroom.operations.environment import Environment, broker_url

# Generic classes of Django take their parameters at run time too.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = Environment(os.environ, base=BASE_DIR)

DATA_DIR = ENVIRONMENT.data_dir()
HOST = ENVIRONMENT.host()
PORT = ENVIRONMENT.port()
SECRET_KEY = ENVIRONMENT.secret_key()
SECRET_KEY_FALLBACKS = ENVIRONMENT.listing("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts()
SITE_URL = ENVIRONMENT.site_url()
SITE_NAME = ENVIRONMENT.text("SITE_NAME", "The Harbour Gazette")
REDIS_URL = ENVIRONMENT.redis_url()
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from()
globals().update(ENVIRONMENT.email())
SECURITY_CONTACT = ENVIRONMENT.security_contact()
EMAIL_TIMEOUT = 5  # seconds; a mail server that hangs must not hold the worker up for longer than that
TRUSTED_PROXIES = ENVIRONMENT.networks("TRUSTED_PROXIES")  # whose X-Forwarded-For is believed
METRICS_ALLOW = ENVIRONMENT.networks("METRICS_ALLOW", "127.0.0.0/8 ::1")
WEBHOOK_ALLOW = ENVIRONMENT.webhook_allow()
# Above it suggestions are stored and held for a look: far more than readers of one newspaper send.
SUGGESTIONS_PER_MINUTE = ENVIRONMENT.number("SUGGESTIONS_PER_MINUTE", 600)
PROOF_OF_WORK = ENVIRONMENT.choice("PROOF_OF_WORK", ("auto", "on", "off"))

# The demo runs as production does; pages that show a traceback are for nobody.
DEBUG = False

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "simple_history",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "ninja",  # its copy of the API browser, so that /api/docs loads nothing from elsewhere
    "newsroom",
    "corrections",  # last: its groups name permissions that migrate makes app by app
]

MIDDLEWARE = [
    "newsroom.record.page_cache.page_cache_middleware",  # first: a hit skips all others
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.http.security_headers.SecurityHeadersMiddleware",
    "newsroom.accounts.language_middleware.site_language_middleware",
    "corrections.abuse.middleware.RefusalLimitMiddleware",
    "corrections.abuse.body_limits.body_limit_middleware",
    "newsroom.accounts.middleware.DeskSession",
    "django.middleware.common.CommonMiddleware",
    "newsroom.accounts.middleware.DeskCsrf",
    "newsroom.accounts.middleware.DeskLogin",
    "newsroom.accounts.language_middleware.editor_language_middleware",
    "newsroom.accounts.middleware.DeskMessages",
    "newsroom.accounts.middleware.DeskSecondFactor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",  # who changed the row
    "newsroom.accounts.lockout.DeskLockout",  # last: it turns the answer of a log-in into a refusal
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
AUTH_USER_MODEL = "newsroom.Editor"
# Hooks of the correction desk, which newsroom does not import. Without one: [] or None.
DESK_REDACTION_HOOKS = ["corrections.privacy.withheld_copies.clear_withheld_text"]
DESK_CREDITS_HOOK = "corrections.suggestions.credits.credits_of"
DESK_MEDIAN_WAIT_HOOK = "corrections.suggestions.credits.median_wait"
DESK_INVITATION_TEMPLATE = "corrections/suggestion/_invitation.html"  # included below an article
# Called with a proposal and `by=` before it is approved; a rule refuses by raising.
APPROVAL_RULES = ["corrections.decisions.rules.refuse_approving_own_suggestion"]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # where a log-in leads whose `next` is none of ours
DESK_LOGIN_PATH = "/admin/login/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked account is not even asked for
    "django.contrib.auth.backends.ModelBackend",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.http.context_processors.site",
            ],
        },
    }
]

# Database ---
_database: dict[str, Any] = ENVIRONMENT.database()
_in_web_server = os.environ.get("CORRIGENDA_PROCESS") == "web"
if not _in_web_server:
    _database["CONN_MAX_AGE"] = 60
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = {
        # Without these, 360 of 800 concurrent updates failed with "locked"; with them none.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # With secure_delete, what a reader had erased is overwritten in the file too.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    # The first request or task after a restart of the database would fail without the check.
    _database["CONN_HEALTH_CHECKS"] = True
    if _in_web_server:
        # A pool serves the threads of the web server; in forked workers it costs two thirds of the speed.
        _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "pool": {"min_size": 2, "max_size": 16, "timeout": 5}}
DATABASES = {"default": _database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Static files and media ---
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.http.static_storage.HashedStaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_headers

# Languages and time ---
LANGUAGES = [
    ("en", _("English")),
    ("uk", _("Ukrainian")),
    ("fr", _("French")),
    ("es", _("Spanish")),
    ("de", _("German")),
    ("ar", _("Arabic")),
]
# Of pages about no article; those about one speak its language: see newsroom.languages.
LANGUAGE_CODE = ENVIRONMENT.choice("SITE_LANGUAGE", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_THOUSAND_SEPARATOR = False  # revisions and cases have numbers, not amounts; amounts are grouped where they are told
USE_I18N = True
USE_TZ = True
TIME_ZONE = ENVIRONMENT.time_zone()

# Safety ---
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
_over_tls = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _over_tls
SECURE_SSL_REDIRECT = False  # the proxy that ends TLS redirects; here a health check over http must answer
SECURE_HSTS_SECONDS = 31_536_000 if _over_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _over_tls
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # newsroom.accounts.lockout has its middleware
    "security.W008",  # see SECURE_SSL_REDIRECT
    "security.W003",  # knows Django's own name alone; newsroom.accounts.middleware has the same for the desk
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
if _over_tls:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"  # readers' pages know no cookie, so none travels with them
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # the other has a cookie for all pages
SESSION_COOKIE_AGE = 12 * 60 * 60  # a long shift
AXES_FAILURE_LIMIT = 5  # failed log-ins …
AXES_COOLOFF_TIME = timedelta(minutes=15)  # … within this time …
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # … by account and address: nobody locks a colleague out
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "newsroom.accounts.lockout.masked_address"
AXES_DISABLE_ACCESS_LOG = True  # who logged in when stands in the account itself
AXES_LOCKOUT_TEMPLATE = "newsroom/accounts/locked.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
OTP_TOTP_ISSUER = SITE_NAME
# "yes": whoever approves what others propose works with a second factor only.
REQUIRE_SECOND_FACTOR = ENVIRONMENT.choice("REQUIRE_SECOND_FACTOR", ("no", "yes"))
# Above the 64 KiB that the API accepts and below what would hurt.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "public_name", "first_name", "last_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# History of rows ---
SIMPLE_HISTORY_REVERT_DISABLED = True  # a revert is a new Revision, never an overwritten row
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True  # reasons are sentences, longer than 100 characters

# Queue ---
CELERY_BROKER_URL = broker_url(REDIS_URL or f"unix://{DATA_DIR / 'valkey.sock'}")
CELERY_TASK_IGNORE_RESULT = True  # the rows hold every result
CELERY_TASK_SERIALIZER = "json"  # whoever reaches the broker can run no code of theirs with it …
CELERY_ACCEPT_CONTENT = ["json"]  # … and nothing else is read
CELERY_TASK_ACKS_LATE = True  # a killed worker's task comes back …
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # … also when only the child died
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # late acknowledgement needs it, or a dead worker holds tasks it never began
CELERY_TASK_TIME_LIMIT = 20  # hard, and far below the visibility timeout, so that no live task is delivered twice
CELERY_TASK_SOFT_TIME_LIMIT = 15  # first an exception, which leaves a line in the log and a whole transaction
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 60,  # a dead worker's message returns after this; rows are claimed again after 30 s anyway
    "socket_timeout": 2,  # a broker that hangs must not hang the dispatcher with it
    "socket_connect_timeout": 2,
    "socket_keepalive": True,  # a broker that vanished without a word is noticed
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True  # the broker may start after the worker
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # and may be away for any time
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # else the task runs twice after a reconnect
CELERY_DB_REUSE_MAX = 1000  # a database connection per task costs three quarters of the speed
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below holds for the worker too
CELERY_TIMEZONE = "UTC"  # beat counts seconds, and no clock change may skip or repeat one
# The clock's messages do not wait behind others: a worker takes from its queues in turn.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("clock")]
CELERY_TASK_ROUTES = {"corrections.tasks.dispatch": {"queue": "clock"}}
CELERY_BEAT_SCHEDULE = {
    "dispatch": {
        "task": "corrections.tasks.dispatch",
        "schedule": schedule(1.0),
        "options": {"expires": 2},  # a tick that waited is worth nothing: the next one does the same
    },
    "forget": {"task": "corrections.tasks.forget", "schedule": schedule(3600.0), "options": {"expires": 60}},
    # At night; a beat that was down then catches up when it starts.
    "purge": {
        "task": "corrections.tasks.purge",
        "schedule": crontab(hour="3", minute="17"),
        "options": {"expires": 3600},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%H:%M:%S"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a reader's 404 is no news
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor is a scanner's made-up host
        "axes": {"level": "ERROR"},  # a mistyped password is no news, and its rows tell of a lock-out
        "trafilatura": {"level": "ERROR"},  # what an import could not read is told in a sentence of ours
    },
}
