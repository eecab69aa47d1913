"""Django settings; environment variables are read at the top, the reason stands beside each chosen value."""

import os
from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom.http.static_headers import add_headers
from newsroom.operations.database_settings import with_connection_settings
from newsroom.operations.environment import Environment, broker_url
from newsroom.operations.file_modes import FILE_MODE, FOLDER_MODE, keep_private
from newsroom.operations.logging_settings import LOGGING_SETTINGS
from newsroom.schedules import BEAT_SCHEDULE, QUEUES, ROUTES, TRANSPORT_OPTIONS

django_stubs_ext.monkeypatch()  # type parameters of Django's generic classes, at run time

BASE_DIR = Path(__file__).resolve().parent.parent
ENVIRONMENT = Environment(os.environ, base=BASE_DIR)
DATA_DIR = ENVIRONMENT.data_dir()
keep_private(DATA_DIR)
HOST, PORT = ENVIRONMENT.host(), ENVIRONMENT.port()
SECRET_KEY, SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key(), ENVIRONMENT.listing("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts()
SITE_URL = ENVIRONMENT.site_url()
SITE_NAME = ENVIRONMENT.text("SITE_NAME", "The Harbour Gazette")
REDIS_URL = ENVIRONMENT.redis_url()
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from()
globals().update(ENVIRONMENT.email())
SECURITY_CONTACT = ENVIRONMENT.security_contact()
EMAIL_TIMEOUT = 5  # seconds; a hanging mail server must not block the worker
TRUSTED_PROXIES = ENVIRONMENT.networks("TRUSTED_PROXIES")  # proxies whose X-Forwarded-For is trusted
METRICS_ALLOW = ENVIRONMENT.networks("METRICS_ALLOW", "127.0.0.0/8 ::1")
WEBHOOK_ALLOW, SOURCE_ALLOW = ENVIRONMENT.inner_hosts("WEBHOOK_ALLOW"), ENVIRONMENT.inner_hosts("SOURCE_ALLOW")
SUGGESTIONS_PER_MINUTE = ENVIRONMENT.number("SUGGESTIONS_PER_MINUTE", 600)  # above it, they are quarantined
PROOF_OF_WORK = ENVIRONMENT.choice("PROOF_OF_WORK", ("auto", "on", "off"))

WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)  # wait for the database; fewer than the pool's 16 connections
DEBUG = False  # in the demo too: it runs as production does

INSTALLED_APPS = [
    "newsroom.accounts",  # before auth: its createsuperuser and changepassword write acts
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
    "ninja",  # serves the API browser of /api/docs from this site
    "newsroom",
    "corrections",  # last: its post_migrate handler needs all permissions
]

MIDDLEWARE = [
    "newsroom.http.cache_headers.cache_control_middleware",
    "newsroom.record.page_cache.page_cache_middleware",  # a hit skips all that follow
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.http.security_headers.SecurityHeadersMiddleware",
    "corrections.embed.cross_origin.cross_origin_middleware",  # around all that refuse
    "newsroom.accounts.language_middleware.site_language_middleware",
    "newsroom.api.unavailable.unavailable_middleware",
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
    "simple_history.middleware.HistoryRequestMiddleware",  # actor of history rows
    "newsroom.accounts.lockout.DeskLockout",  # last: replaces the response of a locked log-in
]

ROOT_URLCONF = "newsroom.urls"
AUTH_USER_MODEL = "newsroom.Editor"
# Hooks for the correction desk, which newsroom does not import; without a desk [] or None.
WITHHELD_COPIES = "corrections.privacy.withheld_copies.clear_withheld_text"
DESK_REDACTION_HOOKS = [WITHHELD_COPIES, "corrections.echoes.index.forget_withheld"]
DESK_CREDITS_HOOK = "corrections.suggestions.credits.credits_of"
DESK_MEDIAN_WAIT_HOOK = "corrections.suggestions.credits.median_wait"
DESK_INVITATION_TEMPLATE = "corrections/suggestion/_invitation.html"  # included below an article
DESK_FOLLOW_TEMPLATE = "corrections/follow/_link.html"  # beside the notices of an article, else beside its record
DESK_HEADER_TEMPLATE = "corrections/notification/_link.html"  # in the header of every page of the admin
DESK_ARTICLE_TEMPLATE = "corrections/notes/_of_article.html"  # below the form of an article in the admin
DESK_OPENED_HOOK = "corrections.notifications.writing.mark_page_read"  # an article's or a proposal's page in the admin
DESK_TOOLS_TEMPLATE = "corrections/desk/_tools.html"  # on every page of the admin: keys, jump
# Hours within which the chief wants a case of a kind decided; what waits longer counts as late on the desk's home.
DESK_SHOWS_LOAD = True  # to the chief: how many cases each editor has in hand; some houses do not want that
DESK_TARGET_HOURS = {"fact": 4, "name": 8, "link": 24, "clarity": 24, "typo": 48, "other": 48}
DESK_BODY_ALLOWANCE_HOOK = "corrections.abuse.body_limits.body_allowance"  # bytes of a body, from its headers
DESK_REWORDING_HOOK = "corrections.decisions.approvals.move_spots"  # a waiting proposal, and its wording before
DESK_PROPOSAL_HOOK = "corrections.notifications.proposals.note_proposal"  # with each step, in its transaction
DESK_REPORTS_HOOK = "corrections.triage.reported_changes.touches_report"  # called with base and wording
DESK_PUBLICATION_HOOK = "corrections.echoes.owed.note_publication"  # with each revision, in its transaction
# Called with a proposal and `by=` before approval; a rule raises to refuse.
APPROVAL_RULES = ["corrections.decisions.rules.refuse_approving_own_suggestion"]
# Each compares acts with the rows that they name, for verify_audit; see newsroom.audit.past_acts.FactCheck.
RECORD_CHECKS = [
    "newsroom.accounts.record_check.AccountCheck",
    "corrections.decisions.record_check.CaseCheck",
    "corrections.webhooks.record_check.HookCheck",
    "corrections.abuse.record_check.QuarantineCheck",
]
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"  # the second when `next` is missing or foreign
DESK_LOGIN_PATH = "/admin/login/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: a locked account is not looked up
    "newsroom.accounts.permissions.EditorBackend",
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
            ]
        },
    }
]

