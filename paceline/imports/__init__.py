"""What brings other boards in: saved pages of a thread into the board's own tables.

Not for exports, and nothing of a board stands on it: the room may go once the move is done.
Open bring_in.py first for the writing half, saved_pages/read.py for the reading one.
"""
