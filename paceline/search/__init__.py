"""Finding posts by their words: index and query, on FTS5 and on PostgreSQL alike.

Not for what a viewer may see (it asks permissions). Open index.py first.
"""
