"""Files go to a post: chosen, pasted, dropped, with progress, and off again."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import MEMBER
from tests.browser.pages import box
from tests.browser.test_access import RULES, faults
from tests.samples import picture

pytestmark = pytest.mark.browser

CODE = re.compile(r"^See\n\[attach\]\d+\[/attach\]\n$")


def a_file(name="ride.png", **more):
    return {"name": name, "mimeType": "image/png", "buffer": picture(**more)}


def choose(page, *files):
    box(page)
    page.locator("input[type=file]").set_input_files(list(files))


def test_a_chosen_picture_is_sent_shown_and_posted(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("See")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Attach files").click()
    chooser.value.set_files([a_file()])

    expect(box(page)).to_have_value(CODE)
    expect(page.get_by_text("ride.png is attached.")).to_be_attached()
    expect(page.locator(".preview .text img")).to_be_visible()
    assert faults(page, RULES) == []
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p\d+$"))
    page.wait_for_load_state("load")
    shown = page.get_by_role("article").last.locator(".text img")
    assert shown.evaluate("it => it.complete && it.naturalWidth > 0")


def test_in_markdown_it_is_written_in_markdown(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    page.get_by_label("Written in").select_option("markdown")
    choose(page, a_file())
    expect(box(page)).to_have_value(re.compile(r"^!\[ride\.png\]\(attachment:\d+\)\n$"))


def test_a_pasted_picture_stands_where_the_caret_was(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("Before\nAfter")
    box(page).evaluate("it => it.setSelectionRange(7, 7)")
    page.evaluate(
        """async () => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 40, height: 30 });
          canvas.getContext("2d").fillRect(0, 0, 40, 30);
          const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
          await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
        }"""
    )
    box(page).press("Control+v")
    expect(box(page)).to_have_value(re.compile(r"^Before\n\[attach\]\d+\[/attach\]\nAfter$"))


def test_several_files_stand_in_the_order_in_which_they_were_given(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("See")
    choose(page, a_file("one.png"), a_file("two.png", colour="red"))
    expect(page.locator(".attached img")).to_have_count(2)
    one, two = (int(each) for each in re.findall(r"\d+", box(page).input_value()))
    assert one < two


def test_files_are_dropped_and_removed(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    box(page).fill("See")
    page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["Hip flexors."], "plan.txt", { type: "text/plain" }));
          const frame = document.querySelector(".writing");
          for (const type of ["dragenter", "dragover", "drop"]) {
            const facts = { dataTransfer: data, bubbles: true, cancelable: true };
            frame.dispatchEvent(new DragEvent(type, facts));
          }
        }"""
    )
    expect(box(page)).to_have_value(re.compile(r"\[attach\]\d+\[/attach\]"))
    row = page.get_by_role("listitem").filter(has_text="plan.txt")
    row.get_by_role("button", name="Remove plan.txt").click()
    expect(row).to_have_count(0)
    assert "attach" not in box(page).input_value()
    page.reload()
    assert page.get_by_text("plan.txt").count() == 0


def test_what_is_typed_meanwhile_stays_and_so_does_the_caret(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    held: list[Route] = []
    page.route("**/attachments/", lambda route: held.append(route))
    box(page).fill("One. Two.")
    box(page).evaluate("it => it.setSelectionRange(5, 5)")
    choose(page, a_file())
    expect(page.get_by_role("progressbar", name="Sending ride.png")).to_be_visible()
    box(page).evaluate("it => it.setSelectionRange(0, 0)")
    box(page).press_sequentially("Zero. ")
    box(page).press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("still on its way")
    held[0].continue_()
    expect(box(page)).to_have_value(re.compile(r"^Zero\. One\. \n\[attach\]\d+\[/attach\]\nTwo\.$"))
    assert box(page).evaluate("it => it.selectionStart") == len("Zero. ")


def test_a_file_that_is_not_taken_says_why_and_can_be_tried_again(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    page.route("**/attachments/", lambda route: route.fulfill(status=502, body="Bad gateway"))
    choose(page, a_file())
    expect(page.get_by_role("alert")).to_contain_text("The board did not take it.")
    page.unroute("**/attachments/")
    page.get_by_role("button", name="Try again ride.png").click()
    expect(box(page)).to_have_value(re.compile(r"\[attach\]"))
    choose(page, {"name": "run.exe", "mimeType": "image/png", "buffer": b"MZ\x90\x00" * 50})
    expect(page.get_by_role("alert")).to_be_visible()
    assert "MZ" not in page.get_by_role("alert").inner_text()
    page.get_by_role("button", name="Remove run.exe").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_upload_can_be_cancelled(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    page.route("**/attachments/", lambda route: None)
    choose(page, a_file())
    page.get_by_role("button", name="Cancel ride.png").click()
    expect(page.locator(".attached li")).to_have_count(0)
    box(page).fill("Without it, then.")
    page.get_by_role("button", name="Post reply").click()
    page.wait_for_url(re.compile(r"#p\d+$"))


def test_what_is_too_large_is_not_even_sent(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    choose(page, {"name": "big.bin", "mimeType": "text/plain", "buffer": b"x" * 11_000_000})
    expect(page.get_by_role("alert")).to_contain_text(
        "big.bin has 11.0 MB; a file may have 10.5 MB"
    )


def test_files_sent_before_a_reload_are_still_there(visit, own):
    page = visit(f"{own}reply", by=MEMBER)
    choose(page, a_file())
    expect(page.locator(".composer-foot")).to_contain_text("Saved at")
    page.goto(own)
    assert "[attach]" in box(page).input_value()
    expect(page.locator(".attached li")).to_contain_text("ride.png")


def test_on_a_phone_everything_stays_in_the_frame(visit, own):
    page = visit(f"{own}reply", by=MEMBER, width=360)
    choose(page, a_file("a-very-long-name-without-any-blank-in-it-at-all.png"))
    expect(page.locator(".attached img")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = page.locator(".attached button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44


def test_without_script_files_go_with_the_form(visit, own):
    page = visit(f"{own}reply", by=MEMBER, script=False)
    page.locator("textarea").fill("See below")
    page.locator("input[type=file]").set_input_files([a_file()])
    page.get_by_role("button", name="Attach", exact=True).click()
    assert page.locator("textarea").input_value() == "See below"
    assert page.locator(".attached li").count() == 1
    page.locator("input[type=file]").set_input_files([a_file("two.png", size=(20, 20))])
    page.get_by_role("button", name="Remove ride.png").click()
    assert page.locator(".attached li").all_inner_texts()[0].startswith("two.png")
    page.locator("input[type=file]").set_input_files([a_file("three.png", size=(30, 30))])
    page.get_by_role("button", name="Post reply").click()
    mine = page.get_by_role("article").last
    assert mine.locator(".attachments img").count() == 2
