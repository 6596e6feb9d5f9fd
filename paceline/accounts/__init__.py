"""Who is who: members, groups, bans, and the Viewer, who is asking.

What a viewer may do is for `permissions` to say; signing in is django-allauth's work.
Open viewer.py first.
"""
