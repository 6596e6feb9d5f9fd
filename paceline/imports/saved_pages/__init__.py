"""Saved copies of thread pages, as HTML or as text, read into plain values.

Not for tables: nothing here knows the database. Open page.py for what comes out, then read.py.
"""
