"""What a viewer reads: one file per page, each a loader and its frozen rows.

Not for HTML (web) and not for changing anything. Open thread_page.py first.
"""
