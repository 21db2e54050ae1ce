"""What people read says exactly what the values are, in every locale that Babel knows."""

import re
from datetime import date, timedelta
from decimal import Context, DefaultContext, localcontext
from fractions import Fraction

import babel.numbers
from babel.localedata import locale_identifiers
from hypothesis import example, given
from hypothesis import strategies as st

from milestone_invoicing import (
    AgingBuckets,
    Currency,
    Invoice,
    Line,
    Milestone,
    Money,
    OpenItem,
    Party,
    Payment,
    Percent,
    Period,
    Price,
    Rounding,
    Schedule,
    Tax,
    Weight,
    age,
    cash_forecast,
    collection_metrics,
    contract_position,
    invoice_status,
    progress_application,
    receivables_summary,
    roll_forward,
    round_ratio,
)
from milestone_invoicing.display import (
    DateStyle,
    aging_text,
    application_text,
    forecast_text,
    format_date,
    format_money,
    format_number,
    format_percent,
    invoice_text,
    invoices_text,
    metrics_text,
    position_text,
    roll_forward_text,
    schedule_text,
    status_text,
    summary_text,
)
from milestone_invoicing.display.money_format import format_price
from milestone_invoicing.display.tables import aligned, display_width, one_line, text_table
from milestone_invoicing.money.exact import MAX_DIGITS
from milestone_invoicing.testing import currencies, moneys, percents

# Those with other digits, directions, groups or minus signs are drawn more often.
TELLING = ("ar", "fa", "hi", "de_CH", "ja", "fr_FR", "nl_NL", "en_IN", "he", "ur", "sv", "pt_PT")
LOCALES = st.sampled_from(TELLING) | st.sampled_from(sorted(locale_identifiers()))
DATES = st.dates(date(2026, 1, 1), date(2027, 12, 31))
HOSTILE = Context(prec=4, Emin=-3, Emax=3, traps=list(DefaultContext.traps))
# CLDR's digits are ISO's for these; for others format_money follows ISO alone.
AGREED = currencies().filter(
    lambda unit: babel.numbers.get_currency_precision(unit.code) == unit.digits
)


def number_in(text: str) -> str:
    """Return what stands from the first digit to the last."""
    return re.search(r"\d(?:.*\d)?", text, re.DOTALL)[0]


def read(text: str, digits: int, locale: str) -> int:
    """Return the absolute number of units that *text* says, each with *digits* decimals."""
    whole, fraction = number_in(text), ""
    if digits:
        point = babel.numbers.get_decimal_symbol(locale)
        whole, found, fraction = whole.rpartition(point)
        assert (found, len(fraction)) == (point, digits)
    return int(re.sub(r"\D", "", whole) + fraction)


@given(moneys(), LOCALES)
@example(Money.of("-1234.567", "IQD"), "ar")
@example(Money.of("1234.56", "IRR"), "fa")
@example(Money.of("1234567.89", "INR"), "hi")
@example(Money.of("-1234.50", "CHF"), "de_CH")
@example(Money.of("-1234", "JPY"), "ja")
def test_an_amount_shows_exactly_the_decimals_of_iso_4217_in_every_locale(
    money: Money, locale: str
):
    text = format_money(money, locale=locale)
    assert read(text, money.currency.digits, locale) == abs(money.minor)


@given(moneys(min_minor=1), LOCALES)
def test_an_amount_and_its_negative_never_read_alike(money: Money, locale: str):
    assert format_money(money, locale=locale) != format_money(-money, locale=locale)


@given(AGREED.flatmap(lambda unit: moneys(currency=unit)), LOCALES)
def test_where_cldr_agrees_on_the_decimals_an_amount_reads_as_babel_writes_it(
    money: Money, locale: str
):
    text = format_money(money, locale=locale)
    babels = babel.numbers.format_currency(money.amount, money.currency.code, locale=locale)
    # Where an apostrophe groups, Babel takes each second one out of what it writes.
    signs = str.maketrans("", "", "'" if "'" in text else "")
    assert text.translate(signs) == babels.translate(signs)


