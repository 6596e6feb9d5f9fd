"""What there is: boards, threads, posts, and the facts around them; their counters and numbers.

Not for who may do what (permissions) nor for what follows from an act (posting, moderation).
Open models.py first, then counters.py: all that changes a counter goes through it or counting.py.
"""
