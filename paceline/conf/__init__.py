"""Settings: Django's, from the environment at start; the board's own, from a table in code.

Not for anything that depends on a board's content. Open settings.py first.
"""
