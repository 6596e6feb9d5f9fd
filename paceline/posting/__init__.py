"""What a member does: start a thread, reply, edit, like, watch; one file, one verb.

Not for what a moderator decides (moderation). Open reply.py first; texts.py is what every text
goes through, publish.py what replying, starting and approving share.
"""
