"""Settings, from the environment, in one file: secure unless told otherwise."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.utils import get_random_secret_key
from django.core.validators import validate_email

from heritage.database import parse_database_url, reading, writing

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_DIR = BASE_DIR / ".site"
"""What the site makes for itself: the SQLite file and the collected static files."""


def text_from_environment(name: str, default: str) -> str:
    """The variable `name`, without white space around it, or `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag_from_environment(name: str) -> bool:
    """The variable `name` as yes or no, no when unset; anything else is refused."""
    answers = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}
    value = text_from_environment(name, "0").lower()
    if value not in answers:
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to 1 or 0.")
    return answers[value]


def number_from_environment(name: str, default: int) -> int:
    """The variable `name` as a whole number, 0 or more."""
    value = text_from_environment(name, str(default))
    if not re.fullmatch("[0-9]{1,9}", value):
        raise ImproperlyConfigured(f"{name} is “{value}”: write a whole number, 0 or more.")
    return int(value)


def choice_from_environment(name: str, choices: tuple[str, ...]) -> str:
    """The variable `name` as one of the choices, the first when unset."""
    value = text_from_environment(name, choices[0]).lower()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is “{value}”: set it to {' or '.join(choices)}.")
    return value


def hosts_from_environment(name: str, default: str) -> list[str]:
    """The host names in the variable `name`, with commas between them."""
    hosts = [host.strip() for host in text_from_environment(name, default).split(",")]
    for host in hosts:
        if not host or host == "*" or "/" in host or " " in host:
            raise ImproperlyConfigured(
                f"{name} has the host “{host}”: give bare names with commas between them, as in "
                "“example.org,www.example.org”; every host at once (*) is not allowed."
            )
    return hosts


def origin_from_environment(name: str, default: str) -> str:
    """The scheme and host in the variable `name`, without a slash at the end."""
    value = text_from_environment(name, default).rstrip("/")
    host = r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]"
    if not re.fullmatch(rf"https?://(?:{host})(?::[0-9]{{1,5}})?", value):
        raise ImproperlyConfigured(f"{name} is “{value}”: write it like https://example.org.")
    return value


def mail_address_from_environment(name: str) -> str:
    """The mail address in the variable `name`, or nothing."""
    value = text_from_environment(name, "")
    try:
        if value:
            validate_email(value)
    except ValidationError as error:
        raise ImproperlyConfigured(f"{name} is “{value}”: write one bare mail address.") from error
    return value


DEBUG = flag_from_environment("DEBUG")
ALLOWED_HOSTS = hosts_from_environment("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = origin_from_environment("SITE_URL", "http://127.0.0.1:8000")
CORRECTIONS_EMAIL = mail_address_from_environment("CORRECTIONS_EMAIL")
BEHIND_TLS = flag_from_environment("BEHIND_TLS")
"""Whether a proxy before the site ends TLS: what it says of a request is believed, else nothing is."""
HSTS_SUBDOMAINS = flag_from_environment("HSTS_SUBDOMAINS")
ACCESS_LOG = flag_from_environment("ACCESS_LOG")
LOG_FORMAT = choice_from_environment("LOG_FORMAT", ("text", "json"))
KEPT_MEGABYTES = number_from_environment("KEPT_MEGABYTES", 32)
"""Room in each process for finished responses, which are given again; 0 makes each anew."""
WARM = flag_from_environment("WARM")
"""Whether pages are made before somebody asks for them; `serve --warm` sets it."""
# Nothing is signed: there are no sessions, no forms that post, no tokens.
SECRET_KEY = text_from_environment("SECRET_KEY", "") or get_random_secret_key()

_sqlite = f"sqlite:///{quote(str(LOCAL_DIR / 'record.sqlite3'))}"
_read_from = text_from_environment("DATABASE_URL", _sqlite)
_load_to = text_from_environment("LOAD_DATABASE_URL", _read_from)
DATABASES = {
    "default": reading(parse_database_url(_read_from, "DATABASE_URL")),
    "load": writing(parse_database_url(_load_to, "LOAD_DATABASE_URL")),
}

INSTALLED_APPS = [
    # First, for its commands stand before those of others.
    "capitals",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "django_filters",
]

MIDDLEWARE = [
    "heritage.middleware.identified",
    "heritage.middleware.dated",
    "heritage.middleware.language_of_address",
    "heritage.middleware.policies",
    "heritage.middleware.cache_headers",
    "django.middleware.security.SecurityMiddleware",
    "heritage.static.static_files",
    "heritage.middleware.short_enough",
    "heritage.probes.probes",
    "django.middleware.common.CommonMiddleware",
    "heritage.middleware.reading_only",
    "heritage.snapshots.snapshot",
    "heritage.middleware.former_addresses",
    "heritage.middleware.announced",
]

ROOT_URLCONF = "heritage.urls"
WSGI_APPLICATION = "heritage.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "capitals.pages.frame.site",
            ],
            "loaders": [
                "heritage.templates.Loader",
                # For the templates of django.contrib.sitemaps and of Django's form fields.
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                ),
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "capitals.templatetags.layout",
                "capitals.templatetags.texts",
                "capitals.templatetags.facts",
                "capitals.templatetags.described",
            ],
        },
    }
]
# Fields of forms are templates of ours too (templates/django/forms).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "heritage" / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = LOCAL_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FIXTURES_FOLDER = BASE_DIR / "fixtures"

if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # Who watches over the site asks it directly.
    SECURE_REDIRECT_EXEMPT = [r"^(?:healthz|readyz)$"]

# Policies and HSTS are set by heritage/middleware.py, on refusals too; tests ask for the headers.
SECURE_CONTENT_TYPE_NOSNIFF = False
SECURE_REFERRER_POLICY = None
SECURE_CROSS_ORIGIN_OPENER_POLICY = None
SILENCED_SYSTEM_CHECKS = [
    # Nothing accepts a post that could be forged.
    "security.W003",
    # What heritage/middleware.py sets instead: X-Frame-Options, HSTS, nosniff, Referrer-Policy.
    "security.W002",
    "security.W004",
    "security.W006",
    "security.W022",
]

_lines = {"text": "heritage.logs.Lines", "json": "heritage.logs.JsonLines"}[LOG_FORMAT]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": _lines}},
    "filters": {
        "readers_news": {"()": "heritage.logs.ReadersNews"},
        "seldom": {"()": "heritage.logs.Seldom"},
        "not_while_unreadable": {"()": "heritage.logs.NotWhileUnreadable"},
    },
    "handlers": {
        "errors": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "filters": ["readers_news", "seldom"],
        },
        "access": {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        "heritage.access": {"handlers": ["access"], "level": "INFO", "propagate": False},
        # A page that is not found is the reader's news, not the operator's.
        "django.request": {"level": "ERROR", "filters": ["not_while_unreadable"]},
    },
}
