"""The pages of one's own account that are ours: profile, settings, picture, sessions, ignored."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.accounts import ignoring, preferences, profile, sessions
from paceline.accounts.fields import profile_fields
from paceline.conf.board_settings import POST_LANGUAGES
from paceline.lib.errors import Invalid, NotAllowed, NotFound, Refusal, SignInFirst, TooMany
from paceline.lib.times import DATE_FORMATS, zone_names
from paceline.media import avatars
from paceline.posting.languages import language_of
from paceline.web.answers import Request, refusal_page
from paceline.web.incoming import refused_upload
from paceline.web.sent import form_page

take_form = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@never_cache
def overview(request: Request) -> HttpResponse:
    """What there is to set."""
    _require_member(request)
    return render(request, "account/overview.html")


@take_form
@never_cache
def edit_profile(request: Request) -> HttpResponse:
    """Location, the administrator's fields, the signature with its preview."""
    viewer = request.viewer
    typed = profile.own_profile(viewer)
    fields = [field for field in profile_fields(viewer.site) if field.is_editable]
    refusal: Refusal | None = None
    preview = ""
    if request.method == "POST":
        typed = profile.Profile(
            location=request.POST.get("location", ""),
            signature=request.POST.get("signature", ""),
            fields={field.key: request.POST.get(f"field_{field.key}", "") for field in fields},
        )
        try:
            if "preview" not in request.POST:
                profile.change_profile(viewer, typed)
                return _done(request, "account_profile", "Your profile is saved.")
            preview = profile.render_signature(viewer, typed.signature)[1].html
        except (Invalid, NotAllowed) as error:
            refusal = error
    context: dict[str, Any] = {
        "typed": typed,
        "fields": fields,
        "preview": preview,
        "longest_location": profile.LONGEST_LOCATION,
    }
    return form_page(request, "account/profile.html", context, refusal)


@take_form
@never_cache
def edit_reading(request: Request) -> HttpResponse:
    """Time zone, format of dates, theme, what is shown beside posts, being seen online."""
    typed = preferences.own_reading(request.viewer)
    refusal: Refusal | None = None
    if request.method == "POST":
        sent = request.POST
        typed = preferences.Reading(
            time_zone=sent.get("time_zone", ""),
            date_format=sent.get("date_format", ""),
            theme=sent.get("theme", ""),
            post_language=sent.get("post_language", ""),
            shows_signatures="shows_signatures" in sent,
            shows_avatars="shows_avatars" in sent,
            shows_online="shows_online" in sent,
        )
        try:
            preferences.change_reading(request.viewer, typed)
            return _done(request, "account_reading", "Your settings are saved.")
        except Invalid as error:
            refusal = error
    board = request.viewer.site.settings
    examples = {form.key: form.example for form in DATE_FORMATS}
    zones = [(zone, zone.replace("_", " ")) for zone in zone_names()]
    context: dict[str, Any] = {
        "typed": typed,
        "zones": [("", f"As the board: {board.time_zone}"), *zones],
        "formats": [("", f"As the board: {examples[board.date_format]}"), *examples.items()],
        "themes": preferences.themes(),
        "languages": [
            ("", f"As the board: {language_of(board.post_language).name}"),
            *((key, language_of(key).name) for key in POST_LANGUAGES),
        ],
    }
    return form_page(request, "account/reading.html", context, refusal)


@take_form
@never_cache
def edit_mail(request: Request) -> HttpResponse:
    """What is watched by itself, and what is sent by mail."""
    _require_member(request)
    if request.method == "POST":
        preferences.change_mail(
            request.viewer,
            watches_own_threads="watches_own_threads" in request.POST,
            mails_alerts="mails_alerts" in request.POST,
        )
        return _done(request, "account_mail", "Your settings are saved.")
    return render(request, "account/mail.html")


@take_form
@never_cache
def edit_avatar(request: Request) -> HttpResponse:
    """The picture beside one's posts."""
    _require_member(request)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if "remove" in request.POST:
                avatars.remove_avatar(request.viewer)
                return _done(request, "account_avatar", "Your picture is gone.")
            if refused := refused_upload(request):
                raise refused
            sent = request.FILES.get("picture")
            if sent is None:
                raise Invalid("picture", "Choose a file first.")
            avatars.set_avatar(request.viewer, sent, sent.size or 0)
            return _done(request, "account_avatar", "This is your picture from now on.")
        except (Invalid, NotAllowed) as error:
            refusal = error
    return form_page(request, "account/avatar.html", {}, refusal)


@require_safe
@never_cache
def ignored(request: Request) -> HttpResponse:
    """Whom one ignores."""
    _require_member(request)
    members = ignoring.ignored_members(request.viewer)
    return render(request, "account/ignored.html", {"members": members})


@take_form
@never_cache
def own_sessions(request: Request) -> HttpResponse:
    """Where one is signed in; ends one session, or all others."""
    _require_member(request)
    current = request.session.session_key or ""
    if request.method == "POST":
        if request.POST.get("end") == "others":
            count = sessions.end_other_sessions(request.viewer, current)
            return _done(request, "account_sessions", f"Signed out elsewhere: {count}.")
        wanted = request.POST.get("end", "")
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            raise NotFound("You are not signed in there any more.")
        sessions.end_session(request.viewer, int(wanted))
        return _done(request, "account_sessions", "You are signed out there.")
    rows = sessions.list_sessions(request.viewer, current)
    return render(request, "account/sessions.html", {"sessions": rows})


@require_POST
def ignore(request: Request, member_id: int) -> HttpResponse:
    """Ignore a member."""
    name = ignoring.ignore_member(request.viewer, member_id)
    messages.success(request, f"You ignore {name} from now on: their posts are folded away.")
    return HttpResponseRedirect(reverse("member_by_id", args=(member_id,)))


@require_POST
def unignore(request: Request, member_id: int) -> HttpResponse:
    """Ignore a member no longer."""
    name = ignoring.stop_ignoring(request.viewer, member_id)
    messages.success(request, f"You ignore {name} no longer.")
    if request.POST.get("from") == "list":
        return HttpResponseRedirect(reverse("account_ignored"))
    return HttpResponseRedirect(reverse("member_by_id", args=(member_id,)))


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's limits have been reached."""
    sentence = "That was tried too often in a short time. Wait a few minutes, then try again."
    return refusal_page(request, TooMany(sentence, retry_after_s=300))


def _require_member(request: Request) -> None:
    if request.viewer.is_visitor:
        raise SignInFirst("Sign in first; then you come to your account.")


def _done(request: Request, name: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return HttpResponseRedirect(reverse(name))
