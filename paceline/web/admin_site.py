"""The administration's first page, the settings, and the work that waits."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.administration import jobs, settings
from paceline.administration.overview import load_attention
from paceline.administration.rerendering import load_runs
from paceline.lib.errors import Invalid
from paceline.web.answers import Request
from paceline.web.sent import form_page
from paceline.web.staff_forms import done


@require_safe
def overview(request: Request) -> HttpResponse:
    """What needs attention, and the way to everything that can be changed."""
    return render(
        request,
        "admin/overview.html",
        {"attention": load_attention(request.viewer), "runs": load_runs(request.viewer)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settings_page(request: Request) -> HttpResponse:
    """All settings of the board."""
    groups = settings.load_settings(request.viewer)
    refusal: Invalid | None = None
    typed: dict[str, str] = {
        setting.name: setting.value for group in groups for setting in group.inputs
    }
    if request.method == "POST":
        typed = {
            setting.name: request.POST.get(
                setting.name, "" if setting.kind == "switch" else setting.value
            )
            for group in groups
            for setting in group.inputs
        }
        try:
            changed = settings.change_settings(request.viewer, typed)
        except Invalid as error:
            refusal = error
        else:
            sentence = "The settings are kept." if changed else "Nothing was changed."
            return done(request, sentence, reverse("admin_settings"))
    context = {"groups": groups, "typed": typed}
    return form_page(request, "admin/settings.html", context, refusal)


@require_safe
def jobs_page(request: Request) -> HttpResponse:
    """Work that was given up, and work that waits."""
    context = {
        "jobs": jobs.load_jobs(request.viewer),
        "most": jobs.MOST_COUNTED,
        "runs": load_runs(request.viewer),
    }
    return render(request, "admin/jobs.html", context)


@require_POST
def retry(request: Request, job_id: int) -> HttpResponse:
    """Try work again that was given up."""
    jobs.retry_job(request.viewer, job_id)
    return done(request, "It will be tried again now.", reverse("admin_jobs"))


@require_POST
def drop(request: Request, job_id: int) -> HttpResponse:
    """Forget work that was given up."""
    jobs.drop_job(request.viewer, job_id)
    return done(request, "It is forgotten.", reverse("admin_jobs"))
