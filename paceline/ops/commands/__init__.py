"""The subcommands of `paceline`, one file each, named as they are typed.

Not for work itself: a command parses, calls a room, and says in one line how it went.
A new command is a file here and a line in paceline/ops/cli.py; open manage.py for the shortest.
"""
