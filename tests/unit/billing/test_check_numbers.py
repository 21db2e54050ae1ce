"""What is found in the numbers of invoices: gaps, twins, order, padding, and what is stated."""

from datetime import date

import pytest

from milestone_invoicing import (
    BlankTextError,
    DuplicateNumberError,
    Invoice,
    NumberFormatError,
    NumberRangeError,
    NumberTypeError,
    Severity,
    Voided,
    WrongTypeError,
    check_numbers,
)
from tests.unit.bills import bill, may


def numbered(*numbers: str) -> list[Invoice]:
    """Return an invoice of each number, in the order of their days."""
    return [bill(number=number, issued_on=may(day)) for day, number in enumerate(numbers, 1)]


def found(invoices: list[Invoice], **stated: object) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in check_numbers(invoices, **stated)]


def gaps(*numbers: str, **stated: object) -> list[str]:
    """Return the gaps, as far as they are named."""
    findings = check_numbers(numbered(*numbers), **stated)
    return [each.message.split(":")[0] for each in findings if each.code == "number_gap"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["2026-016", "2026-017"], []),
        (["2026-017", "2026-019"], ["2026-018 is missing"]),
        (["2026-017", "2026-021"], ["2026-018 to 2026-020 are missing (3)"]),
        (["INV0009", "INV0012"], ["INV0010 to INV0011 are missing (2)"]),
        (["9", "12"], ["10 to 11 are missing (2)"]),
        (["98", "101"], ["99 to 100 are missing (2)"]),
        (["7/A", "9/A"], ["8/A is missing"]),
        (["7/A", "9/B"], []),
        (["A-1", "B-3"], []),
        (["1", "3", "7"], ["2 is missing", "4 to 6 are missing (3)"]),
        (["0", "1000000000"], ["1 to 999999999 are missing (999999999)"]),
        (["1", "1" + "0" * 99], [f"2 to {'9' * 99} are missing ({10**99 - 2})"]),
    ],
    ids=lambda column: ",".join(each[:20] for each in column) or "none",
)
def test_a_gap_is_named_by_its_ends(numbers: list[str], expected: list[str]):
    assert gaps(*numbers) == expected


def test_a_gap_says_what_to_do_and_how_bad_it_is():
    (finding,) = check_numbers(numbered("1", "3"))
    assert str(finding) == (
        "warning: numbers.#: 2 is missing: find it, or name it in missing= with the reason in your"
        " files (number_gap)"
    )
    (finding,) = check_numbers(numbered("1", "4"))
    assert finding.message == (
        "2 to 3 are missing (2): find them, or name them in missing= with the reason in your files"
    )


def test_a_void_is_no_gap_and_neither_is_a_draft_that_has_its_number():
    void = bill(number="2", issued_on=may(2)).record(Voided("wrong", on=may(3)))
    for second in (void, bill(number="2", issued_on=None)):
        assert check_numbers([*numbered("1"), second, bill(number="3", issued_on=may(4))]) == ()


