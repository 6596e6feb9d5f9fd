"""How far each member has read, and what they watch.

Not for telling them about it (notifications). Open marks.py first.
"""
