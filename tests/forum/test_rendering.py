"""What a board allows is what its texts are rendered with, whoever asks for them."""

import pytest
from allauth.account.models import EmailAddress

from paceline.conf.own_addresses import own_hosts
from paceline.forum.models import Board, Post
from paceline.forum.rendering import options_of, words_of
from paceline.jobs.worker import run_all
from paceline.search.index import refresh_post
from tests.conftest import World


@pytest.mark.parametrize(
    ("column", "option"),
    [
        ("allows_bbcode", "bbcode"),
        ("allows_markdown", "markdown"),
        ("allows_smilies", "smilies"),
        ("allows_images", "images"),
    ],
)
def test_each_switch_is_an_option(column, option):
    assert getattr(options_of(Board()), option)
    assert not getattr(options_of(Board(**{column: False})), option)


def test_the_board_s_own_name_is_known_without_scheme_and_port():
    assert own_hosts("https://Board.example:8443/forum") == ("board.example",)
    assert own_hosts("") == ()


@pytest.mark.parametrize(
    ("language", "source", "words"),
    [
        ("bbcode", "[b]bold[/b] **stars**", "bold **stars**"),
        ("markdown", "[b]bold[/b] **stars**", "[b]bold[/b] stars"),
        ("plain", "[b]bold[/b] **stars**", "[b]bold[/b] **stars**"),
    ],
)
def test_letters_and_the_index_read_a_post_in_its_own_language(
    world: World, mailoutbox, language, source, words
):
    world.bo.mails_alerts = True
    world.bo.save()
    EmailAddress.objects.create(user=world.bo, email="bo@example.com", primary=True, verified=True)
    post = world.reply(source)
    Post.objects.filter(id=post.pk).update(language=language)
    run_all()
    refresh_post(post.pk)

    assert words_of(world.training, source, language) == words
    assert words in mailoutbox[-1].body
