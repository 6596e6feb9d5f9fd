"""The administration's page of pictures that are kept from elsewhere."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from paceline.administration.pictures import forget_picture, load_pictures
from paceline.lib.errors import Invalid
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import done


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: Request) -> HttpResponse:
    """Their room; by POST one is taken away."""
    found = load_pictures(request.viewer)
    refusal: Invalid | None = None
    typed = request.POST.get("address", "")
    if request.method == "POST":
        try:
            forget_picture(request.viewer, typed)
        except Invalid as error:
            refusal = error
        else:
            return done(request, "It is taken away for good.", reverse("admin_pictures"))
    context = {"page": found, "typed": typed}
    return form_page(request, "admin/pictures.html", context, refusal)