@given(moneys(), LOCALES)
def test_a_price_that_is_an_amount_reads_like_it(money: Money, locale: str):
    assert format_price(Price.of_money(money), locale=locale) == format_money(money, locale=locale)


@given(st.integers(0, 10**12), st.integers(0, 8), currencies(), LOCALES)
def test_a_price_loses_no_decimal(units: int, places: int, unit: Currency, locale: str):
    price = Price(Fraction(units, 10**places), unit)
    needed = next(n for n in range(places + 1) if price.value * 10**n % 1 == 0)
    digits = max(needed, unit.digits)
    shown = read(format_price(price, locale=locale), digits, locale)
    assert Fraction(shown, 10**digits) == price.value


@given(st.integers(0, 10**12), st.integers(0, 8), LOCALES)
def test_a_number_keeps_its_decimals(units: int, places: int, locale: str):
    text = format_number(str(Fraction(units)) + f"e-{places}", locale=locale)
    assert read(text, places, locale) == units


@given(st.integers(1, MAX_DIGITS), st.integers(0, MAX_DIGITS), LOCALES)
def test_a_number_of_any_length_that_is_admitted_loses_no_digit(
    length: int, decimals: int, locale: str
):
    text = format_number("7" * length, locale=locale, digits=decimals)
    assert re.sub(r"\D", "", text) == "7" * length + "0" * decimals


@given(st.fractions(-1000, 1000, max_denominator=99), st.integers(0, 6), LOCALES)
def test_a_number_with_digits_has_so_many_and_is_rounded_once(
    value: Fraction, digits: int, locale: str
):
    text = format_number(value, locale=locale, digits=digits)
    scaled = value * 10**digits
    rounded = round_ratio(*scaled.as_integer_ratio(), Rounding.HALF_UP)
    assert read(text, digits, locale) == abs(rounded)


@given(percents(min_points=-1000, max_points=1000), st.integers(0, 6), LOCALES)
def test_a_percentage_is_rounded_once_and_loses_only_trailing_zeros(
    percent: Percent, digits: int, locale: str
):
    text = format_percent(percent, locale=locale, digits=digits)
    scaled = percent.points * 10**digits
    rounded = abs(round_ratio(scaled.numerator, scaled.denominator, Rounding.HALF_UP))
    kept = next(n for n in range(digits + 1) if rounded % 10 ** (digits - n) == 0)
    assert read(text, kept, locale) == rounded // 10 ** (digits - kept)


@given(moneys(), percents(), st.dates(), LOCALES)
def test_the_ambient_decimal_context_changes_nothing(
    money: Money, percent: Percent, day: date, locale: str
):
    def shown() -> list[str]:
        return [
            format_money(money, locale=locale),
            format_price(Price.of_money(money), locale=locale),
            format_percent(percent, locale=locale),
            format_number(money.amount, locale=locale),
            format_date(day, locale=locale),
        ]

    usual = shown()
    with localcontext(HOSTILE):
        assert shown() == usual


@given(LOCALES, st.dates(), st.sampled_from(DateStyle))
def test_a_hyphen_in_a_locale_reads_as_an_underscore(locale: str, day: date, style: DateStyle):
    text = format_date(day, locale=locale, style=style)
    assert format_date(day, locale=locale.replace("_", "-"), style=style) == text


LETTERS = st.sampled_from("aZé日本Ａعकg")  # noqa: RUF001  # a full-width letter on purpose
SIGNS = st.text(
    LETTERS | st.sampled_from(" €-\n\t\x1b\N{COMBINING ACUTE ACCENT}\N{RIGHT-TO-LEFT MARK}")
)
CELLS = st.just("") | st.builds(lambda first, rest: first + rest, LETTERS, SIGNS)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], int, tuple[int, ...]]:
    """Return rows of cells, the number of totals at their end, and the columns aligned left."""
    width = draw(st.integers(1, 5))
    rows = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6))
    totals = draw(st.integers(0, len(rows) - 1))
    left = draw(st.sets(st.integers(0, width - 1)))
    return rows, totals, tuple(left)


