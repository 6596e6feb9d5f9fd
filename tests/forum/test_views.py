from paceline.forum.views import note_view, write_views


def test_views_are_counted_in_memory_and_added_in_batches(world, no_queries):
    other = world.start_thread("Saddles")
    thread = world.thread
    with no_queries():
        for _ in range(3):
            note_view(thread.pk)
        note_view(other.pk)

    assert write_views() == 4
    assert write_views() == 0

    other.refresh_from_db()
    thread.refresh_from_db()
    assert (thread.view_count, other.view_count) == (3, 1)


def test_views_of_a_thread_that_is_gone_are_let_go(world):
    note_view(10**9)

    assert write_views() == 0
    assert write_views() == 0


def test_writing_many_views_costs_as_much_as_writing_one(world, queries):
    threads = [world.start_thread(f"Thread {n}") for n in range(8)]
    note_view(threads[0].pk)
    few, _ = queries(write_views)
    for thread in threads:
        note_view(thread.pk)
    many, views = queries(write_views)

    assert views == 8
    assert many == few
