from io import BytesIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from PIL import Image

from paceline.accounts.ignoring import ignore_member
from paceline.accounts.models import Ignore, Member, MemberGroup
from paceline.forum.models import Draft, Mention, Post, Quote, Thread
from paceline.forum.recount import find_drift
from paceline.jobs.worker import run_all
from paceline.lib.errors import NotAllowed, SignInFirst
from paceline.media.attachments import find_count_drift
from paceline.media.avatars import set_avatar
from paceline.media.models import Attachment, StoredFile
from paceline.notifications.models import Alert
from paceline.permissions.models import BoardModerator
from paceline.posting import erase_account as erasing
from paceline.posting.drafts import save_draft
from paceline.posting.erase_account import REMOVED, erase_account
from paceline.search.find import Scope, finds_any
from paceline.search.query import read_query
from paceline.unread.models import Watch
from tests.posting.attached import hang, send


def is_found(viewer, words):
    return finds_any(viewer, read_query(words), Scope())


@pytest.fixture
def lived(world, django_capture_on_commit_callbacks):
    """Bo has an address, a picture, drafts and keys, wrote, was quoted, and spoke of others."""
    bo = world.viewer(world.bo)
    EmailAddress.objects.create(user=world.bo, email=world.bo.email, verified=True, primary=True)
    Authenticator.objects.create(user=world.bo, type="totp", data={"secret": "x"})
    picture = BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    with django_capture_on_commit_callbacks(execute=True):
        set_avatar(bo, BytesIO(picture.getvalue()), 100)
    first = world.reply("I ride with @Ada up the Gotthard.", author=world.cy)
    world.reply(
        f"[quote=Cy;{first.pk}]Ride[/quote] Ask @Ada and @Cy about saddles.", author=world.bo
    )
    world.reply("[quote=Bo]saddles[/quote] Right, @Bo.", author=world.cy)
    save_draft(bo, f"reply:{world.thread.pk}", "Begun")
    ignore_member(bo, world.mal.pk)
    ignore_member(world.viewer(world.cy), world.bo.pk)
    Member.objects.filter(id=world.bo.pk).update(location="Bern", custom_title="Bike Dude")
    run_all()
    mail.outbox.clear()
    assert find_drift() == []
    return world.viewer(world.bo)


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    def through_to_the_end(viewer, *, keeps_texts):
        with django_capture_on_commit_callbacks(execute=True):
            erase_account(viewer, keeps_texts=keeps_texts)
        with django_capture_on_commit_callbacks(execute=True):
            run_all()

    return through_to_the_end


@pytest.mark.parametrize("keeps_texts", [True, False])
def test_the_person_goes_and_everything_they_owned(world, lived, erase, keeps_texts):
    erase(lived, keeps_texts=keeps_texts)

    member = Member.objects.get(id=world.bo.pk)
    name = f"Deleted member {member.pk}"
    assert (member.name, member.email, member.location, member.custom_title) == (name, "", "", "")
    assert member.erased_at is not None
    assert not member.is_active
    assert not member.has_usable_password()
    for table in (EmailAddress, Authenticator):
        assert not table.objects.filter(user=member).exists()
    for table in (Draft, Watch, Alert, Ignore):
        assert not table.objects.filter(member=member).exists()
    assert not Ignore.objects.filter(ignored=member).exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
    assert set(Post.objects.filter(author=member).values_list("author_name", flat=True)) == {name}
    thread = Thread.objects.get(id=world.thread.pk)
    assert thread.author_name == name
    assert not Alert.objects.filter(actor_name="Bo").exists()
    assert find_drift() == []


def test_posts_keep_their_words_and_are_found_where_that_was_chosen(world, lived, erase):
    erase(lived, keeps_texts=True)

    post = Post.objects.get(thread=world.thread, number=3)
    assert "about saddles" in post.source
    assert is_found(world.viewer(None), "saddles ask")
    assert Quote.objects.filter(post=post).exists()


