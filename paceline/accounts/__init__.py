"""Who is who: members, groups, bans, and the Viewer, who is asking.

Not for what a viewer may do (permissions) nor for signing in, which is django-allauth's work.
Open viewer.py first.
"""
