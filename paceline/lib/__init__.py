"""Small pieces that know nothing of boards and nothing of Django.

Not for anything that reads a setting or a table. Open errors.py first: the ways to say no.
"""
