"""Work for after the commit: one table, one worker, retries; facts gathered for one write.

Not for what must happen in the transaction. Open queue.py first.
"""
