"""Who may see and do what: one place for pages, search, feeds, counts and archive alike.

Not for finding out who is asking (accounts) nor for doing anything.
Open rights.py for the words, then boards.py, threads.py and posts.py: filters and checks.
"""