def test_drafts_without_a_number_do_not_count():
    drafts = [bill(number=None, issued_on=may(1)), bill(number=None, issued_on=None)]
    assert check_numbers(drafts) == ()
    assert check_numbers([]) == ()


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ([], ["2 to 6 are missing (5)"]),
        (["4"], ["2 to 3 are missing (2)", "5 to 6 are missing (2)"]),
        ([("2", "6")], []),
        ([("2", "5")], ["6 is missing"]),
        ([("3", "6")], ["2 is missing"]),
        ([("5", "6"), ("2", "4")], []),
        ([("2", "5"), ("3", "4")], ["6 is missing"]),
        (["9"], ["2 to 6 are missing (5)"]),
        (["A4"], ["2 to 6 are missing (5)"]),
    ],
    ids=str,
)
def test_what_is_known_to_be_missing_is_no_gap(missing: list[object], expected: list[str]):
    assert gaps("1", "7", missing=missing) == expected


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("2", []),
        ("1", ["1 is"]),
        (("2", "4"), ["3 is"]),
        (("1", "3"), ["1 and others (2 in all) are"]),
        ("4", []),
    ],
    ids=str,
)
def test_what_is_there_is_not_missing(run: object, expected: list[str]):
    findings = check_numbers(numbered("1", "3"), missing=[run])
    wrong = [each for each in findings if each.code == "number_not_missing"]
    end = " there, but stated as missing: leave them out of missing="
    assert [each.message for each in wrong] == [start + end for start in expected]
    assert all(each.severity is Severity.WARNING for each in wrong)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-003", []),
        ("2026-002", ["2026-002 is missing"]),
        ("2026-001", ["2026-001 to 2026-002 are missing (2)"]),
        ("2025-001", []),
        ("2026-004", []),
    ],
    ids=str,
)
def test_a_series_starts_where_it_is_said_to_start(start: str, expected: list[str]):
    assert gaps("2026-003", "2026-004", starts=[start]) == expected


def test_numbers_below_the_start_are_found_once():
    before = ("numbers.#", "number_before_start")
    assert found(numbered("1", "2", "3"), starts=["1"]) == []
    assert found(numbered("1", "2", "3"), starts=["2"]) == [before]
    (finding,) = check_numbers(numbered("1", "2", "3"), starts=["3"])
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "1 and others (2 in all) are below 3, which is stated as the first of the series"
    )


@pytest.mark.parametrize(
    ("invoices", "expected"),
    [
        (numbered("1", "1"), [("invoices.1", "number_twice")]),
        (numbered("1", "1", "1"), [("invoices.1", "number_twice")]),
        (numbered("A"), [("invoices.A", "number_unread")]),
        ([bill(number="1"), bill(number="1", issued_on=None)], [("invoices.1", "number_twice")]),
        (numbered("1", "01")[::-1], [("numbers.#", "number_alike"), ("numbers.#", "number_width")]),
        (numbered("1-a", "01-b"), []),
    ],
    ids=["1=1", "three", "one", "draft", "1~01", "other series"],
)
def test_numbers_that_stand_twice_are_found(invoices: list[Invoice], expected: list[object]):
    assert found(invoices) == expected


def test_a_number_that_stands_twice_is_an_error_with_what_mends_it():
    (finding,) = check_numbers(numbered("1", "1"))
    assert str(finding) == (
        "error: invoices.1: 2 documents have this number: give each one of its own (number_twice)"
    )
    alike, _ = check_numbers(numbered("01", "1"))
    assert str(alike) == (
        "warning: numbers.#: 01 and 1 are one number, written in different ways (number_alike)"
    )


@pytest.mark.parametrize(
    ("days", "late"),
    [
        ([1, 2, 3], []),
        ([1, 1, 1], []),
        ([2, 1, 3], ["2"]),
        ([9, 1, 2], ["2"]),
        ([3, 2, 1], ["2", "3"]),
        ([1, 9, 2], ["3"]),
    ],
    ids=str,
)
def test_a_higher_number_is_issued_no_earlier(days: list[int], late: list[str]):
    invoices = [bill(number=str(n), issued_on=may(day)) for n, day in enumerate(days, 1)]
    expected = [(f"invoices.{number}.issued_on", "number_order") for number in late]
    assert found(invoices) == found(invoices[::-1]) == expected


def test_an_order_of_dates_names_both():
    invoices = [bill(number="1", issued_on=may(2)), bill(number="2", issued_on=may(1))]
    assert str(*check_numbers(invoices)) == (
        "warning: invoices.2.issued_on: it was issued on 2026-05-01, and 1 on 2026-05-02: one date"
        " is wrong? (number_order)"
    )
    assert found([invoices[0], bill(number="2", issued_on=None)]) == []
    # Two of one number are compared with the next one, and not with each other.
    twins = [bill(number="1", issued_on=may(day)) for day in (3, 1)]
    assert found([*twins, bill(number="2", issued_on=may(3))]) == [("invoices.1", "number_twice")]