def sliced(line: str, widths: list[int]) -> list[str]:
    """Cut *line* into columns by display width; signs without width stay with what they follow."""
    cells, start = [], 0
    for width in widths:
        end = start
        while end < len(line) and display_width(line[start : end + 1]) <= width:
            end += 1
        cells.append(line[start:end])
        assert line[end : end + 2].strip() == ""
        start = end + 2
    assert line[start:] == ""
    return cells


def holds(line: str, cells: list[str], widths: list[int], left: tuple[int, ...]) -> bool:
    """Say whether *line* shows *cells*, each at its side of its column."""
    shown = sliced(line, widths)
    for index, (text, cell) in enumerate(zip(shown, map(one_line, cells), strict=True)):
        space = " " * (widths[index] - display_width(cell))
        expected = cell + space if index in left else space + cell
        if text.rstrip() != expected.rstrip():
            return False
    return True


@given(tables())
def test_every_column_of_a_table_is_aligned_and_no_line_ends_with_a_space(
    table: tuple[list[list[str]], int, tuple[int, ...]],
):
    (titles, *rows), totals, left = table
    body, foot = rows[: len(rows) - totals], rows[len(rows) - totals :]
    lines = text_table(titles, body, totals=foot, left=left).split("\n")
    rule = lines[1]
    widths = [max(display_width(one_line(row[i])) for row in table[0]) for i in range(len(titles))]
    assert rule == "  ".join("-" * width for width in widths)
    if foot:
        assert lines.pop(2 + len(body)) == rule
    assert len(lines) == len(rows) + 2
    for line, cells in zip((lines[0], *lines[2:]), table[0], strict=True):
        assert line == line.rstrip()
        assert holds(line, cells, widths, left)


@given(tables())
def test_rows_without_titles_are_aligned_alike(
    table: tuple[list[list[str]], int, tuple[int, ...]],
):
    (titles, *rows), _, left = table
    lines = text_table(titles, rows, left=left).split("\n")
    assert aligned([titles, *rows], left=left).split("\n") == [lines[0], *lines[2:]]


@given(st.text())
def test_a_cell_shows_no_line_break_and_no_control_code(text: str):
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", line)


@st.composite
def contracts(draw: st.DrawFn) -> tuple[Schedule, tuple[Invoice, ...]]:
    """Return a contract of weighted milestones with a bill for some of them, partly paid."""
    unit = draw(currencies())
    total = draw(moneys(currency=unit, min_minor=0))
    weights = draw(st.lists(st.integers(1, 9), min_size=1, max_size=4))
    schedule = Schedule(
        total, [Milestone(f"m{i}", f"日 {i}", Weight(n)) for i, n in enumerate(weights)]
    )
    bills: list[Invoice] = []
    for index, milestone in enumerate(schedule.milestones):
        amount = schedule.amount(milestone.key, as_of=date(2026, 1, 1))
        if draw(st.booleans()) and amount:
            line = Line("Work", 1, amount, tax=Tax.standard(21), milestone=milestone.key)
            bill = Invoice(f"{index}", draw(DATES), Party("a", "Acmé"), [line])
            paid = draw(moneys(currency=unit, min_minor=1))
            bills.append(bill.record(Payment(paid, on=draw(DATES))))
    return schedule, tuple(bills)


