from paceline.permissions.rights import Right


def test_a_member_chooses_a_board_and_goes_to_its_form(world, client):
    fit = world.board("Fit", description="Saddle and bars.")
    client.force_login(world.bo)

    page = client.get("/new-thread").content.decode()

    assert f'href="/b/{fit.pk}/new"' in page
    assert f'href="/b/{world.training.pk}/new"' in page


def test_where_there_is_one_board_there_is_nothing_to_choose(world, client):
    client.force_login(world.bo)

    assert client.get("/new-thread")["Location"] == f"/b/{world.training.pk}/new"


def test_visitors_are_asked_to_sign_in_and_those_who_may_nowhere_are_told(world, client):
    assert client.get("/new-thread").status_code == 403
    world.rights("members", None, deny=Right.START)
    client.force_login(world.bo)

    answer = client.get("/new-thread")

    assert answer.status_code == 403
    assert "no board on which you may start threads" in answer.content.decode()


def test_the_index_shows_what_waits_for_an_answer(world, client):
    waiting = world.start_thread("Is 60 cm too wide?")
    answered = world.start_thread("Which grease?")
    world.reply("Yellow.", thread=answered)

    page = client.get("/").content.decode()

    beside = page.partition("<aside")[2]
    assert "Is 60 cm too wide?" in beside
    assert f"/t/{waiting.pk}/" in beside
    assert "Which grease?" not in beside
