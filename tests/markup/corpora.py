"""Other people's cases: each file of the corpora for BB code and links, read in its own way.

`agreements` gives, for every case, whether we mean the same. What a case says is in the README of
the corpora.
"""

import html
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

import yaml

from paceline.markup.addresses import safe_address
from paceline.markup.attributes import read_attributes
from paceline.markup.media_hosts import find_media
from paceline.markup.options import CustomSmilie, Options
from paceline.markup.quoting import quote_source
from paceline.markup.render import QuoteRef, parse, render
from paceline.markup.tags import read_tags
from tests.markup.meaning import address_of, meaning_of

Case = dict[str, Any]


class Agreement(NamedTuple):
    """`file` is a path below corpora without its suffix, `case` the id within it."""

    file: str
    case: str
    agrees: bool


def agreements(shared: Path) -> Iterator[Agreement]:
    for file, check in _FILES.items():
        for case in json.loads((shared / "corpora" / f"{file}.json").read_text())["cases"]:
            yield Agreement(file, case["id"], check(case))
    for name, checks in _TWITTER.items():
        read = yaml.safe_load((shared / "corpora" / "autolink" / f"{name}.yml").read_text())
        for group, cases in read["tests"].items():
            check = checks.get(group, _elsewhere)
            for number, case in enumerate(cases):
                yield Agreement(f"autolink/{name}", f"{group}-{number:03}", check(case))


# BB code to HTML


def _same_html(case: Case) -> bool:
    if "tag_source" in case:
        return _same_options(case)
    if "expected_link_count" in case:
        return len(parse(case["input"]).links) == case["expected_link_count"]
    return meaning_of(render(case["input"], _options(case)).html) == meaning_of(
        case["expected_html"]
    )


def _same_markdown(case: Case) -> bool:
    ours = render(case["input"], language="markdown").html
    return meaning_of(ours) == meaning_of(case["expected_html"])


def _options(case: Case) -> Options:
    """With the smilies that the case says its board has."""
    rows = case.get("database", {}).get("phpbb_smilies", [])
    return Options(custom_smilies=tuple(CustomSmilie(row["code"], "🙂") for row in rows))


def _same_options(case: Case) -> bool:
    typed = case["tag_source"].strip()
    name = case["expected_tag"]
    tags = read_tags(f"[{typed}]x[/{name}]")
    if not tags or not tags[0].is_paired or tags[0].typed != name:
        return False
    found = read_attributes(tags[0].attributes)
    if tags[0].argument:
        found[name] = tags[0].argument
    return found == {key: value for key, value in case["expected_options"].items() if value}


# The XML of s9e, which phpBB stores


def _same_xml(case: Case) -> bool:
    options = _options(case)
    flags = case.get("flags_bbcode_magicurl_smilies_img_flash_quote")
    if flags:
        options = Options(bbcode=flags[0], smilies=flags[2], images=flags[3])
    stored = case.get("expected_xml") or case["expected_stored"]
    ours = meaning_of(render(case["input"], options).html)
    return ours == meaning_of(_html_of(ElementTree.fromstring(stored)))


_XML_TAGS = {"B": "b", "I": "i", "U": "u", "S": "s", "FOO": "b", "C": "code", "LIST": "ul"}


def _html_of(node: ElementTree.Element) -> str:
    inner = "" if node.tag in ("s", "e", "i") else html.escape(node.text or "")
    # Without a start of its own the words of the element are the tag itself: [B/].
    is_bare = node.tag.isupper() and node.tag not in ("E", "URL") and node.find("s") is None
    inner = "" if is_bare else inner
    for child in node:
        inner += _html_of(child) + html.escape(child.tail or "")
    if node.tag == "URL":
        return f'<a href="{html.escape(node.get("url", ""))}">{inner}</a>'
    if node.tag == "IMG":
        return f'<img src="{html.escape(node.get("src", ""))}">'
    if node.tag == "E":
        return '<img class="smilie">'
    if node.tag == "SIZE":
        return f'<span style="font-size:1px">{inner}</span>'
    if node.tag == "QUOTE":
        return f"<blockquote><cite>{node.get('author', '')} wrote:</cite>{inner}</blockquote>"
    tag = _XML_TAGS.get(node.tag)
    return f"<{tag}>{inner}</{tag}>" if tag else inner


# phpBB's stored form of old: the reader must see the same in it as in what was typed


def _same_stored(case: Case) -> bool:
    typed = html.unescape(case["input"])
    stored = html.unescape(case["expected_stored"]).replace(":]", ":1f4coh9x]")
    return meaning_of(render(typed).html) == meaning_of(render(stored).html)


def _same_quoting(case: Case) -> bool:
    operation, text = case["operation"], case["text"]
    if operation == "generate_quote":
        attributes = case["attributes"] or {}
        author = attributes.get("author", "")
        post_id = attributes.get("post_id", 7)
        quoted = parse(quote_source(author, post_id, text))
        theirs = parse(case["expected"])
        is_same = quoted.quotes == (QuoteRef(" ".join(author.split()), post_id),)
        names = [[quote.author for quote in each.quotes] for each in (quoted, theirs)]
        return is_same and names[0] == names[1]
    if operation == "outermost_quote_authors":
        return _outermost_authors(text) == case["expected"]
    if case["keep_depth"] == 0 or case["bbcode"] == "b":
        return quote_source("Bo", 7, text) == f'[quote="Bo;7"]{case["expected"]}[/quote]'
    return False


def _outermost_authors(text: str) -> list[str]:
    """Of the first level, as the heads of quotes stand in our HTML."""
    runs = meaning_of(render(text).html)
    return [run.words for run in runs if run.place == ("quote", "quote-head")]


# Addresses


