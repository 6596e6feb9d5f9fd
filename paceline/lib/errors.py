"""The ways in which Paceline says no. Every one of them can be shown to a person."""


class Refusal(Exception):
    """Something was asked for that will not be done.

    `status` is the HTTP status that a face answers with, `sentence` is for the reader.
    """

    status = 400

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NotFound(Refusal):
    """Not there, or not yours: the answer is the same, so that nothing is given away."""

    status = 404

    def __init__(self, sentence: str = "There is nothing at this address.") -> None:
        super().__init__(sentence)


class NotAllowed(Refusal):
    """The viewer can see the thing but may not do this to it."""

    status = 403


class SignInFirst(NotAllowed):
    """A visitor asked for what only a member may do."""


class Invalid(Refusal):
    """What was sent cannot be taken. `field` names the input that is at fault."""

    status = 422

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class TooMany(Refusal):
    """Too often in too short a time. `retry_after_s` says when to come back."""

    status = 429

    def __init__(self, sentence: str, retry_after_s: int) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s
