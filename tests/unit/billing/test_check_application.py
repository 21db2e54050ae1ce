"""Which stated figures of an application tie, and what a check calls those that do not."""

from datetime import date

import attrs
import pytest

from milestone_invoicing import (
    ApplicationLine,
    ChangeOrderSummary,
    Money,
    Percent,
    ProgressApplication,
    check_application,
    progress_application,
)
from milestone_invoicing.errors import (
    BlankTextError,
    CurrencyMismatchError,
    DateTypeError,
    DuplicateKeyError,
    WrongTypeError,
)
from tests.unit.building import JULY_31, JUNE_30, at_work, building, usd

WORK = at_work(building())
BEFORE = progress_application(WORK, number="2", as_of=JUNE_30)
RIGHT = progress_application(WORK, number="3", as_of=JULY_31, previous=BEFORE)
BASE, FRAME = RIGHT.lines[1], RIGHT.lines[3]


def codes(application: ProgressApplication, previous: ProgressApplication | None = None):
    return [each.code for each in check_application(application, previous=previous)]


def with_line(**changed: object) -> ProgressApplication:
    """Return the right application with another frame; its other figures stay as they are."""
    lines = (*RIGHT.lines[:3], attrs.evolve(FRAME, **changed), RIGHT.lines[4])
    return attrs.evolve(RIGHT, lines=lines)


def with_summary(**changed: object) -> ProgressApplication:
    return attrs.evolve(RIGHT, **changed)


WRONG = {
    "C + 10,000": (
        with_line(scheduled=usd(90_000)),
        ["line_percent", "line_balance", "scheduled_column"],
    ),
    "D + 1": (with_line(previous=usd(20_001)), ["line_total", "previous_column"]),
    "E + 1": (with_line(this_period=usd(44_001)), ["line_total"]),
    "F + 1": (with_line(stored=usd(4001)), ["line_total"]),
    "G + 1,000": (
        with_line(completed_and_stored=usd(69_000)),
        ["line_total", "line_percent", "line_balance", "completed_column"],
    ),
    "G / C + 1 %": (with_line(percent=Percent(86)), ["line_percent"]),
    "no G / C": (with_line(percent=None), ["line_percent"]),
    "H + 1": (with_line(balance=usd(12_001)), ["line_balance"]),
    "I + 1": (with_line(retainage=FRAME.retainage + usd(1)), ["retainage_column"]),
    "no I in one line": (with_line(retainage=None), []),
    "line 1 + 1": (with_summary(original_sum=usd(200_001)), ["contract_sum"]),
    "line 2 + 1": (with_summary(change_orders=usd(6001)), ["change_orders", "contract_sum"]),
    "line 2 without a summary": (
        with_summary(changes=None, change_orders=usd(6001)),
        ["contract_sum"],
    ),
    "line 3 + 1": (
        with_summary(contract_sum=usd(206_001)),
        ["scheduled_column", "contract_sum", "balance_to_finish"],
    ),
    "line 4 + 1": (with_summary(completed_and_stored=usd(160_601)), ["completed_column", "earned"]),
    "line 5a + 1": (with_summary(retainage_completed=usd(12_981)), ["retainage"]),
    "line 5b + 1": (with_summary(retainage_stored=usd(201)), ["retainage"]),
    "line 5 + 1": (
        with_summary(retainage=usd(13_181)),
        ["retainage_column", "retainage", "earned"],
    ),
    "line 6 + 1": (
        with_summary(earned_less_retainage=usd(147_421)),
        ["earned", "payment_due", "balance_to_finish"],
    ),
    "line 7 + 1": (
        with_summary(previous_certificates=usd(111_701)),
        ["previous_certificates", "payment_due"],
    ),
    "line 8 + 1": (with_summary(payment_due=usd(35_721)), ["payment_due"]),
    "line 9 + 1": (with_summary(balance_to_finish=usd(58_581)), ["balance_to_finish"]),
    "a line left out": (
        with_summary(lines=RIGHT.lines[1:]),
        ["previous_column", "scheduled_column", "completed_column", "retainage_column"],
    ),
    "no lines": (with_summary(lines=()), ["previous_column"] * 4),
}


@pytest.mark.parametrize(("application", "expected"), WRONG.values(), ids=WRONG)
def test_each_figure_that_is_wrong_is_found_under_its_name(application, expected):
    assert codes(application, BEFORE) == expected


