"""Letters to the people who run the board, from its contact form."""

from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email

from paceline.accounts.models import Group, Member
from paceline.accounts.viewer import Viewer
from paceline.conf.site import load_site
from paceline.jobs.queue import put
from paceline.lib.errors import Invalid, NotAllowed
from paceline.lib.texts import clean_line, clean_text

LONGEST_NAME = 80
LONGEST_ADDRESS = 254
LONGEST_SUBJECT = 120
LONGEST_MESSAGE = 10_000


def send_contact(viewer: Viewer, *, name: str, address: str, subject: str, message: str) -> None:
    """Put a letter to the board's contact address, or to its administrators where it has none.

    Of a member the name on the board is told, whatever was typed. Raises Invalid for "name",
    "address", "subject" or "message", NotAllowed where there is nobody to write to. Two queries
    or three.
    """
    sender = _check("name", viewer.name if viewer.member else name, LONGEST_NAME, "who you are")
    address = _check_address(address)
    subject = _check("subject", subject, LONGEST_SUBJECT, "what it is about")
    message = _check_message(message)
    if not contact_addresses():
        raise NotAllowed("Nobody can be written to: this board has no contact address yet.")
    put(
        "mail_contact",
        sender=sender,
        address=address,
        subject=subject,
        message=message,
        member_id=viewer.member_id,
    )


def contact_addresses() -> list[str]:
    """Where letters go. One query or two."""
    chosen = load_site().settings.contact_mail
    if chosen:
        return [chosen]
    administrators = Member.objects.filter(
        groups__role=Group.Role.ADMINISTRATORS, is_active=True
    ).exclude(email="")
    return list(administrators.order_by("id").values_list("email", flat=True))


def mail_contact(sender: str, address: str, subject: str, message: str, member_id: int) -> None:
    """Send the letter; whoever answers it answers its writer.

    It comes from the board's own address, as mail servers refuse letters in others' names.
    """
    site_name = load_site().settings.site_name
    who = f"the member {sender} (number {member_id})" if member_id else f"a visitor, {sender}"
    letter = EmailMessage(
        subject=clean_line(f"{subject} - {site_name}"),
        body=f"{message}\n\n--\nSent with the contact form of {site_name} by {who}, {address}.\n",
        from_email=formataddr((clean_line(site_name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=contact_addresses(),
        reply_to=[formataddr((clean_line(sender), address))],
    )
    letter.send()


def _check(field: str, typed: str, longest: int, what: str) -> str:
    text = clean_line(typed)
    if not text:
        raise Invalid(field, f"Say {what}.")
    if len(text) > longest:
        raise Invalid(field, f"At most {longest:,} characters.")
    return text


def _check_address(typed: str) -> str:
    address = clean_line(typed)
    if not address:
        raise Invalid("address", "Say where an answer can go.")
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid("address", "This is not the address of a mailbox.") from error
    return address


def _check_message(typed: str) -> str:
    text = clean_text(typed).strip()
    if not text:
        raise Invalid("message", "Write something first.")
    if len(text) > LONGEST_MESSAGE:
        raise Invalid(
            "message",
            f"That is {len(text):,} characters; a letter has at most {LONGEST_MESSAGE:,}.",
        )
    return text
