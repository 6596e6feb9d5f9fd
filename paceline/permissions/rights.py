"""The words of permission: each right is one bit, with the sentence that explains it."""

import enum


class Right(enum.IntFlag):
    """What a group may be allowed or denied on a board."""

    SEE = 1  # the board is there: listed, named, counted
    READ = 2  # its threads can be opened
    START = 4
    REPLY = 8
    ATTACH = 16
    EDIT_OWN = 32
    DELETE_OWN = 64
    LIKE = 128
    TAG = 256  # tag members in threads
    UNHELD = 512  # posts appear at once, without approval
    REPORT = 1024
    MODERATE = 2048  # lock, pin, move, split, merge, hide, restore, approve, edit others' posts


READING = Right.SEE | Right.READ
TAKING_PART = (
    READING
    | Right.START
    | Right.REPLY
    | Right.ATTACH
    | Right.EDIT_OWN
    | Right.DELETE_OWN
    | Right.LIKE
    | Right.TAG
    | Right.UNHELD
    | Right.REPORT
)
EVERYTHING = TAKING_PART | Right.MODERATE

# What each right lets one do, to follow "may" or "may not": in the posting-rules box, in the
# table of rights, and in refusals.
CAN = {
    Right.SEE: "see this board",
    Right.READ: "read its threads",
    Right.START: "post new threads",
    Right.REPLY: "post replies",
    Right.ATTACH: "post attachments",
    Right.EDIT_OWN: "edit your posts",
    Right.DELETE_OWN: "delete your posts",
    Right.LIKE: "like posts",
    Right.TAG: "tag members in threads",
    Right.UNHELD: "post without approval",
    Right.REPORT: "report posts",
    Right.MODERATE: "moderate",
}
