"""Which SQLite library this process uses, chosen before anything imports `sqlite3`.

SQLite 3.7.0 to 3.51.2 can lose committed writes when a write and a checkpoint of two
connections meet in write-ahead mode; 3.51.3 mends it, and 3.50.7 and 3.44.6 carry the mend
back (https://sqlite.org/wal.html). Most systems still ship an older library, so where the
`pysqlite3` wheel is installed its own newer library takes the place of the standard one.
"""

import importlib
import sys

SAFE_SINCE = (3, 51, 3)
MENDED_BACK = {(3, 50): 7, (3, 44): 6}


def is_safe(version: tuple[int, ...]) -> bool:
    """Whether a SQLite version, as (major, minor, patch), is free of the WAL-reset bug."""
    if version >= SAFE_SINCE:
        return True
    patch = MENDED_BACK.get((version[0], version[1]))
    return patch is not None and version[2] >= patch


def use_safe_sqlite() -> None:
    """Let `import sqlite3` mean the wheel's engine, where there is one that is newer.

    Does nothing when it has been done, or when the wheel is not installed (it has none for
    Linux on ARM); `paceline check` and the start of the server then say so.
    """
    try:
        wheel = importlib.import_module("pysqlite3")
        dbapi = importlib.import_module("pysqlite3.dbapi2")
    except ImportError:
        return
    sys.modules["sqlite3"] = wheel
    sys.modules["sqlite3.dbapi2"] = dbapi