@pytest.mark.parametrize(
    ("numbers", "mixed"),
    [
        (["1", "2"], False),
        (["9", "10", "11"], False),
        (["099", "100", "101"], False),
        (["999", "1000"], False),
        (["9", "010"], True),
        (["099", "0100"], True),
        (["10", "011"], True),
        (["A9", "B010"], False),
    ],
    ids=lambda column: " ".join(column) if isinstance(column, list) else str(column),
)
def test_a_series_is_padded_in_one_way(numbers: list[str], mixed: bool):
    codes = [each.code for each in check_numbers(numbered(*numbers)) if each.code != "number_gap"]
    assert codes == (["number_width"] if mixed else [])


def test_padding_is_a_note_with_an_example():
    assert str(*check_numbers(numbered("009", "0010", "0011"))) == (
        "note: numbers.#: 009 and 0010 are padded in different ways; text sorts them wrongly"
        " (number_width)"
    )


@pytest.mark.parametrize(
    ("numbers", "counter", "expected"),
    [
        (["17/2026", "19/2026"], -1, []),
        (["17/2026", "19/2026"], 0, ["18/2026 is missing"]),
        (["1-17-x1", "1-19-x1"], 1, ["1-18-x1 is missing"]),
        (["1-17-x1", "1-19-x1"], -2, ["1-18-x1 is missing"]),
    ],
    ids=str,
)
def test_which_digits_count_can_be_said(numbers: list[str], counter: int, expected: list[str]):
    assert gaps(*numbers, counter=counter) == expected


@pytest.mark.parametrize(
    ("number", "counter", "read"),
    [
        ("1", -1, True),
        ("1", 0, True),
        ("1", 1, False),
        ("1", -2, False),
        ("A", -1, False),
        ("٣", -1, False),
        ("1" * 100, -1, True),
        ("1" * 101, -1, False),
        ("A" * 50 + "1" * 60, -1, True),
    ],
    ids=lambda column: str(column)[:9],
)
def test_a_number_without_digits_to_count_is_named(number: str, counter: int, read: bool):
    expected = [] if read else [(f"invoices.{number}", "number_unread")]
    assert found(numbered(number), counter=counter) == expected


def test_what_is_not_read_is_a_note():
    assert str(*check_numbers(numbered("A"))) == (
        "note: invoices.A: no digits of it count on: say with counter= where they stand, or check"
        " it by hand (number_unread)"
    )


def test_findings_come_in_order():
    invoices = [*numbered("B3", "B1", "A", "A1", "A3", "A3")]
    assert found(invoices) == [
        ("invoices.A3", "number_twice"),
        ("invoices.A", "number_unread"),
        ("numbers.A#", "number_gap"),
        ("numbers.B#", "number_gap"),
        ("invoices.B3.issued_on", "number_order"),
    ]


@pytest.mark.parametrize(
    ("stated", "error", "message"),
    [
        (
            {"starts": ["A"]},
            NumberFormatError,
            "a number has no digits to count: expected at most 100 digits in the place -1, got 'A'",
        ),
        (
            {"missing": ["1" * 101]},
            NumberFormatError,
            "a number has no digits to count: expected at most 100 digits",
        ),
        (
            {"missing": [("3", "2")]},
            NumberRangeError,
            "no end: expected a number of the series of 3, from that one on, got '2'",
        ),
        (
            {"missing": [("A1", "B2")]},
            NumberRangeError,
            "a run of missing numbers has no end: expected a number of the series of A1",
        ),
        (
            {"missing": [("1", "2", "3")]},
            WrongTypeError,
            "a run of numbers is no pair: expected the first and the last number, got",
        ),
        ({"missing": [("1",)]}, WrongTypeError, "a run of numbers is no pair"),
        ({"missing": [(1, 2)]}, WrongTypeError, "a number of a series is of the wrong type"),
        ({"missing": [1]}, WrongTypeError, r"missing\[0\] is of the wrong type"),
        ({"missing": "2026-018"}, WrongTypeError, "missing is not a collection"),
        ({"starts": [" "]}, BlankTextError, "a number of a series is blank"),
        (
            {"starts": ["A1", "B1", "A2"]},
            DuplicateNumberError,
            "two starts are of one series: expected one start for each series, got A1 and A2",
        ),
        ({"counter": True}, NumberTypeError, "counter is not a whole number"),
    ],
    ids=str,
)
def test_what_is_stated_has_to_make_sense(stated: dict[str, object], error: type, message: str):
    with pytest.raises(error, match=message):
        check_numbers(numbered("1"), **stated)


