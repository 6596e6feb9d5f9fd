"""What jobs of this room call."""

from django.core.mail import EmailMessage

from paceline.jobs.queue import task


@task("send_mail")
def send_mail(to: str, subject: str, text: str, reply_to: str = "") -> None:
    """Hand a letter over. Where the mail server fails, the job is done again later."""
    EmailMessage(subject, text, to=[to], reply_to=[reply_to] if reply_to else None).send()
