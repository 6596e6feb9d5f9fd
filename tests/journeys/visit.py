"""A visit without script: pages are opened, links followed, forms filled in and sent.

Forms are sent as a browser sends them: every field with what stands in it, the button pressed,
cookies, and where the form came from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser, LexborNode


@dataclass
class Form:
    """A form of the page, with what stands in its fields."""

    node: LexborNode
    fields: list[tuple[str, str]]

    def typed(self, **values: str) -> list[tuple[str, str]]:
        """The fields with other values; each must be there."""
        names = [name for name, _ in self.fields]
        for name in values:
            assert name in names, f"no field {name} among {names}"
        return [(name, values.get(name, value)) for name, value in self.fields]


@dataclass
class Visit:
    """Somebody with a browser that has no script."""

    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))
    address: str = "/"
    status: int = 0
    html: str = ""

    def open(self, address: str) -> Visit:
        """Open a page, and go where it sends."""
        return self._took(self.client.get(address, follow=True, headers=self._headers()), address)

    def follow(self, words: str) -> Visit:
        """Follow the first link with these words."""
        for link in self._page.css("a[href]"):
            if words in " ".join(link.text().split()):
                return self.open(str(link.attributes["href"]))
        raise AssertionError(f"no link {words!r} at {self.address}:\n{self.text}")

    def press(self, words: str, *, within: str = "body", **typed: str) -> Visit:
        """Type into the form that has a button with these words, and press it."""
        for button in self._page.css(f"{within} form button"):
            if " ".join(button.text().split()) == words:
                return self._send(button, typed)
        raise AssertionError(f"no button {words!r} at {self.address}:\n{self.text}")

    @property
    def text(self) -> str:
        """The words of the page's content."""
        main = self._page.css_first("main")
        return " ".join(main.text(separator=" ").split()) if main else ""

    def value(self, selector: str) -> str:
        """What stands in a field or a box."""
        node = self._page.css_first(selector)
        assert node, f"no {selector} at {self.address}"
        return _value(node)

    def has(self, selector: str) -> bool:
        """Whether the page has such an element."""
        return self._page.css_first(selector) is not None

    @property
    def _page(self) -> LexborHTMLParser:
        return LexborHTMLParser(self.html)

    def _headers(self) -> dict[str, str]:
        return {"Referer": f"http://testserver{self.address}"}

    def _send(self, button: LexborNode, typed: dict[str, str]) -> Visit:
        form = _form_of(button)
        fields = form.typed(**typed)
        if name := button.attributes.get("name"):
            fields.append((name, button.attributes.get("value") or ""))
        target = button.attributes.get("formaction") or form.node.attributes.get("action")
        address = target or self.address
        sent: dict[str, Any] = {}
        for name, value in fields:
            sent.setdefault(name, []).append(value)
        headers = self._headers() | {"Origin": "http://testserver"}
        if (form.node.attributes.get("method") or "get").lower() == "get":
            response = self.client.get(address, sent, follow=True, headers=headers)
        else:
            response = self.client.post(address, sent, follow=True, headers=headers)
        return self._took(response, address)

    def _took(self, response: Any, address: str) -> Visit:
        if response.redirect_chain:
            address = response.redirect_chain[-1][0]
        self.address, self.status = address.split("#")[0], response.status_code
        self.html = response.content.decode()
        return self


def _form_of(node: LexborNode) -> Form:
    while node.tag != "form":
        assert node.parent
        node = node.parent
    fields = [
        (str(each.attributes["name"]), _value(each))
        for each in node.css("input[name], textarea[name], select[name]")
        if _is_sent(each)
    ]
    return Form(node, fields)


def _is_sent(node: LexborNode) -> bool:
    if node.attributes.get("type") in ("checkbox", "radio"):
        return "checked" in node.attributes
    return node.attributes.get("type") != "submit"


def _value(node: LexborNode) -> str:
    if node.tag == "textarea":
        # A browser leaves out the line end after the tag, and sends line ends as CR LF.
        return (node.text() or "").removeprefix("\n").replace("\n", "\r\n")
    if node.tag == "select":
        chosen = node.css_first("option[selected]") or node.css_first("option")
        return (chosen.attributes.get("value") or "") if chosen else ""
    return node.attributes.get("value") or ""
