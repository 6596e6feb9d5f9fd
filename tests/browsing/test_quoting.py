from paceline.browsing.quoting import MOST_QUOTES, load_quotes


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
