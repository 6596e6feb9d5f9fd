"""Every address of the site, one line each: the map to start from."""

from django.urls import include, path

from paceline.web import boards, converters, notices, threads

converters.register()

handler400 = "paceline.web.answers.bad_request"
handler404 = "paceline.web.answers.not_found"
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
    # Notices
    path("notices/<id:notice_id>/dismiss", notices.dismiss, name="dismiss_notice"),
    path("account/", include("allauth.urls")),
]
