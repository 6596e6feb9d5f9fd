"""Sending a letter after the commit, from the jobs' process: no page waits for a mail server."""

from paceline.jobs.queue import put


def mail_later(to: str, subject: str, text: str, *, reply_to: str = "") -> None:
    """Send a letter in plain text, in the caller's transaction: with it or not at all. One query.

    Line breaks in the subject become spaces, so that nobody can add a header of their own.
    """
    put("send_mail", to=to, subject=" ".join(subject.split()), text=text, reply_to=reply_to)
