"""The demonstration board: what a newcomer finds at the first start, in words of our own.

Not for tests (they have the World). Open content.py for the words, load.py for the work.
"""
