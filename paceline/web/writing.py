"""Writing: reply to a thread, start one, edit a post, look at a preview."""

from dataclasses import replace

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from paceline.browsing import writing_pages as browsing
from paceline.browsing.quoting import load_quotes
from paceline.browsing.rules import posting_rules
from paceline.browsing.thread_page import ThreadPage
from paceline.lib.errors import NotFound, Refusal
from paceline.posting.drafts import DraftRow
from paceline.posting.edit import Edit, EditedMeanwhile, edit_post
from paceline.posting.languages import language_of
from paceline.posting.preview import preview_text
from paceline.posting.reply import post_reply
from paceline.posting.start_thread import start_thread
from paceline.web import composer as forms
from paceline.web import sent
from paceline.web.addresses import address_of, new_posts_address, post_address, split_place
from paceline.web.answers import Request, is_fetch, refusal_page
from paceline.web.composer import Composer, keep_draft
from paceline.web.composer_files import take_files, with_files, with_rows

HELD = "It waits for a moderator's approval; until then only you and the moderators see it."


# Reply


@require_safe
def reply(request: Request, thread_id: int) -> HttpResponse:
    """The form to reply, with the posts to quote in it."""
    forms.check_signed_in(request, "Sign in to reply.")
    page = browsing.load_reply_page(request.viewer, thread_id)
    forms.raise_where(page.cannot_because)
    form = forms.with_draft(request, _reply_form(request, page))
    asked = [sent.read_number(typed) or 0 for typed in request.GET.getlist("quote")[:50]]
    ids = [*forms.collected_quotes(request), *filter(None, asked)]
    quotes = load_quotes(request.viewer, ids, form.language, besides=form.source)
    source = "\n\n".join(filter(None, [form.source.rstrip(), quotes]))
    form = replace(form, source=f"{source}\n\n" if quotes else form.source)
    return _reply_page(request, page, with_files(request, form))


@require_POST
def replies(request: Request, thread_id: int) -> HttpResponse:
    """Post a reply; refused, the form comes back with the text in it."""
    forms.check_signed_in(request, "Sign in to reply. What you wrote is kept on this page.")
    source, place = sent.text(request, "source"), f"reply:{thread_id}"
    files = take_files(request, place)
    refusal = files.refusal
    is_told = files.is_sending and _has_news(request, thread_id)
    if files.is_sending and not is_told:
        try:
            post = post_reply(
                request.viewer,
                thread_id,
                source,
                language=sent.text(request, "language"),
                attachments=files.ids,
                once_key=sent.text(request, "once_key"),
            )
        except Refusal as refused:
            refusal = refused
        else:
            answer = sent.done(
                request,
                post_address(request, post),
                HELD if post.is_held else "",
                status=201 if is_fetch(request) else 200,
                post=post.pk,
                number=post.number,
                is_held=post.is_held,
            )
            forms.set_collected_quotes(answer, request, [])
            return answer
    keep_draft(request, place, source)
    if refusal and (is_fetch(request) or isinstance(refusal, NotFound)):
        return refusal_page(request, refusal)
    seen = sent.read_number(sent.text(request, "seen"))
    page = browsing.load_reply_page(request.viewer, thread_id, seen=seen or None)
    form = _filled(request, _reply_form(request, page), source, refusal)
    return _reply_page(request, page, with_files(request, replace(form, is_told=is_told)))


def _has_news(request: Request, thread_id: int) -> bool:
    """Whether others have posted what the writer has not been told of: once they have been, the
    same text sent again is posted. A script has told of it by then."""
    if is_fetch(request) or "told" in request.POST:
        return False
    seen = sent.read_number(sent.text(request, "seen"))
    return bool(seen and browsing.find_new(request.viewer, thread_id, seen))


