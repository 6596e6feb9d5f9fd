"""Bring a board to this version: its tables, its shared cache, its static files, its posts."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from paceline.ops.standing import missing_migrations
from paceline.posting.rerender import begin_after_upgrade

STAMP = ".collected"


def upgrade(say: Callable[[str], None]) -> None:
    """Apply what is missing, collect the static files, have older posts rendered anew; does
    nothing where nothing is to be done.

    `say` is given one line for each thing done. Each migration is a transaction of its own, so
    an upgrade that was broken off goes on where it stopped.
    """
    missing = missing_migrations()
    if missing:
        is_new = "paceline.0001_first_tables" in missing
        for line in ["made"] if is_new else missing:
            say(f"database: {line}")
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if collect_static_files():
        say("static files: collected")
    if begin_after_upgrade():
        say("posts: what an older version rendered is rendered anew in the background")


def collect_static_files() -> bool:
    """Copy every static file, hashed in its name and compressed, to where they are served from.

    True where there was something to do. Files of the version before stay: pages that are open
    in a browser still ask for them.
    """
    target = Path(settings.STATIC_ROOT)
    stamp = target / STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")
    return True


def _fingerprint() -> str:
    """A hash over name, size and time of every source file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            name = storage.path(path)
            state = Path(name).stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