@given(contracts(), DATES, LOCALES)
def test_every_text_of_a_contract_is_written_in_every_locale_and_ends_no_line_with_a_space(
    contract: tuple[Schedule, tuple[Invoice, ...]], day: date, locale: str
):
    schedule, bills = contract
    later = day + timedelta(9)

    def written() -> list[str]:
        position = contract_position(schedule, bills, as_of=day)
        return [
            schedule_text(schedule, as_of=day, locale=locale, invoices=bills),
            schedule_text(schedule, as_of=day, locale=locale),
            invoices_text(bills, as_of=day, locale=locale),
            position_text(position, locale=locale),
            aging_text(age(bills, as_of=day), locale=locale),
            application_text(progress_application(schedule, number="1", as_of=day), locale=locale),
            forecast_text(cash_forecast(schedule, bills, as_of=day, until=later), locale=locale),
            metrics_text(collection_metrics(bills, period=Period(day, later)), locale=locale),
            roll_forward_text(roll_forward(bills, before=day, after=later), locale=locale),
            *(invoice_text(bill, locale=locale, as_of=day) for bill in bills),
            *(status_text(invoice_status(bill, as_of=day), locale=locale) for bill in bills),
        ]

    texts = written()
    assert all(line == line.rstrip() for text in texts for line in text.split("\n"))
    with localcontext(HOSTILE):
        assert written() == texts


def minors(cells: list[str], currency: Currency) -> list[int]:
    """Return the amounts of printed cells, a minus sign in front of what is below zero."""
    return [read(cell, currency.digits, "en") * (-1) ** cell.startswith("-") for cell in cells]


@given(contracts(), DATES, st.integers(0, 99))
def test_a_printed_line_of_a_roll_forward_adds_up_to_its_closing_balance(
    contract: tuple[Schedule, tuple[Invoice, ...]], day: date, days: int
):
    rows = roll_forward(contract[1], before=day, after=day + timedelta(days))
    lines = roll_forward_text(rows, locale="en").split("\n")
    for line, row in zip(lines[2:], rows, strict=True):
        *moved, closing = minors(re.split("  +", line)[1:], row.currency)
        assert sum(moved) == closing == row.closing.minor


@given(contracts(), DATES)
def test_in_a_printed_summary_open_and_retained_and_unapplied_are_the_balance(
    contract: tuple[Schedule, tuple[Invoice, ...]], day: date
):
    summary = receivables_summary(contract[1], as_of=day)
    titles, _, *lines = summary_text(summary, locale="en").split("\n")
    columns = re.split("  +", titles)
    assert ("Unapplied" in columns) == ("Balance" in columns)
    for line, row in zip(lines, summary.clients, strict=False):
        cells = dict(zip(columns, re.split("  +", line), strict=True))
        parts = [cells[each] for each in ("Open", "Retained", "Unapplied") if each in cells]
        assert sum(minors(parts, row.currency)) == row.balance.minor
        assert cells.get("Balance") in {None, format_money(row.balance, locale="en")}


@given(contracts(), DATES, st.integers(0, 99))
def test_a_printed_forecast_loses_no_amount(
    contract: tuple[Schedule, tuple[Invoice, ...]], day: date, days: int
):
    forecast = cash_forecast(*contract, as_of=day, until=day + timedelta(days))
    lines = [re.split("  +", line) for line in forecast_text(forecast, locale="en").split("\n")]
    for total in forecast.totals:
        cells = [minors(line[1:], total.currency) for line in lines[2 : len(lines) - 2]]
        amounts = (total.scheduled, total.invoiced, total.promised, total.expected)
        assert [sum(column) for column in zip(*cells, strict=True)] == [
            amount.minor for amount in amounts
        ]


ITEMS = st.builds(
    OpenItem,
    st.just("1"),
    st.sampled_from(["acme", "brood"]),
    st.none() | DATES,
    moneys(currency="EUR"),
)


@given(st.lists(ITEMS), DATES, LOCALES)
def test_an_aging_report_shows_a_line_per_row_and_every_amount_of_it(
    items: list[OpenItem], day: date, locale: str
):
    report = age(items, as_of=day, buckets=AgingBuckets((30,)))
    lines = aging_text(report, locale=locale).split("\n")
    assert len(lines) == 2 + len(report.rows) + (2 if report.rows else 0)
    for line, row in zip(lines[2:], (*report.rows, None, *report.totals), strict=False):
        amounts = (row.current, *row.buckets, row.balance) if row else ()
        assert all(format_money(amount, locale=locale) in line for amount in amounts)
        seldom = (row.undated, row.unapplied) if row else ()
        assert all(format_money(one, locale=locale) in line for one in seldom if one)