def quick_reply(request: Request, page: ThreadPage) -> Composer | None:
    """The form at the end of a thread's page, with the draft in it, or None for no reply."""
    if not page.may_reply:
        return None
    form = forms.make_composer(
        request,
        page.board,
        f"reply:{page.id}",
        action=reverse("replies", args=(page.id,)),
        label="Reply",
        send="Post reply",
    )
    form = replace(form, seen=page.newest_number)
    if page.draft is None:
        return form
    draft = page.draft
    row = DraftRow(form.place, "", draft.source, draft.language, draft.saved_at)
    return with_rows(forms.restored(form, row), page.waiting if form.may_attach else ())


def _reply_form(request: Request, page: browsing.ReplyPage) -> Composer:
    thread = page.thread
    form = forms.make_composer(
        request,
        thread.board,
        f"reply:{thread.thread_id}",
        action=reverse("replies", args=(thread.thread_id,)),
        label="Your reply",
        send="Post reply",
    )
    new_page = new_posts_address(request, thread, page.first_new)
    return replace(
        form,
        seen=page.last_number,
        new_count=page.new_count,
        new_address=new_page if page.new_count else "",
    )


def _reply_page(request: Request, page: browsing.ReplyPage, form: Composer) -> HttpResponse:
    context = {
        "page": page,
        "board_id": page.thread.board.id,
        "rules": posting_rules(request.viewer, page.thread.board),
    }
    return forms.form_page(request, "writing/reply.html", context, form)


# Start a thread


@require_http_methods(["GET", "HEAD", "POST"])
def new_thread(request: Request, board_id: int) -> HttpResponse:
    """The form to start a thread, and starting it."""
    forms.check_signed_in(request, "Sign in to start a thread.")
    if request.method != "POST":
        browsing.check_new_thread(request.viewer, board_id)
        page = browsing.load_new_thread_page(request.viewer, board_id)
        form = forms.with_draft(request, _thread_form(request, page))
        return _new_thread_page(request, page, with_files(request, form))

    source, title = sent.text(request, "source"), sent.text(request, "title")
    files = take_files(request, f"thread:{board_id}")
    refusal = files.refusal
    if files.is_sending:
        try:
            post = start_thread(
                request.viewer,
                board_id,
                title,
                source,
                language=sent.text(request, "language"),
                attachments=files.ids,
                prefix_id=sent.number(request, "prefix"),
                once_key=sent.text(request, "once_key"),
            )
        except Refusal as refused:
            refusal = refused
        else:
            is_held = post.thread.is_held
            return sent.done(
                request,
                post_address(request, post),
                HELD if is_held else "",
                status=201 if is_fetch(request) else 200,
                post=post.pk,
                number=post.number,
                is_held=is_held,
            )
    keep_draft(request, f"thread:{board_id}", source, title)
    if refusal and (is_fetch(request) or isinstance(refusal, NotFound)):
        return refusal_page(request, refusal)
    page = browsing.load_new_thread_page(request.viewer, board_id)
    form = replace(_thread_form(request, page), title=title)
    form = _filled(request, form, source, refusal)
    return _new_thread_page(request, page, with_files(request, form))


def _thread_form(request: Request, page: browsing.NewThreadPage) -> Composer:
    return forms.make_composer(
        request,
        page.board,
        f"thread:{page.board.id}",
        action=reverse("new_thread", args=(page.board.id,)),
        label="Opening post",
        send="Start the thread",
    )


def _new_thread_page(
    request: Request, page: browsing.NewThreadPage, form: Composer
) -> HttpResponse:
    chosen = sent.read_number(sent.text(request, "prefix")) or 0
    context = {
        "page": page,
        "prefix": chosen,
        "board_id": page.board.id,
        "rules": posting_rules(request.viewer, page.board),
    }
    return forms.form_page(request, "writing/new_thread.html", context, form)


