"""What a moderator does: lock, move, split, merge, hide, approve, ban; one file, one kind of deed.

Not for the pages (web) nor for how the site is set up (administration). Open reach.py first:
how each verb finds and holds what it is about; every verb leaves one line in the staff's log.
"""
