"""Reading the forms of the staff and answering them, for moderators and administrators alike."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from paceline.lib.errors import Invalid
from paceline.web.answers import Request


def number_in(request: Request, name: str) -> int:
    """The number in a field; 0 where there is none."""
    return number_of(request.POST.get(name, ""))


def numbers_in(request: Request, name: str) -> list[int]:
    """The numbers of all checked boxes of that name."""
    return [number for number in map(number_of, request.POST.getlist(name)) if number]


def whole_number_in(request: Request, name: str) -> int:
    """The whole number in a field. Raises Invalid(name, ...) where there is none."""
    text = request.POST.get(name, "").strip()
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid(name, "Write a whole number.")
    return int(text)


def asked_number(request: Request, name: str) -> int:
    """The number in the address; 0 where there is none."""
    return number_of(request.GET.get(name, ""))


def checked(request: Request, name: str) -> bool:
    """Whether a box is checked."""
    return name in request.POST


def one_of(request: Request, name: str, choices: Iterable[str]) -> str:
    """The choice made. Raises Invalid(name, ...) for none of them."""
    choice = request.POST.get(name, "")
    if choice not in choices:
        raise Invalid(name, "Choose one of the possibilities.")
    return choice


def done(request: Request, sentence: str, address: str) -> HttpResponse:
    """Say that it was done, on the page at that address."""
    messages.success(request, sentence)
    return HttpResponseRedirect(address)


def number_of(text: str) -> int:
    """The number that a text is; 0 where it is none, or one that no id can be."""
    is_number = text.isascii() and text.isdigit() and len(text) < 19
    return int(text) if is_number else 0
