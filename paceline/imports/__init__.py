"""What brings other boards in: saved pages of a thread into the board's own tables.

Not for exports, and no verb stands on it: where the room goes, old addresses alone lead nowhere.
Open bring_in.py first for the writing half, saved_pages/read.py for the reading one, and
old_addresses.py for what is answered afterwards.
"""
