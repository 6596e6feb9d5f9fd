"""What the person running the board needs: the command `paceline` and the server it starts.

Not for members and moderators, who have pages (paceline.web), nor for any rule of the forum.
Open cli.py first: the table of commands, each a file of its own in commands/.
"""
