"""One rendering, looked at from all sides."""

from functools import cache

from paceline.lib.texts import clean_line
from paceline.markup import wall
from paceline.markup.cards import with_previews
from paceline.markup.options import CustomCode, CustomSmilie
from paceline.markup.render import (
    AttachmentFact,
    Facts,
    LinkFact,
    Options,
    PictureFact,
    PreviewFact,
    Rendered,
    parse,
    render,
    write,
)
from paceline.markup.serialize import to_html
from tests.safety.eyes import as_read_again, complaints, elements_of

# Codes and smilies as an administrator may make them: with all kinds of what a member fills in.
CODES = (
    CustomCode("mine", "[b]{text}[/b] [url={option:url}]there[/url]"),
    CustomCode("said", '[quote="{option}"][color=red]{text}[/color][/quote]'),
    CustomCode(
        "twice", "[url=http://a.example/{text:url-part}]{text:word}[/url] [i]{text:word}[/i]"
    ),
    CustomCode("tint", "[color={option:color}][size=5]{text}[/size][/color]"),
)
SMILIES = (
    CustomSmilie(":<b>:", "😀", name='"><b>'),
    CustomSmilie(":zq:", picture="/media/smilies/1.png", name="' onerror=zq=1 \""),
)
OWN = Options(own_hosts=("own.example",), custom_codes=CODES, custom_smilies=SMILIES)
# What may be made of plain words: lines, links, smilies, and cards of films for their addresses.
_OF_WORDS = frozenset({"p", "br", "a", "span", "div"})


class _Everything(dict[object, object]):
    """A mapping in which everything is found."""

    def __init__(self, value: object) -> None:
        super().__init__()
        self._value = value

    def __len__(self) -> int:
        return 1

    def get(self, key: object, default: object = None) -> object:
        return self._value

    def __getitem__(self, key: object) -> object:
        return self._value

    def __contains__(self, key: object) -> bool:
        return True


@cache
def facts_that_say(words: str) -> Facts:
    """A board on which every name, file, picture and thread is there, and is called so.

    As far as titles and names of files can hold it: they are of one line.
    """
    words = clean_line(words)
    return Facts(
        members=_Everything("/m/5/bo/"),  # type: ignore[arg-type]
        attachments=_Everything(  # type: ignore[arg-type]
            AttachmentFact(words, "/attachments/1/a.png", "/attachments/1/small", 9, 9, 9, True)
        ),
        links=_Everything(LinkFact("/t/1/x/", words)),  # type: ignore[arg-type]
        previews=_Everything(  # type: ignore[arg-type]
            PreviewFact(words or "x", words, words, PictureFact("/pictures/b", 5, 5))
        ),
        picture=lambda address: PictureFact("/pictures/a", 3, 3) if len(address) % 2 else None,
    )


def assert_sound(
    source: str, language: str, facts: Facts | None = None, options: Options = OWN
) -> Rendered:
    """Safe, the same for the second wall, read by a browser as it was meant, and text is text."""
    parsed = parse(source, options, language=language)
    known = facts or Facts()
    rendered = write(parsed, known)
    html = rendered.html
    assert complaints(html) == [], (complaints(html), source)
    meant = to_html(
        with_previews(parsed.document, known.previews),
        known,
        nofollow=options.nofollow,
        heading_level=options.heading_level,
        own_hosts=options.own_hosts,
    )
    assert html == meant, ("the second wall changes it", source)
    assert as_read_again(html) == html, ("a browser reads it otherwise", source)
    assert_words(rendered.text)
    return rendered


def assert_words(text: str) -> None:
    """Shown as plain words, it has the marks of plain words alone."""
    html = render(text, language="plain").html
    names = {tag for tag, _ in elements_of(html)}
    assert names <= _OF_WORDS, (names, text)


def second_wall_alone(source: str) -> str:
    """The second wall over what nobody has escaped."""
    return wall.clean(source)
