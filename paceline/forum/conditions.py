"""Conditions on rows, asked of other rows that lead to them."""

from django.db.models import Q


def through(relation: str, condition: Q) -> Q:
    """The same condition asked of what a relation leads to: of a post's `thread`, say.

    It may be nested. Raises TypeError where it holds anything but columns with values.
    """
    asked = Q(_connector=condition.connector, _negated=condition.negated)
    for part in condition.children:
        if isinstance(part, Q):
            asked.children.append(through(relation, part))
        elif isinstance(part, tuple):
            name, value = part
            asked.children.append((f"{relation}__{name}", value))
        else:
            raise TypeError(f"{part!r} cannot be asked through a relation.")
    return asked
