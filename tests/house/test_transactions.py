"""Tests that commit must leave the board's first rows for those after them."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


def test_tests_that_commit_ask_for_the_first_rows_again():
    """Without `serialized_rollback` the groups are gone for the next test that commits."""
    marker = re.compile(r"django_db\(([^)]*transaction=True[^)]*)\)")
    lacking = [
        str(path.relative_to(TESTS))
        for path in TESTS.rglob("test_*.py")
        for arguments in marker.findall(path.read_text(encoding="utf-8"))
        if "serialized_rollback=True" not in arguments and path != Path(__file__)
    ]
    assert not lacking
