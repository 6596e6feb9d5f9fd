"""Django's settings. What an owner may change comes from the environment (docs/settings.md)."""

import logging
import sqlite3
import sys
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONCE

from paceline.conf.engine import is_safe
from paceline.conf.environment import (
    BadSetting,
    read_flag,
    read_list,
    read_number,
    read_or_make_secret,
    read_text,
)
from paceline.conf.file_store import storage_from

PACKAGE = Path(__file__).resolve().parent.parent
DATA = Path(read_text("PACELINE_DATA", "data")).expanduser().resolve()

SECRET_KEY = read_text("PACELINE_SECRET_KEY") or read_or_make_secret(DATA)
# Keys of before, under which what they signed still holds.
SECRET_KEY_FALLBACKS = read_list("PACELINE_OLD_SECRET_KEYS")
DEBUG = False

# The address that mails and permanent links carry, such as https://board.example.
SITE_URL = read_text("PACELINE_URL").rstrip("/")
if SITE_URL and not SITE_URL.startswith(("http://", "https://")):
    raise BadSetting("PACELINE_URL must begin with http:// or https://.")
IS_HTTPS = SITE_URL.startswith("https://")

ALLOWED_HOSTS = read_list("PACELINE_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
if SITE_URL:
    ALLOWED_HOSTS.append(SITE_URL.split("//", 1)[1].split("/", 1)[0].split(":", 1)[0])
    CSRF_TRUSTED_ORIGINS = [SITE_URL]

# How many proxies stand before the board and append to X-Forwarded-For.
PROXY_HOPS = read_number("PACELINE_PROXY_HOPS", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXY_HOPS
if PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "paceline",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "paceline.web.headers.SafeHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "paceline.web.answers.GuardInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "paceline.web.account_middleware.FewSessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "paceline.web.answers.AnswerRefusals",
    "paceline.web.account_middleware.NewPasswordFirst",
    "paceline.web.account_middleware.HonestStatus",
]

ROOT_URLCONF = "paceline.urls"
WSGI_APPLICATION = "paceline.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "templates"],
        "OPTIONS": {"environment": "paceline.web.jinja.make_environment"},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "account_templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"board_page": "paceline.web.board_page"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _databases() -> dict[str, Any]:
    url = read_text("DATABASE_URL")
    if url:
        try:
            config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
        except (dj_database_url.ParseError, ValueError) as error:
            raise BadSetting("DATABASE_URL is not an address of a database.") from error
        if not str(config["ENGINE"]).endswith("postgresql"):
            raise BadSetting("DATABASE_URL must name a PostgreSQL database (postgres://…).")
        config.setdefault("OPTIONS", {})["application_name"] = "paceline"
        return config
    # A log that an unsafe library keeps can lose what was written (paceline/conf/engine.py).
    journal = "WAL" if is_safe(sqlite3.sqlite_version_info) else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / "board.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # Two replies at once fail in half the cases with the default, deferred mode.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                " PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;"
            ),
        },
        "TEST": {"NAME": DATA / "test.sqlite3"},
    }


DATABASES = {"default": _databases()}
# On PostgreSQL the threads of a worker share connections (paceline/ops/serve.py): a server takes
# 100 unless told otherwise, and there are more threads than that, most of them waiting for readers.
DATABASE_POOL = {
    "min_size": 1,
    "max_size": read_number("PACELINE_DATABASE_POOL", 20, least=1),
    "timeout": 30,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all worker processes, for what must be counted once: limits on signing in and the like.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "paceline_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
}

AUTH_USER_MODEL = "paceline.Member"
AUTHENTICATION_BACKENDS = ["paceline.accounts.sign_in.NameOrAddress"]
# Memory-hard at 16 MB a hash (N=2^14, r=8): three sign-ins at once do not fill a small server.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "paceline.web.account_adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "paceline.web.account_forms.LoginForm",
    "signup": "paceline.web.account_forms.SignupForm",
    "add_email": "paceline.web.account_forms.AddEmailForm",
    "reset_password": "paceline.web.account_forms.ResetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "name"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Beside allauth's own limits: each of these may send a letter to an address of a stranger.
