from paceline.browsing.quoting import MOST_QUOTES, load_quotes
from paceline.posting.reply import post_reply


def test_posts_are_quoted_in_the_order_asked_for(world, bo):
    one, two = world.reply("One."), world.reply("Two.", author=world.ada)

    assert load_quotes(bo, [two.pk, one.pk, two.pk]) == (
        f'[quote="Ada;{two.pk}"]Two.[/quote]\n\n[quote="Cy;{one.pk}"]One.[/quote]'
    )


def test_what_cannot_be_seen_is_not_quoted(world, bo):
    hidden = world.reply("Secret.")
    world.hide(hidden)

    assert load_quotes(bo, [hidden.pk, 2**62]) == ""


def test_what_a_text_quotes_already_is_left_out(world, bo):
    one = world.reply("One.")
    text = load_quotes(bo, [one.pk])

    assert load_quotes(bo, [one.pk], besides=text) == ""


def test_one_query_however_many(world, bo, queries):
    posts = [post.pk for post in world.posts(MOST_QUOTES + 2)]
    few, _ = queries(load_quotes, bo, posts[:1])
    many, text = queries(load_quotes, bo, posts)

    assert text.count("[/quote]") == MOST_QUOTES
    assert (few, many) == (1, 1)
    assert queries(load_quotes, bo, []) == (0, "")


def test_a_quote_is_in_the_language_of_the_reply(world, bo):
    one = post_reply(bo, world.thread.pk, "[b]One[/b] and\n\ntwo.")
    other = post_reply(bo, world.thread.pk, "**Three** and four.", language="markdown")

    assert load_quotes(bo, [one.pk], "markdown") == (
        f"> **Bo** [wrote](/p/{one.pk}/):\n>\n> **One** and\n>\n> two."
    )
    assert load_quotes(bo, [other.pk], "markdown").endswith("> **Three** and four.")
    assert load_quotes(bo, [other.pk]).startswith(f'[quote="Bo;{other.pk}"]')
    text = load_quotes(bo, [one.pk, other.pk], "markdown")
    assert load_quotes(bo, [one.pk, other.pk], "markdown", besides=text) == ""


def test_words_that_were_selected_are_no_markup(world, bo):
    one = world.reply("Some [b]stars[/b].")

    assert load_quotes(bo, [one.pk], words="a * b") == f'[quote="Cy;{one.pk}"]a * b[/quote]'
    assert "a \\* b" in load_quotes(bo, [one.pk], "markdown", words="a * b")