# Edit


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: Request, post_id: int) -> HttpResponse:
    """The form to edit a post, and editing it."""
    forms.check_signed_in(request, "Sign in to edit your posts.")
    if request.method != "POST":
        page = browsing.load_edit_page(request.viewer, post_id)
        form = replace(_edit_form(request, page), title=page.title)
        with_text = forms.with_draft(request, form, source=page.source)
        # A draft of a post that opens no thread has no title; the thread has one all the same.
        form = replace(with_text, title=with_text.title or page.title)
        form = with_files(request, form, post_id=post_id)
        return _edit_page(request, page, form, revision=page.revision_count)

    source, title = sent.text(request, "source"), sent.text(request, "title")
    revision = sent.read_number(sent.text(request, "revision")) or 0
    files = take_files(request, f"edit:{post_id}")
    refusal = files.refusal
    if files.is_sending:
        try:
            edit = _edit_sent(request, source, revision, files.ids)
            post = edit_post(request.viewer, post_id, edit)
        except Refusal as refused:
            refusal = refused
        else:
            is_held = post.is_held or post.thread.is_held
            return sent.done(
                request,
                post_address(request, post),
                HELD if is_held else "",
                post=post.pk,
                revision=post.revision_count,
                is_held=is_held,
            )
    keep_draft(request, f"edit:{post_id}", source, title)
    if refusal and (is_fetch(request) or isinstance(refusal, NotFound)):
        return refusal_page(request, refusal)
    try:
        page = browsing.load_edit_page(request.viewer, post_id)
    except Refusal as refused:
        return refusal_page(request, refused)
    form = replace(_edit_form(request, page), title=title or page.title)
    form = _filled(request, form, source, refusal)
    form = with_files(request, form, post_id=post_id)
    theirs = refusal.source if isinstance(refusal, EditedMeanwhile) else ""
    if isinstance(refusal, EditedMeanwhile):
        revision = refusal.revision
    return _edit_page(request, page, form, revision=revision, theirs=theirs)


def _edit_sent(request: Request, source: str, revision: int, attachments: tuple[int, ...]) -> Edit:
    return Edit(
        source=source,
        seen_revision=revision,
        reason=sent.text(request, "reason"),
        attachments=attachments,
        title=sent.text(request, "title") if "title" in request.POST else None,
        prefix_id=sent.number(request, "prefix") or 0 if "prefix" in request.POST else None,
        hides_before="hides_before" in request.POST,
    )


def _edit_form(request: Request, page: browsing.EditPage) -> Composer:
    return forms.make_composer(
        request,
        page.place.thread.board,
        f"edit:{page.place.id}",
        action=reverse("edit_post", args=(page.place.id,)),
        label="Text of the post",
        send="Save",
        # It stays in the language that it was written in.
        languages=(language_of(page.language),),
    )


def _edit_page(
    request: Request, page: browsing.EditPage, form: Composer, *, revision: int, theirs: str = ""
) -> HttpResponse:
    prefix = sent.read_number(sent.text(request, "prefix"))
    context = {
        "page": page,
        "rules": posting_rules(request.viewer, page.place.thread.board),
        "revision": revision,
        "theirs": theirs,
        "reason": sent.text(request, "reason"),
        "prefix": page.prefix_id if prefix is None else prefix,
        "hides_before": "hides_before" in request.POST,
        "is_stale": bool(form.restored_at and page.edited_at and page.edited_at > form.restored_at),
        "back": address_of(page.place),
        "board_id": page.place.thread.board.id,
    }
    return forms.form_page(request, "writing/edit.html", context, form)


def _filled(request: Request, form: Composer, source: str, refusal: Refusal | None) -> Composer:
    """The form with what was typed in it: with the refusal, or with the preview asked for."""
    form = replace(form, source=source, refusal=refusal)
    if refusal is None and sent.wants_preview(request):
        kind, target_id = split_place(form.place)
        try:
            html = preview_text(request.viewer, kind, target_id, source, form.language)
        except Refusal as refused:
            return replace(form, refusal=refused)
        return replace(form, preview=html)
    return form