ACCOUNT_RATE_LIMITS = {
    "signup": "20/m/ip,60/h/ip",
    "reset_password": "20/m/ip,60/h/ip,5/h/key",
    "letter": "6/h/key",
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_USERNAME_VALIDATORS = "paceline.accounts.names.NAME_VALIDATORS"
ACCOUNT_USERNAME_MIN_LENGTH = 2
USERSESSIONS_TRACK_ACTIVITY = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "paceline.web.account_forms.AddKeyForm"}
MFA_ADAPTER = "paceline.web.account_adapter.SecondStepAdapter"
# Browsers treat plain http on the own machine as safe for passkeys; so does the library then.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS

SESSION_COOKIE_NAME = "paceline_session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "paceline_csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "paceline.web.answers.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = IS_HTTPS and not PROXY_HOPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 180 if IS_HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Where players come from when a reader asks for one: the hosts of paceline/markup/media_hosts.py
# and no others, which a test holds together.
PLAYERS = [
    "https://archive.org",
    "https://bandcamp.com",
    "https://clips.twitch.tv",
    "https://connect.garmin.com",
    "https://coub.com",
    "https://embed.music.apple.com",
    "https://embed.nicovideo.jp",
    "https://embed.podcasts.apple.com",
    "https://embed.ted.com",
    "https://geo.dailymotion.com",
    "https://open.spotify.com",
    "https://player-widget.mixcloud.com",
    "https://player.bilibili.com",
    "https://player.twitch.tv",
    "https://player.vimeo.com",
    "https://ridewithgps.com",
    "https://rutube.ru",
    "https://streamable.com",
    "https://w.soundcloud.com",
    "https://widget.deezer.com",
    "https://www.facebook.com",
    "https://www.komoot.com",
    "https://www.loom.com",
    "https://www.tiktok.com",
    "https://www.youtube-nocookie.com",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", NONCE],
        "style-src": ["'self'", NONCE],
        # Pictures of elsewhere come from here too (paceline/media/remote_pictures.py).
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "frame-src": PLAYERS,
        # Sound and film files that a reader asks for; posts can hold no such element themselves.
        "media-src": ["'self'", "https:"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

STATIC_URL = "/static/"
# A site's own sheet and pictures, served as static/theme/… (docs/theming.md).
THEME = DATA / "theme"
STATICFILES_DIRS: list[Any] = [PACKAGE / "static"]
if THEME.is_dir():
    STATICFILES_DIRS.append(("theme", THEME))
STATIC_ROOT = DATA / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": storage_from(read_text("PACELINE_FILES"), DATA / "media"),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA / "media"
# How often a process writes who was seen and how often threads were viewed; 0: never by itself.
GATHERING_SECONDS = 20
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["paceline.web.incoming.Incoming"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

MAIL_FROM = read_text("PACELINE_MAIL_FROM", "board@localhost")
DEFAULT_FROM_EMAIL = MAIL_FROM
SERVER_EMAIL = MAIL_FROM
EMAIL_HOST = read_text("PACELINE_SMTP_HOST")
EMAIL_PORT = read_number("PACELINE_SMTP_PORT", 587)
EMAIL_HOST_USER = read_text("PACELINE_SMTP_USER")
EMAIL_HOST_PASSWORD = read_text("PACELINE_SMTP_PASSWORD")
EMAIL_USE_TLS = read_flag("PACELINE_SMTP_TLS", default=bool(EMAIL_HOST_USER))
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.filebased.EmailBackend"
)

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = True

LOG_LEVEL = read_text("PACELINE_LOG_LEVEL", "WARNING").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise BadSetting("PACELINE_LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "stream": sys.stderr},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # What visitors and robots get wrong, a missing page or another host's name, is told to them;
    # in the log it would bury what the board got wrong.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "CRITICAL"},
    },
}

SILENCED_SYSTEM_CHECKS: list[str] = []
