"""Every address of the site, one line each: the map to start from."""

from django.urls import include, path

from paceline.web import (
    account,
    alerts,
    boards,
    converters,
    members,
    notices,
    own_data,
    search,
    threads,
    uploads,
)

converters.register()

handler400 = "paceline.web.answers.bad_request"
handler404 = "paceline.web.answers.not_found"
handler429 = "paceline.web.account.too_many_requests"
handler500 = "paceline.web.answers.server_error"

urlpatterns = [
    # Boards and lists
    path("", boards.index, name="board_index"),
    path("b/<id:board_id>/", boards.board_page, name="board_by_id"),
    path("b/<id:board_id>/<slug:slug>/", boards.board_page, name="board"),
    path("new/", boards.new_posts, name="new_posts"),
    path("unanswered/", boards.unanswered, name="unanswered"),
    path("mine/", boards.my_threads, name="my_threads"),
    path("mine/posts/", boards.my_posts, name="my_posts"),
    path("watched/", boards.watched, name="watched"),
    # Threads, for reading
    path("t/<id:thread_id>/unread", threads.first_unread, name="first_unread"),
    path("t/<id:thread_id>/last", threads.last, name="last_post"),
    path("t/<id:thread_id>/print", threads.print_page, name="print_thread"),
    path("t/<id:thread_id>/", threads.page, name="thread_by_id"),
    path("t/<id:thread_id>/<slug:slug>/", threads.page, name="thread"),
    path("t/<id:thread_id>/<slug:slug>/<page:page>/", threads.page, name="thread_page"),
    path("p/<id:post_id>/", threads.post, name="post"),
    # Search
    path("search/", search.search, name="search"),
    # Alerts
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/read", alerts.read_all, name="read_all_alerts"),
    path("alerts/stop/<str:token>/", alerts.stop_letters, name="stop_letters"),
    # Notices
    path("notices/<id:notice_id>/dismiss", notices.dismiss, name="dismiss_notice"),
    # Members and their accounts
    path("m/<id:member_id>/", members.page, name="member_by_id"),
    path("m/<id:member_id>/ignore", account.ignore, name="ignore_member"),
    path("m/<id:member_id>/unignore", account.unignore, name="unignore_member"),
    path("m/<id:member_id>/<slug:slug>/", members.page, name="member"),
    path("members/", members.list_page, name="members"),
    path("online/", members.online, name="online"),
    path("media/avatars/<str:name>", uploads.avatar, name="avatar"),
    path("media/avatars/<str:size>/<str:name>", uploads.avatar, name="avatar_in_size"),
    path("account/", account.overview, name="account"),
    path("account/profile/", account.edit_profile, name="account_profile"),
    path("account/picture/", account.edit_avatar, name="account_avatar"),
    path("account/reading/", account.edit_reading, name="account_reading"),
    path("account/mail/", account.edit_mail, name="account_mail"),
    path("account/ignored/", account.ignored, name="account_ignored"),
    path("account/sessions/", account.own_sessions, name="account_sessions"),
    path("account/data/", own_data.overview, name="account_data"),
    path("account/data/download", own_data.download, name="account_download"),
    path("account/data/erase", own_data.erase, name="account_erase"),
    path("account/erased/", own_data.erased, name="account_erased"),
    path("account/", include("allauth.urls")),
]
