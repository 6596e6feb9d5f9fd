"""A board of its own for each test of the command line, on the database that the tests run on."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Machine:
    """Runs `paceline` as a person would, in another process, on a board of its own."""

    data: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "paceline", "--data", str(self.data), *arguments]

    def variables(self, **more: str) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PACELINE_", "DATABASE_URL", "DJANGO_"))
        }
        return {**kept, **self.environment, **more}

    def run(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """The command's end: its status and what it printed."""
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.variables(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    """A machine with an empty folder; on PostgreSQL with an empty database of its own."""
    data = tmp_path / "data"
    if connection.vendor != "postgresql":
        yield Machine(data)
        return
    name = f"machine_{uuid.uuid4().hex}"
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        yield Machine(data, {"DATABASE_URL": _url_of(name)})
    finally:
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(_url_of("postgres"), autocommit=True) as server:
        server.execute(statement.encode())


def _url_of(database: str) -> str:
    """DATABASE_URL with another database in it."""
    address, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return f"{address}/{database}"
