"""Every address of the site, one line each: the map to start from."""

from django.urls import include, path

from paceline.web import converters, notices

converters.register()

handler400 = "paceline.web.answers.bad_request"
handler404 = "paceline.web.answers.not_found"
handler500 = "paceline.web.answers.server_error"

urlpatterns = [
    # Notices
    path("notices/<id:notice_id>/dismiss", notices.dismiss, name="dismiss_notice"),
    path("account/", include("allauth.urls")),
]
