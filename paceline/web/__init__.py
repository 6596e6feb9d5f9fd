"""HTML pages: one file per family of pages; a view parses, asks or tells, and renders.

Not for rules (permissions) nor for tables. Open urls.py of the package first, then answers.py.
"""
