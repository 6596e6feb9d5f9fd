"""What an administrator does: boards, groups, rights, members, fields, notices, settings, pages.

Not for moderators' work on threads and members (moderation), nor for what a member does to their
own account (accounts). Each file is one kind of thing that is administered; open
at_the_keyboard.py for what needs no page.
"""
