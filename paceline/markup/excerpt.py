"""The first words of a text, for previews."""


def plain_excerpt(text: str, limit: int) -> str:
    """At most `limit` characters on one line, cut at a word, with an ellipsis where cut.

    A first word longer than the limit is cut within. Raises ValueError where limit < 1.
    """
    if limit < 1:
        raise ValueError("an excerpt needs at least one character")
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    if line[limit - 1] != " ":
        head = head.rpartition(" ")[0] or head
    return head.rstrip(" ,.;:!?-–—(") + "…"
