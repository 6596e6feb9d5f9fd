from datetime import date, datetime

import pytest

from paceline.imports.saved_pages.dates import (
    Order,
    Stamp,
    decide,
    is_date,
    read_moment,
    read_month,
)
from paceline.imports.saved_pages.page import Month


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("7th Mar 2021, 05:42", datetime(2021, 3, 7, 5, 42)),
        ("7 March 2021, 05:42 PM", datetime(2021, 3, 7, 17, 42)),
        ("March 7th, 2021, 12:05 AM", datetime(2021, 3, 7, 0, 5)),
        ("Mar 7, 2021 at 5:42 pm", datetime(2021, 3, 7, 17, 42)),
        ("8th Mar 2021 at 06:07", datetime(2021, 3, 8, 6, 7)),
        ("Sunday, 7. März 2021, 05:42", datetime(2021, 3, 7, 5, 42)),
        ("2008-10-03, 11:40", datetime(2008, 10, 3, 11, 40)),
        ("2008-10-03", datetime(2008, 10, 3)),
        ("1 de enero de 2010, 12:00", datetime(2010, 1, 1, 12, 0)),
    ],
)
def test_a_date_with_a_name_or_a_year_first_is_read_in_one_way(text, moment):
    assert is_date(text)
    assert {read_moment(text, order) for order in Order} == {moment}


@pytest.mark.parametrize(
    ("text", "month_first", "day_first"),
    [
        ("10-03-08, 11:40 AM", datetime(2008, 10, 3, 11, 40), datetime(2008, 3, 10, 11, 40)),
        ("10-03-2008, 23:40", datetime(2008, 10, 3, 23, 40), datetime(2008, 3, 10, 23, 40)),
        ("03.10.2008, 11:40", datetime(2008, 3, 10, 11, 40), datetime(2008, 10, 3, 11, 40)),
        ("03/10/98 11:40", datetime(1998, 3, 10, 11, 40), datetime(1998, 10, 3, 11, 40)),
        ("31-12-2008, 11:40", None, datetime(2008, 12, 31, 11, 40)),
    ],
)
def test_a_date_of_three_numbers_depends_on_their_order(text, month_first, day_first):
    assert read_moment(text, Order.MONTH_FIRST) == month_first
    assert read_moment(text, Order.DAY_FIRST) == day_first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "11:40",
        "10-03",
        "31-31-2008",
        "10-03-08, 25:00",
        "10-03-08, 13:00 PM",
        "1 Hello 2008",
    ],
)
def test_what_is_no_date_is_none(text):
    assert all(read_moment(text, order) is None for order in Order)


def test_a_long_text_is_no_date():
    assert not is_date("1 " + "a" * 100_000)


def test_today_and_yesterday_count_from_the_day_of_saving():
    order, saved_on = Order.MONTH_FIRST, date(2009, 1, 1)

    assert read_moment("Today, 09:12 PM", order, saved_on) == datetime(2009, 1, 1, 21, 12)
    assert read_moment("Yesterday, 09:12", order, saved_on) == datetime(2008, 12, 31, 9, 12)
    assert read_moment("Gestern, 09:12", order, saved_on) == datetime(2008, 12, 31, 9, 12)
    assert read_moment("Today, 09:12", order) is None


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Dec 2007", Month(2007, 12)),
        ("December 2007", Month(2007, 12)),
        ("Dez 2007", Month(2007, 12)),
        ("12-2007", Month(2007, 12)),
        ("2007-12-31", Month(2007, 12)),
        ("31.12.2007", Month(2007, 12)),
        ("10-03-2007", None),
        ("n/a", None),
    ],
)
def test_join_dates_are_months(text, month):
    assert read_month(text) == month


def test_a_number_above_twelve_decides():
    decision = decide([Stamp("03-04-2008, 10:00 AM"), Stamp("03-25-2008, 10:00 AM")])
    assert (decision.order, decision.doubt) == (Order.MONTH_FIRST, "")

    decision = decide([Stamp("03-04-2008, 10:00 AM"), Stamp("25-04-2008, 10:00 AM")])
    assert (decision.order, decision.doubt) == (Order.DAY_FIRST, "")


def test_posts_stand_in_the_order_of_time():
    decision = decide([Stamp("09-11-2008, 10:00 AM"), Stamp("01-12-2008, 10:00 AM")])

    assert (decision.order, decision.doubt) == (Order.DAY_FIRST, "")


def test_nobody_posts_before_joining():
    decision = decide([Stamp("10-03-2008, 10:00", joined=Month(2008, 9))])

    assert (decision.order, decision.doubt) == (Order.MONTH_FIRST, "")


def test_no_edit_comes_before_its_post():
    decision = decide([Stamp("09-11-2008, 10:00 AM", edited_text="01-12-2008 at 10:00 AM")])

    assert (decision.order, decision.doubt) == (Order.DAY_FIRST, "")


def test_a_year_may_come_first_with_two_digits():
    decision = decide([Stamp("08-12-30, 10:00"), Stamp("08-12-31, 10:00")])

    assert decision.order is Order.YEAR_FIRST
    assert decision.read("08-12-31, 10:00") == datetime(2008, 12, 31, 10, 0)


def test_what_nothing_decides_is_read_by_custom_and_doubted():
    american = decide([Stamp("10-03-2008, 10:00 AM")])
    assert american.order is Order.MONTH_FIRST
    assert "AM and PM" in american.doubt

    european = decide([Stamp("10.03.2008, 10:00")])
    assert european.order is Order.DAY_FIRST
    assert "24-hour" in european.doubt


def test_dates_that_contradict_each_other_are_doubted():
    decision = decide([Stamp("25-01-2008, 10:00"), Stamp("01-26-2008, 10:00")])

    assert "contradict" in decision.doubt


def test_dates_with_names_leave_no_doubt():
    assert decide([Stamp("7th Mar 2021, 05:42")]).doubt == ""
    assert decide([]).doubt == ""


def test_what_the_importer_is_told_is_believed():
    decision = decide([Stamp("10-25-2008, 10:00 AM")], told=Order.DAY_FIRST)

    assert decision.order is Order.DAY_FIRST
    assert decision.read("10-25-2008, 10:00 AM") is None
