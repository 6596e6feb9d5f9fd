"""Files that members send: looked at, made anew, kept where they cannot run, and served.

Not for who may send one (permissions and the verbs say so). Open avatars.py first; pictures.py
is what reads a picture that may mean harm.
"""
