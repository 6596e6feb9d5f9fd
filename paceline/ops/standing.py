"""What a board stands on: its engine, its tables, its settings. Looked at, never changed.

`paceline serve` asks before it starts, `paceline check` reports all of it.
"""

import sqlite3
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from paceline.conf.engine import is_safe

# Of Django's checks, those that are not repeated: the secret key, for which `_look_at_secrets`
# has a better sentence, and two that would bind other hosts of the domain, the owner's to choose.
_SAID_BETTER = {"security.W005", "security.W009", "security.W021"}
# What Django asks of a site with https, one by one; where the board's address is not https, or
# a proxy in front redirects, `look_at_deployment` says what is to be done about all of them.
_REDIRECT_CHECK = "security.W008"
_HTTPS_CHECKS = {"security.W004", _REDIRECT_CHECK, "security.W012", "security.W016"}


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be, as one sentence for the person running the board.

    `what` is a word to search the documentation for.
    """

    what: str
    sentence: str


def missing_migrations() -> list[str]:
    """The migrations that this version needs and the database has not had, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def look_at_engine() -> list[Finding]:
    """Whether the database's own software can be trusted with what is written. One query."""
    if connection.vendor != "sqlite":
        return []
    version = sqlite3.sqlite_version
    findings = []
    if not is_safe(sqlite3.sqlite_version_info):
        findings.append(
            Finding(
                "engine",
                f"SQLite {version} can lose what was written when it keeps a write-ahead log"
                " (mended in 3.51.3), so the log is off and writing is slower. Install a newer"
                " SQLite, or use PostgreSQL.",
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    wanted = "wal" if is_safe(sqlite3.sqlite_version_info) else "delete"
    if mode != wanted:
        findings.append(
            Finding("engine", f"SQLite keeps its journal as {mode}, where {wanted} is meant.")
        )
    return findings


def look_at_tables() -> list[Finding]:
    """Whether every migration of this version has been applied."""
    missing = missing_migrations()
    if not missing:
        return []
    return [
        Finding(
            "migrations",
            f"The database lacks {len(missing)} step(s) of this version, the first of them"
            f" {missing[0]}. Run `paceline upgrade`.",
        )
    ]


def look_at_code(*, deploy: bool) -> list[Finding]:
    """What Django's own checks, and those of its apps, find; with `deploy` those for the open."""
    said_better = _SAID_BETTER | ({_REDIRECT_CHECK} if settings.IS_HTTPS else _HTTPS_CHECKS)
    return [
        Finding(str(message.id), " ".join(f"{message.msg} {message.hint or ''}".split()))
        for message in checks.run_checks(include_deployment_checks=deploy)
        if message.level >= checks.WARNING
        and not message.is_silenced()
        and message.id not in said_better
    ]


def look_at_deployment() -> list[Finding]:
    """What is not safe yet, were this board reached from outside. No queries."""
    return [
        *_look_at_address(),
        *_look_at_secrets(),
        *_look_at_mail(),
    ]


def _look_at_address() -> list[Finding]:
    findings = []
    site = urlsplit(settings.SITE_URL)
    if not site.hostname:
        findings.append(
            Finding(
                "address",
                "The board does not know its address, so links in mails lead nowhere and cookies"
                " are not kept to https: set PACELINE_URL, such as https://board.example.",
            )
        )
    elif site.scheme != "https":
        findings.append(
            Finding(
                "https",
                "PACELINE_URL begins with http://: passwords and cookies travel in the open."
                " Put a proxy with a certificate in front and say https:// there.",
            )
        )
    if "*" in settings.ALLOWED_HOSTS:
        findings.append(
            Finding(
                "hosts",
                "PACELINE_HOSTS is *, so anyone may make the board write links to a host of"
                " theirs. Name the board's own hosts.",
            )
        )
    if site.scheme == "https" and not settings.PROXY_HOPS:
        findings.append(
            Finding(
                "proxy",
                "PACELINE_URL is https://, but PACELINE_PROXY_HOPS is 0: behind a proxy all"
                " visitors seem to come from one address, and limits on signing in hit them"
                " together. Set it to the number of proxies.",
            )
        )
    return findings


def _look_at_secrets() -> list[Finding]:
    findings = []
    if settings.DEBUG:
        findings.append(
            Finding("debug", "DEBUG is on: an error shows settings and data to whoever met it.")
        )
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        findings.append(
            Finding(
                "secret",
                "The secret key is short enough to be guessed: take PACELINE_SECRET_KEY away, and"
                " one is made and kept in the data folder.",
            )
        )
    folder = settings.DATA
    if folder.exists() and folder.stat().st_mode & 0o007:
        findings.append(
            Finding(
                "folder",
                f"Everyone on this machine may look into {folder}: run `chmod o-rwx` on it.",
            )
        )
    key = folder / "secret_key"
    if key.exists() and key.stat().st_mode & 0o077:
        findings.append(
            Finding("secret", f"Others on this machine may read {key}: run `chmod 600` on it.")
        )
    return findings


def _look_at_mail() -> list[Finding]:
    if settings.EMAIL_HOST:
        return []
    return [
        Finding(
            "mail",
            f"No mail leaves this machine: it is written to {settings.EMAIL_FILE_PATH}, so nobody"
            " can confirm an address or get a new password. Set PACELINE_SMTP_HOST.",
        )
    ]
