from django.core import mail

from paceline.jobs.mail import mail_later
from paceline.jobs.models import Job
from paceline.jobs.worker import run_all


def test_a_letter_waits_for_the_jobs_and_is_sent_once(db):
    mail_later("bo@example.com", "Hello", "Words.", reply_to="ada@example.com")
    assert mail.outbox == []

    assert run_all() == 1

    (letter,) = mail.outbox
    assert (letter.to, letter.subject, letter.body) == (["bo@example.com"], "Hello", "Words.")
    assert letter.reply_to == ["ada@example.com"]
    assert not Job.objects.exists()


def test_nobody_adds_a_header_by_a_line_break(db):
    mail_later("bo@example.com", "Hello\r\nBcc: all@example.com", "Words.")
    run_all()

    (letter,) = mail.outbox
    assert letter.subject == "Hello Bcc: all@example.com"
    assert letter.recipients() == ["bo@example.com"]
