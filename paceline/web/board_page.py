"""Tags for Django's template language, in which django-allauth's pages are written.

`{% boardpage %}` puts such a page into the shell of the board, which is written in Jinja; the
others give its forms the look of ours.
"""

from typing import Any

from django import template
from django.forms import BoundField
from django.template import engines
from django.template.base import NodeList, Parser, Token

register = template.Library()


class BoardPage(template.Node):
    """What stands inside, as the content of a page of the board, with `page_title` as its title.

    Where `page_layout` is "manage", the page is one of the account's own, with links to the others.
    """

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> Any:
        page = engines["jinja2"].get_template("account/allauth_page.html")
        inside = {
            "content": self.nodelist.render(context),
            "page_title": context["page_title"],
            "is_own_account": context["page_layout"] == "manage",
        }
        return page.render(inside, context["request"])


@register.tag
def boardpage(parser: Parser, token: Token) -> BoardPage:
    nodelist = parser.parse(("endboardpage",))
    parser.delete_first_token()
    return BoardPage(nodelist)


@register.simple_tag
def buttonclass(attrs: dict[str, Any]) -> str:
    """The classes of a button, by what allauth says of it: one page has one primary button."""
    tags = set(attrs.get("tags") or ())
    if tags & {"danger", "delete"}:
        return "button danger"
    is_other = tags & {"outline", "secondary", "minor", "link", "cancel", "tool"}
    if attrs.get("type") == "submit" and not attrs.get("form") and not is_other:
        return "button primary"
    return "button"


@register.simple_tag
def plainwidget(field: BoundField) -> str:
    """The input of a field without the placeholder, which would only repeat the label."""
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget()
