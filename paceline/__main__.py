"""`python -m paceline` and the command `paceline`: the door to paceline.ops.cli."""

from paceline.ops.cli import main

if __name__ == "__main__":
    main()
