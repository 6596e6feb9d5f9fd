"""Work for after the commit: one table, one worker, retries.

Not for what must happen in the transaction. Open queue.py first.
"""
