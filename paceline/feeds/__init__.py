"""What programs read: Atom feeds, the sitemap, robots.txt; always as a visitor sees it.

Not for pages (web) nor for deciding what is shown (browsing). Open atom.py first.
"""
