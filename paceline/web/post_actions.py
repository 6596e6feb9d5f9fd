"""What a member does with a post: like, quote, report, delete; and what became of it."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.browsing.history import load_history
from paceline.browsing.likes import load_likes
from paceline.browsing.quoting import load_quotes
from paceline.browsing.writing_pages import PostPage, load_post_page
from paceline.lib.errors import Invalid, NotFound, Refusal, TooMany
from paceline.permissions.posts import check_delete, check_report
from paceline.posting.delete_own import Deleted, delete_own, undelete_own
from paceline.posting.like import Liked, like_post, unlike_post
from paceline.posting.report import LONGEST_REASON, report_post
from paceline.web import composer as forms
from paceline.web import sent
from paceline.web.addresses import address_of, post_address, way_back
from paceline.web.answers import Request, is_fetch


@require_POST
def like(request: Request, post_id: int) -> HttpResponse:
    """Like a post."""
    return _liked(request, like_post(request.viewer, post_id))


@require_POST
def unlike(request: Request, post_id: int) -> HttpResponse:
    """Take a like back."""
    return _liked(request, unlike_post(request.viewer, post_id))


def _liked(request: Request, liked: Liked) -> HttpResponse:
    back = way_back(request, post_address(request, liked.post))
    return sent.done(request, back, count=liked.count, is_liked=liked.is_liked)


@require_safe
def likes(request: Request, post_id: int) -> HttpResponse:
    """Who likes a post."""
    page = load_likes(request.viewer, post_id)
    context = {"page": page, "back": address_of(page.place), "board_id": page.place.thread.board.id}
    return render(request, "writing/likes.html", context)


@require_safe
def history(request: Request, post_id: int) -> HttpResponse:
    """All versions of a post, as what was changed from one to the next."""
    upto = sent.read_number(request.GET.get("upto", ""))
    page = load_history(request.viewer, post_id, upto=upto)
    context = {"page": page, "back": address_of(page.place), "board_id": page.place.thread.board.id}
    return render(request, "writing/history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def quote(request: Request, post_id: int) -> HttpResponse:
    """The post as a quote: in the form to reply, or by POST as text in a `language`, of the whole
    post or of the `words` that somebody selected in it."""
    if request.method == "POST":
        language = sent.text(request, "language") or "bbcode"
        words = sent.text(request, "words")
        quoted = load_quotes(request.viewer, [post_id], language, words=words)
        if not quoted:
            raise NotFound("There is no such post.")
        return HttpResponse(f"{quoted}\n\n", content_type="text/plain; charset=utf-8")
    place = load_post_page(request.viewer, post_id).place
    form = reverse("reply", args=(place.thread.thread_id,))
    return HttpResponseRedirect(f"{form}?quote={post_id}")


@require_POST
def multiquote(request: Request, post_id: int) -> HttpResponse:
    """Add a post to those collected for a reply, or take it out again."""
    forms.check_signed_in(request, "Sign in to quote posts in a reply.")
    place = load_post_page(request.viewer, post_id).place
    collected = forms.collected_quotes(request)
    is_in = post_id not in collected
    collected = [*collected, post_id] if is_in else [i for i in collected if i != post_id]
    count = len(collected)
    message = (
        f"{count} post{'' if count == 1 else 's'} collected: your next reply in the full form"
        " will quote them."
        if count
        else "No posts are collected any more."
    )
    answer = sent.done(
        request, way_back(request, address_of(place)), message, is_collected=is_in, count=count
    )
    forms.set_collected_quotes(answer, request, collected)
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, post_id: int) -> HttpResponse:
    """Tell the moderators about a post."""
    forms.check_signed_in(request, "Sign in to report a post.")
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            report_post(request.viewer, post_id, sent.text(request, "reason"))
        except (Invalid, TooMany) as refused:
            if is_fetch(request):
                raise
            refusal = refused
        else:
            back = address_of(load_post_page(request.viewer, post_id).place)
            return sent.done(request, back, "Thank you. The moderators will look at this post.")
    page = load_post_page(request.viewer, post_id, check_report)
    context = {
        "reason": sent.text(request, "reason"),
        "most": LONGEST_REASON,
    }
    return _about(request, "writing/report.html", page, context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: Request, post_id: int) -> HttpResponse:
    """Ask whether an own post shall go, and delete it."""
    forms.check_signed_in(request, "Sign in to delete your posts.")
    if request.method == "POST":
        gone = delete_own(request.viewer, post_id)
        what = "thread" if gone.is_thread else "post"
        return _deleted(request, gone, f"The {what} is deleted. You can take that back.")
    page = load_post_page(request.viewer, post_id, check_delete)
    return _about(request, "writing/delete.html", page, {})


@require_http_methods(["GET", "HEAD", "POST"])
def undelete(request: Request, post_id: int) -> HttpResponse:
    """Ask whether a post that its author deleted shall be shown again, and show it."""
    forms.check_signed_in(request, "Sign in to take a deletion back.")
    if request.method == "POST":
        shown = undelete_own(request.viewer, post_id)
        return _deleted(request, shown, "It is back.")
    page = load_post_page(request.viewer, post_id, check_delete)
    return _about(request, "writing/undelete.html", page, {})


def _deleted(request: Request, deleted: Deleted, message: str) -> HttpResponse:
    back = post_address(request, deleted.post)
    return sent.done(request, back, message, post=deleted.post.pk, is_thread=deleted.is_thread)


def _about(
    request: Request,
    template: str,
    page: PostPage,
    context: dict[str, Any],
    refusal: Refusal | None = None,
) -> HttpResponse:
    more = {"page": page, "back": address_of(page.place), "board_id": page.place.thread.board.id}
    return sent.form_page(request, template, {**context, **more}, refusal)
