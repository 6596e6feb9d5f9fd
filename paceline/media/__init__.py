"""Files that members send, and pictures and pages of elsewhere: looked at, made anew, kept, served.

Not for who may send or see one (permissions and the verbs say so). Open attachments.py first;
pictures.py reads a picture that may mean harm, fetch.py asks other people's servers.
"""
