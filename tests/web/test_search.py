"""The search page over HTTP."""

import json

import pytest
from django.test import Client


@pytest.fixture
def found(world):
    world.reply("A wider saddle.")
    return world


def test_the_form_stands_alone_before_a_search(world, client):
    page = client.get("/search/")

    assert page.status_code == 200
    assert b"Narrow it down" in page.content
    assert b"found." not in page.content


def test_a_search_shows_what_was_typed_and_found(found, client):
    page = client.get("/search/", {"q": 'wider "saddle"'}).content.decode()

    assert 'value="wider &#34;saddle&#34;"' in page
    assert "1 post was found." in page
    assert "A <mark>wider</mark> <mark>saddle</mark>." in page


def test_the_search_of_a_thread_stays_in_it(found, client):
    other = found.start_thread("Other", "Another saddle.")
    page = client.get("/search/", {"q": "saddle", "thread": other.pk}).content.decode()

    assert "1 post was found." in page
    assert "Only in the thread <bdi>Other</bdi>" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"since": "soon"}, "Write the day as year, month and day"),
        ({"by": "Nobody Here"}, "There is no member called Nobody Here."),
    ],
)
def test_a_refusal_gives_the_form_back(found, client, sent, sentence):
    page = client.get("/search/", {"q": "saddle", **sent})

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="saddle"' in page.content.decode()


def test_too_many_searches_are_refused_for_a_while(found, client):
    found.set(searches_per_minute=2)
    answers = [client.get("/search/", {"q": "saddle"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "2 searches in a minute" in answers[2].content.decode()
    assert "saddle" in answers[2].content.decode()
    assert 1 <= int(answers[2]["Retry-After"]) <= 31
    assert client.get("/search/").status_code == 200, "the form alone costs nothing"
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert elsewhere.get("/search/", {"q": "saddle"}).status_code == 200


# Every twentieth text, and all of them among the slow tests.
@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["naughty_strings", "sql_injection"])
def test_nothing_that_anybody_can_type_breaks_the_page(world, client, shared, name, step):
    world.set(searches_per_minute=0)
    world.reply("saddle")
    cases = json.loads((shared / "corpora" / "abuse" / f"{name}.json").read_text(encoding="utf-8"))
    for case in cases["cases"][::step]:
        text = str(case["input"])
        for sent in (
            {"q": text},
            {"q": "saddle", "by": text, "since": text, "board": text, "before": text},
        ):
            answer = client.get("/search/", sent)
            assert answer.status_code in {200, 400, 404, 414, 422}, text
