"""What people write: source text to safe HTML, plain text, mentions, links and quotes.

Not for who may write, nor for storing or showing it: knows no database and no Django.
Open render.py first; then tree.py, which says what a post can be at all.
"""
