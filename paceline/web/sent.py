"""What a request sent, made clean; and how a deed that is done or refused is answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render

from paceline.lib.errors import Invalid, Refusal, TooMany
from paceline.lib.texts import clean_text
from paceline.web.answers import Request, is_fetch


def text(request: Request, name: str) -> str:
    """A field as typed, without what no page can hold; empty where it was not sent."""
    return clean_text(request.POST.get(name, ""))


def number(request: Request, name: str) -> int | None:
    """A field that holds a number from 0 to 2**63 - 1; None where it was not sent or is empty.

    Raises Invalid(name, ...) for anything else.
    """
    typed = request.POST.get(name, "").strip()
    if not typed:
        return None
    found = read_number(typed)
    if found is None:
        raise Invalid(name, "That is not a number that this board knows.")
    return found


def read_number(typed: str) -> int | None:
    """The number from 0 to 2**63 - 1 that a text is, or None."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 19):
        return None
    return int(typed) if int(typed) < 2**63 else None


def wants_preview(request: Request) -> bool:
    """Whether the form was sent with its button Preview."""
    return request.POST.get("action") == "preview"


def done(
    request: Request, address: str, message: str = "", *, status: int = 200, **facts: Any
) -> HttpResponse:
    """The deed is done: for a script `facts` with the address and the sentence as JSON, else the
    page at the address, which shows the sentence."""
    if is_fetch(request):
        return JsonResponse({"url": address, "message": message, **facts}, status=status)
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(address)


def form_page(
    request: Request, template: str, context: dict[str, Any], refusal: Refusal | None
) -> HttpResponse:
    """A page with a form: as it is asked for, or as it comes back with the `refusal`."""
    status = refusal.status if refusal else 200
    response = render(request, template, {**context, "refusal": refusal}, status=status)
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after_s)
    return response
