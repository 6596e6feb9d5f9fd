"""Paceline: a discussion board that a community can run from one file.

Importing the package puts a safe SQLite engine in place before anything else asks for one.
Start with docs/start_here.md.
"""

from paceline.conf.engine import use_safe_sqlite

__version__ = "0.1.0"

use_safe_sqlite()
