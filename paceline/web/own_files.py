"""The page of one's own files, where they can be taken away."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from paceline.browsing.own_files import load_own_files
from paceline.lib.errors import NotAllowed, Refusal
from paceline.posting.attach import detach_file
from paceline.web.answers import Request
from paceline.web.sent import form_page, read_number


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def files(request: Request) -> HttpResponse:
    """What one sent; a file whose button was pressed goes, from its post as well."""
    after = request.GET.get("after", "")[:500]
    page = load_own_files(request.viewer, after)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            detach_file(request.viewer, read_number(request.POST.get("remove", "")) or 0)
        except NotAllowed as refused:
            refusal = refused
        else:
            messages.success(request, "The file is gone.")
            return HttpResponseRedirect(reverse("account_files"))
    return form_page(request, "account/files.html", {"page": page}, refusal)