# Database ---
_in_web_server = os.environ.get("CORRIGENDA_PROCESS") == "web"
DATABASES = {"default": with_connection_settings(ENVIRONMENT.database(), in_web_server=_in_web_server)}
DATABASE_OWNER = ENVIRONMENT.database_owner()  # of the tables, for migrate and restore; None: the same role
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Static files and media ---
STATIC_URL, STATIC_ROOT = "/static/", DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL, MEDIA_ROOT = "/media/", DATA_DIR / "media"
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = FILE_MODE, FOLDER_MODE
STORAGES = {
    "default": {"BACKEND": "newsroom.http.whole_files.WholeFileStorage"},
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
# Pages about an article use the article's language: see newsroom.languages.
LANGUAGE_CODE = ENVIRONMENT.choice("SITE_LANGUAGE", [code for code, _name in LANGUAGES])
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
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
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
_over_tls = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _over_tls
SECURE_SSL_REDIRECT = False  # the TLS proxy redirects; health checks use plain http
SECURE_HSTS_SECONDS = 31_536_000 if _over_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _over_tls
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # newsroom.accounts.lockout subclasses its middleware
    "security.W008",  # see SECURE_SSL_REDIRECT
    "security.W003",  # newsroom.accounts.middleware subclasses the CSRF middleware
]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _over_tls else None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = "/admin/"  # public pages are cookie-free
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # the default sets a cookie for all pages
SESSION_ENGINE = "newsroom.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift
AXES_FAILURE_LIMIT = 5  # failed log-ins
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # both, so that nobody can lock a colleague out
AXES_CLIENT_IP_CALLABLE = "newsroom.accounts.lockout.masked_address"
AXES_RESET_ON_SUCCESS = AXES_DISABLE_ACCESS_LOG = True  # the account has last_login
AXES_LOCKOUT_TEMPLATE = "newsroom/accounts/locked.html"
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
OTP_TOTP_ISSUER = SITE_NAME
REQUIRE_SECOND_FACTOR = ENVIRONMENT.choice("REQUIRE_SECOND_FACTOR", ("no", "yes"))  # of approvers
ADMIN_BODY_BYTES = 24 * 1024 * 1024  # a picture and the form around it
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # for the desk; the API refuses bodies over 64 KiB
PASSWORD_HASHERS = ["newsroom.accounts.password_hashing.BoundedHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "public_name", "first_name", "last_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

LOGGING = LOGGING_SETTINGS

# History of rows ---
SIMPLE_HISTORY_REVERT_DISABLED = True  # a revert is a new Revision, never an overwritten row
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True  # default: 100 characters

# Queue ---
CELERY_BROKER_URL = broker_url(REDIS_URL or f"unix://{DATA_DIR / 'valkey.sock'}")
CELERY_TASK_IGNORE_RESULT = True  # results are in the database
# Not pickle: access to the broker must not mean code execution.
CELERY_TASK_SERIALIZER, CELERY_ACCEPT_CONTENT = "json", ["json"]
CELERY_TASK_ACKS_LATE = True  # a killed worker's task is redelivered
CELERY_TASK_REJECT_ON_WORKER_LOST = True  # also if only its child process died
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # else a dead worker withholds tasks it never started
CELERY_TASK_TIME_LIMIT = 20  # far below the visibility timeout, so that no running task is redelivered
CELERY_TASK_SOFT_TIME_LIMIT = 15  # first an exception: log entry, clean rollback
CELERY_BROKER_TRANSPORT_OPTIONS = TRANSPORT_OPTIONS
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True  # the broker may start after the worker
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # retry forever
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True  # else the task runs twice after a reconnect
CELERY_DB_REUSE_MAX = 1000  # a database connection per task costs three quarters of the speed
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # keep LOGGING
CELERY_TIMEZONE = "UTC"  # no daylight-saving jumps
CELERY_TASK_QUEUES, CELERY_TASK_ROUTES, CELERY_BEAT_SCHEDULE = QUEUES, ROUTES, BEAT_SCHEDULE
CELERY_TASK_DEFAULT_QUEUE = "work"
