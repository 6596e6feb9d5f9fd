"""One's own data: taking it along, and having the account erased."""

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from paceline.browsing.own_data import export_own_data
from paceline.lib.errors import Invalid, NotAllowed, Refusal, SignInFirst
from paceline.lib.texts import fold_name, slugify
from paceline.posting.erase_account import erase_account
from paceline.web.account import take_form
from paceline.web.answers import Request
from paceline.web.sent import form_page


@require_safe
@never_cache
def overview(request: Request) -> HttpResponse:
    """What can be done with one's own data."""
    if request.viewer.is_visitor:
        raise SignInFirst("Sign in first; then you come to your data.")
    return render(request, "account/data.html")


@require_safe
@never_cache
@reauthentication_required(app="allauth.account")
def download(request: Request) -> StreamingHttpResponse:
    """The archive of one's own data, for who has shown lately that they are the member."""
    day = request.viewer.now.date()
    response = StreamingHttpResponse(
        export_own_data(request.viewer), content_type="application/zip"
    )
    name = slugify(request.viewer.name)
    response["Content-Disposition"] = f'attachment; filename="board-{name}-{day}.zip"'
    return response


@take_form
@never_cache
@reauthentication_required(app="allauth.account")
def erase(request: Request) -> HttpResponse:
    """The last page of an account."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if fold_name(request.POST.get("name", "")) != fold_name(request.viewer.name):
                raise Invalid("name", "Type your name as it stands above.")
            if request.POST.get("texts") not in ("keep", "remove"):
                raise Invalid("texts", "Choose what becomes of your posts.")
            erase_account(request.viewer, keeps_texts=request.POST["texts"] == "keep")
        except (Invalid, NotAllowed) as error:
            refusal = error
        else:
            logout(request)
            return HttpResponseRedirect(reverse("account_erased"))
    context = {"texts": request.POST.get("texts", "")}
    return form_page(request, "account/erase.html", context, refusal)


@require_safe
def erased(request: Request) -> HttpResponse:
    """Goodbye."""
    return render(request, "account/erased.html")