def test_posts_lose_their_words_everywhere_where_that_was_chosen(world, lived, erase):
    before = list(Post.objects.order_by("id").values_list("id", "thread", "number"))

    erase(lived, keeps_texts=False)

    assert list(Post.objects.order_by("id").values_list("id", "thread", "number")) == before
    own = Post.objects.filter(author=world.bo)
    assert {post.source for post in own} == {REMOVED}
    assert all("Text removed by its author." in post.html for post in own)
    assert not Mention.objects.filter(post__author=world.bo).exists()
    world.ada.refresh_from_db()
    assert world.ada.mentioned_count == 1, "Cy named her too"
    assert not is_found(world.viewer(None), "saddles ask")
    assert is_found(world.viewer(None), "gotthard")
    assert Post.objects.get(thread=world.thread, number=4).source.startswith("[quote=Bo]")


@pytest.mark.parametrize("keeps_texts", [True, False])
def test_files_stay_with_texts_that_stay_and_go_with_the_others(world, lived, erase, keeps_texts):
    own = Post.objects.get(thread=world.thread, number=3)
    theirs = Post.objects.get(thread=world.thread, number=4)
    hang(world, own, b"of Bo")
    hang(world, theirs, b"of Cy")
    send(lived, f"reply:{world.thread.pk}", b"never posted")

    erase(lived, keeps_texts=keeps_texts)

    left = set(Attachment.objects.values_list("post_id", flat=True))
    assert left == ({own.pk, theirs.pk} if keeps_texts else {theirs.pk})
    assert StoredFile.objects.count() == len(left)
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(files) == len(left)
    assert find_count_drift() == []


def test_a_letter_goes_to_the_address_that_was(lived, erase):
    erase(lived, keeps_texts=True)

    (letter,) = mail.outbox
    assert letter.to == ["bo@example.com"]
    assert "has been erased" in letter.subject


def test_the_name_is_free_again_and_the_next_one_is_somebody_else(world, lived, erase):
    erase(lived, keeps_texts=True)
    again = world.member("Bo")

    assert again.pk != world.bo.pk
    assert again.post_count == 0


def test_the_only_administrator_stays_until_there_is_another(world, root, erase):
    with pytest.raises(NotAllowed, match="only administrator"):
        erase(root, keeps_texts=True)
    world.root.refresh_from_db()
    assert world.root.name == "Root"

    MemberGroup.objects.create(member=world.ada, group=world.group("administrators"))
    erase(world.viewer(world.root), keeps_texts=True)
    world.root.refresh_from_db()
    assert world.root.erased_at
    assert not MemberGroup.objects.filter(member=world.root).exists()


def test_an_erased_moderator_moderates_no_more(world, ada, erase):
    erase(ada, keeps_texts=True)

    assert not BoardModerator.objects.filter(member=world.ada).exists()
    assert not world.viewer(world.ada).is_administrator


def test_a_banned_member_may_go_and_a_visitor_has_nothing_to_erase(world, mal, nobody, erase):
    erase(mal, keeps_texts=False)
    world.mal.refresh_from_db()
    assert world.mal.erased_at
    with pytest.raises(SignInFirst):
        erase_account(nobody, keeps_texts=True)


def test_many_posts_are_emptied_with_a_few_queries_and_forgotten_in_parts(
    world, erase, queries, monkeypatch
):
    monkeypatch.setattr(erasing, "_BATCH", 3)
    world.posts(2, author=world.ada)
    world.posts(12, author=world.cy)
    run_all()
    few, _ = queries(erase_account, world.viewer(world.ada), keeps_texts=False)
    many, _ = queries(erase_account, world.viewer(world.cy), keeps_texts=False)
    assert is_found(world.viewer(None), "reply")
    run_all()

    assert many <= few
    assert not is_found(world.viewer(None), "reply")
    assert find_drift() == []
