"""The pages that tests go through, each with the one who sees most of it."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

from tests.browser.conftest import ADMINISTRATOR, MEMBER, MODERATOR


@dataclass(frozen=True, slots=True)
class Stop:
    """A page: its address, in which `{back}` and the like are ids of the site."""

    path: str
    by: str = ""
    status: int = 200


STOPS = (
    Stop("/"),
    Stop("/", MEMBER),
    Stop("/b/{board}/"),
    Stop("/b/{board}/", MEMBER),
    Stop("/t/{back}/"),
    Stop("/t/{back}/", MEMBER),
    Stop("/t/{odd}/", MEMBER),
    Stop("/t/{odd}/", MODERATOR),
    Stop("/t/{long}/"),
    Stop("/t/{back}/print"),
    Stop("/new/", MEMBER),
    Stop("/unanswered/"),
    Stop("/mine/posts/", MEMBER),
    Stop("/watched/", MEMBER),
    Stop("/search/?q=back"),
    Stop("/search/?q=nothingofthekind"),
    Stop("/members/"),
    Stop("/m/{member}/", MEMBER),
    Stop("/online/", MEMBER),
    Stop("/alerts/", MEMBER),
    Stop("/drafts/", MEMBER),
    Stop("/b/{board}/new", MEMBER),
    Stop("/t/{back}/reply", MEMBER),
    Stop("/p/{edited}/edit", MEMBER),
    Stop("/p/{edited}/history", MEMBER),
    Stop("/p/{edited}/report", MODERATOR),
    Stop("/account/login/"),
    Stop("/account/signup/"),
    Stop("/account/password/reset/"),
    Stop("/account/", MEMBER),
    Stop("/account/profile/", MEMBER),
    Stop("/account/reading/", MEMBER),
    Stop("/account/sessions/", MEMBER),
    Stop("/account/data/", MEMBER),
    Stop("/account/2fa/", MEMBER),
    Stop("/mod/", MODERATOR),
    Stop("/mod/reports/", MODERATOR),
    Stop("/mod/log/", MODERATOR),
    Stop("/mod/boards/{board}/", MODERATOR),
    Stop("/mod/members/{member}/", MODERATOR),
    Stop("/t/{back}/move", MODERATOR),
    Stop("/mod/split/{back}/", MODERATOR),
    Stop("/admin/", ADMINISTRATOR),
    Stop("/admin/settings/", ADMINISTRATOR),
    Stop("/admin/boards/", ADMINISTRATOR),
    Stop("/admin/boards/{board}/", ADMINISTRATOR),
    Stop("/admin/groups/", ADMINISTRATOR),
    Stop("/admin/rights/", ADMINISTRATOR),
    Stop("/admin/members/?q=le", ADMINISTRATOR),
    Stop("/admin/members/{member}/", ADMINISTRATOR),
    Stop("/admin/codes/new", ADMINISTRATOR),
    Stop("/admin/smilies/new", ADMINISTRATOR),
    Stop("/admin/notices/", ADMINISTRATOR),
    Stop("/admin/pictures/", ADMINISTRATOR),
    Stop("/admin/jobs/", ADMINISTRATOR),
    Stop("/new-thread", MEMBER),
    Stop("/contact/"),
    Stop("/page/terms/"),
    Stop("/archive/"),
    Stop("/nothing/", MEMBER, 404),
)


def name_of(stop: Stop) -> str:
    """How a test's name shows the page."""
    return f"{stop.path.strip('/') or 'index'} by {stop.by or 'a visitor'}"


def box(page: Page) -> Locator:
    """The box to write in, once the scripts that belong to it have come."""
    field = page.locator("textarea[data-composer]")
    field.scroll_into_view_if_needed()
    page.locator("textarea[data-ready]").wait_for()
    return field
