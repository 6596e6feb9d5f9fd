"""Who hears of what, and how: alerts on the board, letters by mail.

Not for deciding what happened (posting and moderation say so). Open tell.py first.
"""
