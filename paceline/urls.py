"""Every address of the site, one line each: the map to start from."""

from django.urls import include, path

from paceline.feeds import atom, crawlers
from paceline.web import (
    account,
    alerts,
    archive,
    boards,
    converters,
    drafts,
    members,
    mod_members,
    mod_posts,
    mod_queues,
    mod_threads,
    notices,
    own_data,
    post_actions,
    search,
    site_pages,
    thread_actions,
    threads,
    uploads,
    writing,
)
from paceline.web.public import public

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
    # Archive
    path("archive/", archive.index, name="archive"),
    path("archive/b/<id:board_id>/", archive.board, name="archive_board"),
    path("archive/b/<id:board_id>/<id:after>/", archive.board, name="archive_board_after"),
    path("archive/t/<id:thread_id>/", archive.thread, name="archive_thread"),
    path("archive/t/<id:thread_id>/<page:page>/", archive.thread, name="archive_thread_page"),
    # What programs read
    path("feeds/threads/", public(atom.newest_threads), name="site_feed"),
    path("feeds/b/<id:board_id>/", public(atom.board), name="board_feed"),
    path("feeds/t/<id:thread_id>/", public(atom.thread), name="thread_feed"),
    path("robots.txt", public(crawlers.robots), name="robots"),
    path("sitemap.xml", public(crawlers.sitemap), name="sitemap"),
    path("sitemap/boards.xml", public(crawlers.sitemap_boards), name="sitemap_boards"),
    path(
        "sitemap/threads/<page:window>.xml",
        public(crawlers.sitemap_threads),
        name="sitemap_threads",
    ),
    # About the site
    path("page/<slug:slug>/", site_pages.site_page, name="site_page"),
    path("contact/", site_pages.contact, name="contact"),
    path(".well-known/change-password", site_pages.change_password, name="change_password"),
    # Search
    path("search/", search.search, name="search"),
    # Alerts
    path("alerts/", alerts.alerts, name="alerts"),
    path("alerts/read", alerts.read_all, name="read_all_alerts"),
    path("alerts/stop/<str:token>/", alerts.stop_letters, name="stop_letters"),
    # Writing
    path("t/<id:thread_id>/reply", writing.reply, name="reply"),
    path("t/<id:thread_id>/replies", writing.replies, name="replies"),
    path("b/<id:board_id>/new", writing.new_thread, name="new_thread"),
    path("p/<id:post_id>/edit", writing.edit, name="edit_post"),
    path("preview", writing.preview, name="preview"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/save", drafts.save, name="save_draft"),
    path("drafts/discard", drafts.discard, name="discard_draft"),
    # What a member does with posts, threads, boards, members
    path("p/<id:post_id>/like", post_actions.like, name="like_post"),
    path("p/<id:post_id>/unlike", post_actions.unlike, name="unlike_post"),
    path("p/<id:post_id>/likes", post_actions.likes, name="post_likes"),
    path("p/<id:post_id>/history", post_actions.history, name="post_history"),
    path("p/<id:post_id>/quote", post_actions.quote, name="quote_post"),
    path("p/<id:post_id>/multiquote", post_actions.multiquote, name="multiquote"),
    path("p/<id:post_id>/report", post_actions.report, name="report_post"),
    path("p/<id:post_id>/delete", post_actions.delete, name="delete_post"),
    path("p/<id:post_id>/undelete", post_actions.undelete, name="undelete_post"),
    path("t/<id:thread_id>/watch", thread_actions.watch_thread, name="watch_thread"),
    path("t/<id:thread_id>/unwatch", thread_actions.unwatch_thread, name="unwatch_thread"),
    path("t/<id:thread_id>/tag", thread_actions.tag, name="tag_member"),
    path("t/<id:thread_id>/untag", thread_actions.untag, name="untag_member"),
    path("t/<id:thread_id>/read", thread_actions.read_thread, name="read_thread"),
    path("b/<id:board_id>/watch", thread_actions.watch_board, name="watch_board"),
    path("b/<id:board_id>/unwatch", thread_actions.unwatch_board, name="unwatch_board"),
    path("b/<id:board_id>/read", thread_actions.read_board, name="read_board"),
    path("read-all", thread_actions.read_all, name="read_all"),
    path("members/suggest", thread_actions.suggest, name="suggest_members"),
    # Threads and posts, for moderators
    path("t/<id:thread_id>/lock", mod_threads.change, {"deed": "lock"}, name="lock_thread"),
    path("t/<id:thread_id>/unlock", mod_threads.change, {"deed": "unlock"}, name="unlock_thread"),
    path("t/<id:thread_id>/pin", mod_threads.change, {"deed": "pin"}, name="pin_thread"),
    path("t/<id:thread_id>/unpin", mod_threads.change, {"deed": "unpin"}, name="unpin_thread"),
    path("t/<id:thread_id>/hide", mod_threads.change, {"deed": "hide"}, name="hide_thread"),
    path(
        "t/<id:thread_id>/restore", mod_threads.change, {"deed": "restore"}, name="restore_thread"
    ),
    path(
        "t/<id:thread_id>/approve", mod_threads.change, {"deed": "approve"}, name="approve_thread"
    ),
    path("t/<id:thread_id>/refuse", mod_threads.change, {"deed": "refuse"}, name="refuse_thread"),
    path("t/<id:thread_id>/move", mod_threads.move, name="move_thread"),
    path("t/<id:thread_id>/rename", mod_threads.rename, name="rename_thread"),
    path("t/<id:thread_id>/merge", mod_threads.merge, name="merge_thread"),
    path("t/<id:thread_id>/split", mod_posts.split, name="split_thread"),
    path("p/<id:post_id>/hide", mod_posts.change, {"deed": "hide"}, name="hide_post"),
    path("p/<id:post_id>/restore", mod_posts.change, {"deed": "restore"}, name="restore_post"),
    path("p/<id:post_id>/approve", mod_posts.change, {"deed": "approve"}, name="approve_post"),
    path("p/<id:post_id>/refuse", mod_posts.change, {"deed": "refuse"}, name="refuse_post"),
    # The moderators' own pages
    path("mod/", mod_queues.overview, name="mod"),
    path("mod/held/", mod_queues.held, name="mod_held"),
    path("mod/reports/", mod_queues.reports, name="mod_reports"),
    path("mod/reports/<id:report_id>", mod_queues.handle, name="mod_handle_report"),
    path("mod/log/", mod_queues.log, name="mod_log"),
    path("mod/boards/<id:board_id>/", mod_queues.board, name="mod_board"),
    path("mod/split/<id:thread_id>/", mod_posts.choose, name="mod_split"),
    path("mod/members/<id:member_id>/", mod_members.member, name="mod_member"),
    path("mod/members/<id:member_id>/posts", mod_members.hide_posts, name="mod_member_posts"),
    path("mod/members/<id:member_id>/warn", mod_members.warn, name="mod_warn"),
    path("mod/members/<id:member_id>/ban", mod_members.ban, name="mod_ban"),
    path("mod/members/<id:member_id>/lift", mod_members.lift, name="mod_lift"),
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