def test_what_is_right_has_no_findings():
    assert codes(RIGHT) == codes(RIGHT, BEFORE) == []


def test_without_the_one_before_what_carries_over_is_not_looked_at():
    assert codes(with_line(previous=usd(20_000), this_period=usd(44_000))) == []
    assert codes(with_summary(previous_certificates=usd(1), payment_due=usd(147_419))) == []


def test_a_summary_alone_before_says_nothing_of_columns():
    alone = attrs.evolve(BEFORE, lines=())
    assert codes(RIGHT, alone) == []


def test_findings_say_where_and_what_would_be_right():
    assert [str(each) for each in check_application(with_line(balance=usd(12_001)))] == [
        "error: lines.frame.H: USD 12001.00 is not C - G, which is USD 12000.00 (line_balance)"
    ]
    left_out = check_application(with_summary(lines=RIGHT.lines[1:]), previous=BEFORE)
    assert str(left_out[0]) == (
        "error: lines.site: the line is left out, and USD 20000.00 of the application before with "
        "it (previous_column)"
    )
    less = check_application(
        with_summary(previous_certificates=usd(100_000), payment_due=usd(47_420)), previous=BEFORE
    )
    assert str(less[0]) == (
        "warning: line_7: USD 100000.00 was certified, and USD 111700.00 applied for "
        "(previous_certificates)"
    )
    assert len(less) == 1


def test_more_than_the_scheduled_value_is_a_warning():
    over = attrs.evolve(
        BASE,
        this_period=usd(1),
        completed_and_stored=usd(60_001),
        percent=Percent("100.0017"),
        balance=usd(-1),
    )
    found = check_application(attrs.evolve(RIGHT, lines=[over]))
    assert str(found[0]) == (
        "warning: lines.base.G: USD 60001.00 is more than the scheduled value of USD 60000.00 "
        "(over_scheduled)"
    )
    assert "over_scheduled" not in codes(RIGHT)


SHARES = {
    "40,000 / 60,000 = 66.666...% reads 67%": ("67", True),
    "66.7%": ("66.7", True),
    "66.67%": ("66.67", True),
    "66.6667%": ("66.6667", True),
    "the exact share": ("200/3", True),
    "66%": ("66", False),
    "68%": ("68", False),
    "66.6%": ("66.6", False),
    "66.8%": ("66.8", False),
    "another third": ("199/3", False),
}


@pytest.mark.parametrize(("points", "ties"), SHARES.values(), ids=SHARES)
def test_a_percentage_may_be_rounded_to_the_decimals_it_is_written_with(points, ties):
    none = usd(0)
    line = ApplicationLine("a", "A", usd(60_000), none, usd(40_000), none, percent=Percent(points))
    assert ("line_percent" not in codes(attrs.evolve(RIGHT, lines=[line]))) is ties


@pytest.mark.parametrize(("points", "ties"), [("50", True), ("51", True), ("49", False)])
def test_a_tie_may_be_rounded_to_both_sides(points, ties):
    none = usd(0)
    line = ApplicationLine("a", "A", usd(200), none, usd(101), none, percent=Percent(points))
    assert ("line_percent" not in codes(attrs.evolve(RIGHT, lines=[line]))) is ties


def test_what_is_worth_nothing_has_no_percentage():
    none = usd(0)
    line = ApplicationLine("a", "A", none, none, none, none)
    assert line.percent is None
    stated = attrs.evolve(RIGHT, lines=[attrs.evolve(line, percent=Percent(0))])
    assert "line_percent" in codes(stated)


def test_figures_that_are_not_stated_follow_from_the_others():
    stated = ProgressApplication(
        "1",
        JUNE_30,
        original_sum=usd(1000),
        change_orders=usd(50),
        retainage_completed=usd(40),
        retainage_stored=usd(5),
        previous_certificates=usd(100),
        completed_and_stored=usd(450),
    )
    assert (stated.contract_sum, stated.retainage) == (usd(1050), usd(45))
    assert (stated.earned_less_retainage, stated.payment_due) == (usd(405), usd(305))
    assert (stated.balance_to_finish, stated.totals) == (usd(645), None)
    assert codes(stated) == []


