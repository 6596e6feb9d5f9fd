"""Every case of other people's suites agrees in meaning, or stands in the table with its reason."""

from collections import Counter
from pathlib import Path

from tests.markup.corpora import agreements, kept_differences

TABLE = Path(__file__).parents[2] / "docs" / "markup-differences.md"


def test_every_case_agrees_or_is_a_difference_kept_on_purpose(shared):
    found = list(agreements(shared))
    kept = kept_differences(TABLE)
    assert len(found) > 1_900

    times = Counter({(one.file, one.case): 0 for one in found})
    for difference in kept:
        named = [one for one in found if difference.names(one)]
        assert named, f"no such case: {difference}"
        assert not [one for one in named if one.agrees], f"agrees after all: {difference}"
        times.update((one.file, one.case) for one in named)
    assert not [case for case, count in times.items() if count > 1]
    assert [one for one in found if not one.agrees and not times[one.file, one.case]] == []
