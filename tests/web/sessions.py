"""Whether a request asked who is there."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def no_session_asked() -> Iterator[None]:
    """Fails where the block looks up a session."""
    with CaptureQueriesContext(connection) as captured:
        yield
    asked = [query["sql"] for query in captured if "session" in query["sql"].lower()]
    assert not asked, asked