def test_a_summary_of_change_orders_gives_line_2():
    changes = ChangeOrderSummary(usd(100), usd(20), usd(5), usd(50))
    assert changes.net == usd(35)
    stated = ProgressApplication(
        "1",
        JUNE_30,
        original_sum=usd(1000),
        changes=changes,
        retainage_completed=usd(0),
        retainage_stored=usd(0),
        previous_certificates=usd(0),
    )
    assert (stated.change_orders, stated.contract_sum) == (usd(35), usd(1035))
    assert (stated.completed_and_stored, stated.percent) == (usd(0), Percent(0))


def test_sums_of_columns():
    totals = RIGHT.totals
    assert (totals.scheduled, totals.previous) == (usd(206_000), usd(105_000))
    assert (totals.this_period, totals.stored) == (usd(51_600), usd(4000))
    assert (totals.completed_and_stored, totals.balance) == (usd(160_600), usd(45_400))
    assert (totals.retainage, totals.completed) == (usd(13_180), usd(156_600))
    assert with_line(retainage=None).totals.retainage is None


EUROS = Money.of(1, "EUR")
REFUSED = {
    "an application that is none": (
        lambda: check_application("1"),
        WrongTypeError,
        "the application is of the wrong type",
    ),
    "one before that is none": (
        lambda: check_application(RIGHT, previous="1"),
        WrongTypeError,
        "the application before is of the wrong type",
    ),
    "one before in another currency": (
        lambda: check_application(
            RIGHT,
            previous=ProgressApplication(
                "1",
                JUNE_30,
                original_sum=EUROS,
                retainage_completed=EUROS,
                retainage_stored=EUROS,
                previous_certificates=EUROS,
            ),
        ),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "a blank key": (
        lambda: attrs.evolve(BASE, key=""),
        BlankTextError,
        "the key of an",
    ),
    "no description": (
        lambda: attrs.evolve(BASE, description=None),
        WrongTypeError,
        "the description of an application line is of the wrong type",
    ),
    "a number for an item": (
        lambda: attrs.evolve(BASE, item=1),
        WrongTypeError,
        "the item of an application line is of the wrong type",
    ),
    "a number for a percentage": (
        lambda: attrs.evolve(BASE, percent=50),
        WrongTypeError,
        "the percentage of an application line is of the wrong type",
    ),
    "a number for C": (
        lambda: ApplicationLine("a", "A", 1, usd(0), usd(0), usd(0)),
        WrongTypeError,
        "an amount of an application is of the wrong type",
    ),
    "a number for D": (
        lambda: ApplicationLine("a", "A", usd(0), 1, usd(0), usd(0)),
        WrongTypeError,
        "an amount of an application is of the wrong type",
    ),
    "a number for H": (
        lambda: attrs.evolve(BASE, balance=1),
        WrongTypeError,
        "the other amount is of the wrong type",
    ),
    "euros in I": (
        lambda: attrs.evolve(BASE, retainage=EUROS),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "euros in F": (
        lambda: ApplicationLine("a", "A", usd(0), usd(0), usd(0), EUROS),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "euros in the summary of change orders": (
        lambda: ChangeOrderSummary(usd(0), usd(0), usd(0), EUROS),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "a summary of euros": (
        lambda: with_summary(changes=ChangeOrderSummary(EUROS, EUROS, EUROS, EUROS)),
        CurrencyMismatchError,
        "expected USD, got EUR",
    ),
    "a summary that is none": (
        lambda: with_summary(changes=usd(0)),
        WrongTypeError,
        "the change order summary is of the wrong type",
    ),
    "a line in euros": (
        lambda: with_summary(lines=[ApplicationLine("a", "A", EUROS, EUROS, EUROS, EUROS)]),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "line 9 in euros": (
        lambda: with_summary(balance_to_finish=EUROS),
        CurrencyMismatchError,
        "expected USD, got EUR 1.00",
    ),
    "no number": (lambda: with_summary(number=""), BlankTextError, "the number of an application"),
    "no date": (lambda: with_summary(as_of="June"), DateTypeError, "as_of is not a plain date"),
    "no collection of lines": (
        lambda: with_summary(lines=BASE),
        WrongTypeError,
        "the lines of an application is not a collection",
    ),
    "two lines of one key": (
        lambda: with_summary(lines=[BASE, BASE]),
        DuplicateKeyError,
        "two lines of an application have one key: expected unique keys, got 'base'",
    ),
}


@pytest.mark.parametrize(("call", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()


def test_a_last_day_is_kept():
    assert RIGHT.as_of == date(2026, 7, 31)
