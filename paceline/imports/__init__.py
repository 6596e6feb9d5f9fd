"""What brings other boards in: saved pages of a thread, read into plain values.

Not for exports, and nothing of a forum stands on it: the room may go once the move is done.
Open saved_pages/read.py first.
"""