def _same_address(case: Case) -> bool:
    address = safe_address(case["input"])
    if case["expected"] is False:
        return address is None
    return address is not None and address_of(address) == address_of(case["expected"])


def _is_film(case: Case) -> bool:
    return "\0film" in [run.words for run in meaning_of(render(case["input"]).html)] or (
        find_media(case["input"]) is not None
    )


def _links_in(source: str) -> list[str]:
    """Where the links of a source lead, mail included."""
    found = re.findall(r'<a href="([^"]*)"', render(source).html)
    return [address_of(html.unescape(address)) for address in found]


def _linkified(case: Case) -> bool:
    expected = case["expected_match"]
    mail = "mailto:" + re.sub(r"^mailto:", "", expected, flags=re.IGNORECASE)
    wanted = {address_of(expected), address_of("http://" + expected), mail}
    return any(link in wanted for link in _links_in(case["input"]))


def _not_linkified(case: Case) -> bool:
    return not _links_in(case["input"])


def _clickable(case: Case) -> bool:
    source = html.unescape(case["input"])
    expected = re.findall(r'<a [^>]*?href="([^"]*)"', case["expected_stored"])
    return _links_in(source) == [address_of(html.unescape(address)) for address in expected]


def _twitter_links(case: Case) -> bool:
    expected = re.findall(r'<a href="([^"]*)"', case["expected"])
    return _links_in(case["text"]) == [address_of(html.unescape(address)) for address in expected]


def _extracted_links(case: Case) -> bool:
    expected = [row["url"] if isinstance(row, dict) else row for row in case["expected"]]
    wanted = [address_of(url if "://" in url else "http://" + url) for url in expected]
    return _links_in(case["text"]) == wanted


def _twitter_names(case: Case) -> bool:
    expected = re.findall(r'class="tweet-url username"[^>]*>([^<]*)</a>', case["expected"])
    return list(parse(case["text"]).mentions) == list(dict.fromkeys(expected))


def _extracted_names(case: Case) -> bool:
    expected = [row["screen_name"] if isinstance(row, dict) else row for row in case["expected"]]
    return list(parse(case["text"]).mentions) == list(dict.fromkeys(expected))


def _reply(case: Case) -> bool:
    """A reply's name is the first one mentioned, and stands at the beginning."""
    mentions = parse(case["text"]).mentions
    is_reply = bool(mentions) and re.match(r"\s*[@＠]", case["text"]) is not None
    return mentions[:1] == (case["expected"],) if is_reply else case["expected"] is None


def _valid_name(case: Case) -> bool:
    return (parse(case["text"]).mentions == (case["text"][1:],)) == case["expected"]


def _valid_link(case: Case) -> bool:
    text = case["text"]
    return (_links_in(text) == [address_of(text)]) == case["expected"]


def _valid_bare_link(case: Case) -> bool:
    text = case["text"]
    return (_links_in(text) == [address_of("http://" + text)]) == case["expected"]


def _elsewhere(case: Case) -> bool:
    """No case of this reader's."""
    return False


_FILES: dict[str, Callable[[Case], bool]] = {
    "bbcode/dcwatson_bbcode": _same_html,
    "bbcode/bbob_html": _same_html,
    "bbcode/s9e_predefined_bbcodes": _same_html,
    "bbcode/s9e_forum_bundle": _same_html,
    "bbcode/phpbb_default_formatting": _same_html,
    "bbcode/phpbb_tickets": _same_html,
    "bbcode/s9e_bbcode_parsing": _same_xml,
    "bbcode/phpbb_message_parser": _same_xml,
    "bbcode/phpbb_legacy_firstpass": _same_stored,
    "bbcode/phpbb_quotes": _same_quoting,
    "bbcode/s9e_url_filter": _same_address,
    "bbcode/s9e_media_embed": _is_film,
    "bbcode/s9e_fatdown_bundle": _same_markdown,
    "bbcode/phpbb_stored_text": _elsewhere,
    "bbcode/discourse_phpbb_xml_to_markdown": _elsewhere,
    "autolink/linkify_it_links": _linkified,
    "autolink/linkify_it_not_links": _not_linkified,
    "autolink/phpbb_make_clickable": _clickable,
}
_TWITTER: dict[str, dict[str, Callable[[Case], bool]]] = {
    "twitter_autolink": {"urls": _twitter_links, "usernames": _twitter_names},
    "twitter_extract": {
        "urls": _extracted_links,
        "urls_with_indices": _extracted_links,
        "urls_with_directional_markers": _extracted_links,
        "mentions": _extracted_names,
        "mentions_with_indices": _extracted_names,
        "replies": _reply,
    },
    "twitter_validate": {
        "usernames": _valid_name,
        "urls": _valid_link,
        "urls_without_protocol": _valid_bare_link,
    },
    "twitter_hit_highlighting": {},
}


class KeptDifference(NamedTuple):
    """A line of the table: `case` is an id, or the beginning of some and a star."""

    file: str
    case: str
    reason: str

    def names(self, agreement: Agreement) -> bool:
        if self.file != agreement.file:
            return False
        if self.case.endswith("*"):
            return agreement.case.startswith(self.case[:-1])
        return agreement.case == self.case


def kept_differences(table: Path) -> list[KeptDifference]:
    """What docs/markup-differences.md names, in its order, before its part on Markdown.

    Under each heading, the reason, stand lines such as "- `bbcode/bbob_html`: html-16, html-17".
    """
    kept: list[KeptDifference] = []
    reason = ""
    for line in table.read_text(encoding="utf-8").partition("\n# Markdown\n")[0].splitlines():
        if line.startswith("## "):
            reason = line[3:]
        elif match := re.match(r"- `([\w/]+)`: (.+)$", line):
            kept += [KeptDifference(match[1], case, reason) for case in match[2].split(", ")]
    return kept
