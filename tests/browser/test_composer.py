"""What scripts add to the form: the toolbar and its keys, dialogs, preview, completion."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import MEMBER
from tests.browser.pages import box
from tests.browser.test_access import RULES, faults

pytestmark = pytest.mark.browser


def write_in(page, language):
    page.get_by_label("Written in").select_option(language)


def tool(page, name):
    return page.get_by_role("toolbar", name="Formatting").get_by_role(
        "button", name=name, exact=True
    )


BBCODE = {
    "Bold": "[b]very[/b]",
    "Italic": "[i]very[/i]",
    "Quote": "[quote]very[/quote]",
    "List": "[list]\n[*]very\n[/list]",
    "Code": "[code]very[/code]",
    "Spoiler": "[spoiler]very[/spoiler]",
}
MARKDOWN = {
    "Bold": "**very**",
    "Italic": "*very*",
    "Quote": "> very",
    "List": "- very",
    "Code": "`very`",
    "Spoiler": "||very||",
}


@pytest.mark.parametrize(("language", "written"), [("bbcode", BBCODE), ("markdown", MARKDOWN)])
def test_each_tool_writes_the_source_of_the_language_and_can_be_undone(
    visit, own, language, written
):
    page = visit(f"{own}reply", by=MEMBER)
    write_in(page, language)
    for name, source in written.items():
        box(page).fill("very")
        box(page).select_text()
        tool(page, name).click()
        assert box(page).input_value() == source, name
        box(page).press("Control+z")
        assert box(page).input_value() == "very", name


def test_what_is_bold_already_is_made_plain_again(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("so very much")
    box(page).evaluate("it => it.setSelectionRange(3, 8)")  # with the blank after it
    tool(page, "Bold").click()
    assert box(page).input_value() == "so [b]very[/b] much"
    tool(page, "Bold").click()
    assert box(page).input_value() == "so very much"
    tool(page, "List").click()
    assert box(page).input_value() == "[list]\n[*]so very much\n[/list]"


def test_lines_become_items_and_code_becomes_a_block(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    write_in(page, "markdown")
    box(page).fill("one\ntwo")
    box(page).select_text()
    tool(page, "List").click()
    assert box(page).input_value() == "- one\n- two"
    tool(page, "List").click()
    assert box(page).input_value() == "one\ntwo"
    box(page).select_text()
    tool(page, "Code").click()
    assert box(page).input_value() == "```\none\ntwo\n```"


def test_keys_do_what_the_tools_do(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    for key, source in {
        "b": BBCODE["Bold"],
        "i": BBCODE["Italic"],
        "Shift+.": BBCODE["Quote"],
    }.items():
        box(page).fill("very")
        box(page).select_text()
        box(page).press(f"Control+{key}")
        assert box(page).input_value() == source
    assert tool(page, "Bold").get_attribute("title") == "Bold (Ctrl+B)"
    assert tool(page, "Bold").get_attribute("aria-keyshortcuts") == "Control+B"


def test_the_toolbar_is_one_stop_with_arrows_along_it(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Bold"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.ariaLabel") == "Italic"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.ariaLabel") == "Attach files"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.ariaLabel") == "Bold"
    page.keyboard.press("End")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "source"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "Attach files"


def test_a_link_is_asked_for_and_written_by_keys_alone(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("see the chart")
    box(page).evaluate("it => it.setSelectionRange(8, 13)")
    box(page).press("Control+k")
    dialog = page.get_by_role("dialog", name="Link")
    expect(dialog).to_be_visible()
    assert dialog.get_by_label("Words that link there").input_value() == "chart"
    page.keyboard.type("example.com/a b]")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert box(page).input_value() == 'see the [url="https://example.com/a%20b%5D"]chart[/url]'
    assert box(page).evaluate("it => it === document.activeElement")

    box(page).fill("")
    write_in(page, "markdown")
    box(page).press("Control+k")
    page.keyboard.type("https://example.com/a_(b)")
    page.keyboard.press("Tab")
    page.keyboard.type("a [b]")
    page.keyboard.press("Enter")
    assert box(page).input_value() == "[a \\[b\\]](<https://example.com/a_(b)>)"

    box(page).press("Control+k")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert box(page).evaluate("it => it === document.activeElement")


def test_an_address_pasted_over_words_links_them(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("the chart")
    box(page).select_text()
    page.evaluate("navigator.clipboard.writeText('https://example.com/chart')")
    box(page).press("Control+v")
    assert box(page).input_value() == '[url="https://example.com/chart"]the chart[/url]'


def test_a_smilie_is_found_by_its_name_with_keys_alone(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("Well")
    tool(page, "Smilies").click()
    dialog = page.get_by_role("dialog", name="Smilies")
    expect(dialog.get_by_role("button", name="smile", exact=True)).to_be_visible()
    page.keyboard.type("wink")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    assert box(page).input_value() == "Well ;) "

    tool(page, "Smilies").click()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value(re.compile(r"^Well ;\) \S+ $"))


def test_dialogs_and_the_toolbar_have_nothing_serious(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("Some [b]words[/b]")
    expect(page.locator(".preview .text")).to_be_visible()
    assert faults(page, RULES) == []
    for name in ("Link", "Picture from the web", "Smilies"):
        tool(page, name).click()
        page.get_by_role("dialog").wait_for()
        assert faults(page, RULES) == []
        page.keyboard.press("Escape")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".format-help summary").click()
    assert faults(page, RULES) == []


def test_the_help_is_that_of_the_language(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page)
    page.locator(".format-help summary").click()
    expect(page.get_by_text("[b]bold[/b]")).to_be_visible()
    expect(page.get_by_text("**bold**")).to_be_hidden()
    write_in(page, "markdown")
    expect(page.get_by_text("**bold**")).to_be_visible()


def test_on_a_phone_the_tools_are_one_row_of_large_targets(visit, own):
    page = visit(f"{own}reply", by=MEMBER, width=360, height=740)
    box(page)
    boxes = page.locator(".toolbar button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    assert min(min(each["width"], each["height"]) for each in boxes) >= 44
    assert len({each["y"] for each in boxes}) == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    tool(page, "Smilies").click()
    dialog = page.get_by_role("dialog").bounding_box()
    assert dialog["x"] >= 0
    assert dialog["x"] + dialog["width"] <= 360


# Preview


def test_the_preview_is_what_the_post_becomes(visit, own):
    page = visit(own, by=MEMBER)
    box(page).fill("[b]Bold[/b] and https://example.com/ :)")
    shown = page.locator(".preview .text")
    expect(shown).to_be_visible()
    promised = shown.inner_html()
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p\d+$"))
    page.wait_for_load_state("load")
    assert page.get_by_role("article").last.locator(".text").inner_html() == promised


def test_the_preview_follows_what_is_typed_and_its_language(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("[b]One[/b]")
    expect(page.locator(".preview .text")).to_have_text("One")
    box(page).press("End")
    box(page).press_sequentially(" and two")
    expect(page.locator(".preview .text")).to_have_text("One and two")
    write_in(page, "markdown")
    expect(page.locator(".preview .text")).to_have_text("[b]One[/b] and two")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".preview")).to_be_hidden()
    page.reload()
    assert box(page).input_value() == "[b]One[/b] and two"
    assert page.get_by_label("Written in").input_value() == "markdown"
    expect(page.locator(".preview")).to_be_hidden()


def test_on_a_phone_the_preview_comes_when_asked_for(visit, own):
    page = visit(own, by=MEMBER, width=390)
    box(page).fill("[b]One[/b]")
    page.wait_for_timeout(900)
    expect(page.locator(".preview")).to_be_hidden()
    box(page).press("Control+Shift+p")
    expect(page.locator(".preview .text")).to_have_text("One")
    expect(page.get_by_text("The preview is shown below.")).to_be_attached()


# Completion


def test_names_are_offered_after_an_at_sign(visit, own):
    page = visit(own, by=MEMBER)
    box(page).press_sequentially("Ask @mar")
    option = page.get_by_role("option", name="Marit Holm")
    expect(option).to_be_visible()
    assert box(page).get_attribute("aria-activedescendant")
    box(page).press("Enter")
    assert box(page).input_value() == 'Ask @"Marit Holm" '
    expect(option).to_be_hidden()
    box(page).press("Control+z")
    assert box(page).input_value().startswith("Ask @")


def test_an_offer_can_be_touched_or_left(visit, own):
    page = visit(own, by=MEMBER, width=390)
    box(page).press_sequentially("Ask @mar")
    page.get_by_role("option", name="Marit Holm").tap()
    assert box(page).input_value() == 'Ask @"Marit Holm" '
    box(page).press_sequentially("@mar")
    expect(page.locator(".suggestions li")).to_be_visible()
    box(page).press("Escape")
    expect(page.locator(".suggestions li")).to_be_hidden()
    box(page).press("Enter")
    assert box(page).input_value() == 'Ask @"Marit Holm" @mar\n'


def test_tags_and_smilies_are_offered_while_typing(visit, own):
    page = visit(own, by=MEMBER)
    box(page).press_sequentially("[spo")
    expect(page.get_by_role("option", name="[spoiler]")).to_be_visible()
    box(page).press("Tab")
    assert box(page).input_value() == "[spoiler][/spoiler]"
    box(page).press_sequentially("no :win")
    expect(page.get_by_role("option", name="😉 wink")).to_be_visible()
    box(page).press("Enter")
    assert box(page).input_value() == "[spoiler]no ;) [/spoiler]"


def test_a_field_for_a_member_is_a_combobox(visit, own):
    page = visit(own, by=MEMBER)
    page.locator(".thread-head summary").filter(has_text="Tools").click()
    field = page.locator("#tag-name")
    field.press_sequentially("mar")
    expect(page.get_by_role("option", name="Marit Holm")).to_be_visible()
    assert field.get_attribute("role") == "combobox"
    assert field.get_attribute("aria-expanded") == "true"
    field.press("Enter")
    assert field.input_value() == "Marit Holm"
    assert field.get_attribute("aria-expanded") == "false"


def test_enter_goes_on_with_a_list_until_an_item_has_no_words(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    write_in(page, "markdown")
    box(page).press_sequentially("- one\ntwo\n\nand so on\n3. three\nfour")
    assert box(page).input_value() == "- one\n- two\nand so on\n3. three\n4. four"
    write_in(page, "bbcode")
    box(page).fill("")
    tool(page, "List").click()
    box(page).press_sequentially("one\ntwo")
    assert box(page).input_value() == "[list]\n[*]one\n[*]two\n[/list]"
