"""What moderators do to posts: one by one from the thread, or several that they choose."""

import re
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from paceline.browsing.staff_thread import find_numbers, load_post_choice, load_staff_post
from paceline.lib.errors import Invalid, NotAllowed, NotFound
from paceline.moderation import approve, bulk, hide
from paceline.moderation.split import split_thread
from paceline.web.answers import Request
from paceline.web.mod_threads import Deed
from paceline.web.sent import form_page
from paceline.web.staff_forms import asked_number, done, number_in, numbers_in, one_of

DEEDS = {
    "hide": Deed(
        hide.hide_post,
        "Hide",
        "Readers see the post no longer; moderators do, and can restore it.",
        "The post is hidden.",
        is_danger=True,
    ),
    "restore": Deed(
        hide.restore_post, "Restore", "Readers see the post again.", "The post is back."
    ),
    "approve": Deed(
        approve.approve_post,
        "Approve",
        "The post appears as if it had just been sent.",
        "The post is approved.",
    ),
    "refuse": Deed(
        approve.refuse_post,
        "Refuse",
        "The post stays hidden; its author is told why.",
        "The post is refused.",
        is_danger=True,
        must_say_why=True,
    ),
}
# What can be done to posts chosen in a thread.
CHOICES = (
    ("split", "Split them off into a thread of their own"),
    ("hide", "Hide them"),
    ("restore", "Restore them"),
    ("approve", "Approve them"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: Request, post_id: int, deed: str) -> HttpResponse:
    """Hide, restore, approve or refuse one post."""
    words = DEEDS[deed]
    post = load_staff_post(request.viewer, post_id)
    refusal: Invalid | NotAllowed | None = None
    if request.method == "POST":
        try:
            words.do(request.viewer, post_id, reason=request.POST.get("reason", ""))
        except (Invalid, NotAllowed) as error:
            refusal = error
        else:
            return done(request, words.said, reverse("post", args=(post_id,)))
    context = {
        "deed": words,
        "title": f"{words.button} a post",
        "post": post,
        "board_id": post.board.id,
        "back": reverse("post", args=(post_id,)),
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, "mod/deed.html", context, refusal)


@require_safe
def split(request: Request, thread_id: int) -> HttpResponse:
    """The thread's own address for splitting leads to the page where posts are chosen."""
    return HttpResponseRedirect(reverse("mod_split", args=(thread_id,)))


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: Request, thread_id: int) -> HttpResponse:
    """Choose posts of a thread, by boxes and by numbers, and split, hide, restore, approve them."""
    refusal: Invalid | NotAllowed | None = None
    if request.method == "POST":
        try:
            return _do_to_chosen(request, thread_id)
        except NotFound as error:
            # Not the thread: that is looked for again below, and raises.
            refusal = Invalid("board", error.sentence)
        except (Invalid, NotAllowed) as error:
            refusal = error
    page = number_in(request, "page") or asked_number(request, "page") or 1
    choice = load_post_choice(request.viewer, thread_id, page)
    context: dict[str, Any] = {
        "choice": choice,
        "board_id": choice.thread.board.id,
        "chosen": set(numbers_in(request, "post")),
        "numbers": request.POST.get("numbers", ""),
        "deeds": CHOICES,
        "chosen_deed": request.POST.get("deed", "split"),
        "typed_title": request.POST.get("title", ""),
        "target_id": number_in(request, "board") or choice.thread.board.id,
        "reason": request.POST.get("reason", ""),
    }
    return form_page(request, "mod/posts.html", context, refusal)


def _do_to_chosen(request: Request, thread_id: int) -> HttpResponse:
    deed = one_of(request, "deed", [name for name, _ in CHOICES])
    ids = set(numbers_in(request, "post"))
    if numbers := request.POST.get("numbers", "").strip():
        ids.update(find_numbers(request.viewer, thread_id, _ranges(numbers)))
    reason = request.POST.get("reason", "")
    if deed == "split":
        title, board_id = request.POST.get("title", ""), number_in(request, "board") or None
        new = split_thread(request.viewer, thread_id, ids, title, board_id=board_id, reason=reason)
        return done(request, "This is the new thread.", reverse("thread_by_id", args=(new.pk,)))
    outcome = bulk.for_posts(request.viewer, deed, ids, reason=reason)
    return done(request, said(outcome, "post"), reverse("thread_by_id", args=(thread_id,)))


def said(outcome: bulk.Outcome, noun: str) -> str:
    """What came of a deed done to several: `Done for 3 posts. There is no such post.`"""
    nouns = noun if outcome.done == 1 else f"{noun}s"
    return " ".join((f"Done for {outcome.done:,} {nouns}.", *outcome.refusals))


def _ranges(text: str) -> list[tuple[int, int]]:
    """`12, 15-20` as pairs. Raises Invalid("numbers", ...)."""
    pairs = []
    for part in re.split(r"[,;\s]+", text.strip(" ,;")):
        found = re.fullmatch(r"#?(\d{1,9})(?:[-–]#?(\d{1,9}))?", part)
        if found is None:
            raise Invalid("numbers", "Write numbers of posts, such as 12, 15-20.")
        first = int(found[1])
        pairs.append((first, int(found[2]) if found[2] else first))
    if len(pairs) > 50:
        raise Invalid("numbers", "That is too many ranges at once; take at most 50.")
    return pairs
