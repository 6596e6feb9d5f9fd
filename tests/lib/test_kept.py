from paceline.lib.kept import Kept, forget_also, forget_everything


def test_a_value_is_read_anew_when_its_version_changed():
    answers = iter(["first", "second", "third"])
    kept: Kept[str] = Kept()

    assert [kept.at(1, lambda: next(answers)) for _ in range(2)] == ["first", "first"]
    assert kept.at(2, lambda: next(answers)) == "second"
    # Versions only go up; still each is answered as asked.
    assert kept.at(1, lambda: next(answers)) == "third"


def test_everything_is_forgotten_at_once():
    answers = iter(["first", "second"])
    kept: Kept[str] = Kept()
    noted = [1, 2]
    forget_also(noted.clear)
    kept.at(1, lambda: next(answers))

    forget_everything()

    assert kept.at(1, lambda: next(answers)) == "second"
    assert noted == []