def test_a_run_of_one_is_the_number_and_years_are_series_of_their_own():
    assert gaps("1", "3", missing=[("2", "2")]) == []
    assert gaps("2025-098", "2025-099", "2026-001", "2026-002") == []


def test_only_invoices_have_numbers():
    with pytest.raises(WrongTypeError, match=r"invoices\[0\] is of the wrong type"):
        check_numbers([date(2026, 5, 1)])


# --- a counter that runs on -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["FA2601-0002", "FA2602-0003"], []),
        (["FA2601-0002", "FA2602-0004"], ["FA*-0003 is missing"]),
        (["FA2601-0002", "FA2602-0007"], ["FA*-0003 to FA*-0006 are missing (4)"]),
        (["2/2026/01", "4/2026/02"], ["3/*/* is missing"]),
        (["A2601-1", "B2602-3"], []),
    ],
    ids=lambda column: ",".join(column) or "none",
)
def test_a_counter_runs_on_behind_a_month_if_the_caller_says_so(
    numbers: list[str], expected: list[str]
):
    counter = 0 if "/" in numbers[0] else -1
    assert gaps(*numbers, counter=counter, restarts=False) == expected
    assert gaps(*numbers, counter=counter) == []


def test_two_of_one_count_are_found_where_the_counter_runs_on():
    invoices = numbered("FA2601-0002", "FA2602-0002")
    assert found(invoices) == found(invoices, restarts=True) == []
    (twin,) = check_numbers(invoices, restarts=False)
    assert str(twin) == (
        "warning: numbers.FA*-#: FA2601-0002 and FA2602-0002 have one count, and the counter runs "
        "on: give each a count of its own (number_alike)"
    )
    padded = numbered("FA2601-2", "FA2601-02")
    (first, _) = check_numbers(padded, restarts=False)
    assert first.message == "FA2601-02 and FA2601-2 are one number, written in different ways"


def test_what_is_stated_of_a_counter_that_runs_on_is_of_any_month():
    numbers = ["FA2601-0002", "FA2602-0004"]
    for month in ("01", "02"):
        assert gaps(*numbers, missing=[f"FA26{month}-0003"], restarts=False) == []
    assert gaps(*numbers, missing=[("FA2601-0003", "FA2602-0003")], restarts=False) == []
    with pytest.raises(NumberRangeError, match="a number of the series of FA2601-0003"):
        check_numbers(numbered(*numbers), missing=[("FA2601-0003", "FA2602-0003")])
    first = "FA*-0001 is missing"
    assert gaps(*numbers, starts=["FA2601-0001"], restarts=False)[0] == first
    with pytest.raises(DuplicateNumberError, match="two starts are of one series"):
        check_numbers([], starts=["FA2601-0001", "FA2602-0001"], restarts=False)


def test_dates_are_in_the_order_of_a_counter_that_runs_on():
    invoices = numbered("FA2602-0002", "FA2601-0001")
    assert found(invoices, restarts=False) == [("invoices.FA2602-0002.issued_on", "number_order")]


def test_it_is_yes_or_no_whether_a_counter_restarts():
    with pytest.raises(WrongTypeError, match="restarts is of the wrong type: expected bool, got 1"):
        check_numbers([], restarts=1)
