"""Forecasts, figures of collection and roll-forwards as text, in four languages, to the space."""

import re
from textwrap import dedent

import pytest

from milestone_invoicing import (
    REST,
    ForecastPeriod,
    MetricsBy,
    Milestone,
    Money,
    OnAccount,
    Party,
    Payment,
    PaymentTerms,
    Period,
    Promised,
    Refunded,
    RollForwardRow,
    Schedule,
    UnknownLocaleError,
    Voided,
    Withheld,
    WriteOffReason,
    WrittenOff,
    apply_credit,
    cash_forecast,
    collection_metrics,
    collection_series,
    roll_forward,
)
from milestone_invoicing.display import forecast_text, metrics_text, roll_forward_text
from milestone_invoicing.display.formats import period_text
from milestone_invoicing.errors import NumberRangeError, WrongTypeError
from tests.unit.bills import april, bill, eur, june, may

SPACES = str.maketrans({"\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
BOLT = Party("bolt", "Bolt")


def plain(text: str) -> str:
    return text.translate(SPACES)


def block(text: str) -> str:
    return dedent(text).strip("\n")


def titles(text: str) -> list[str]:
    return re.split("  +", plain(text).splitlines()[0].strip())


@pytest.mark.parametrize(
    ("period", "locale", "text"),
    [
        (Period.through(may(4), may(31)), "en_GB", "4 May 2026 - 31 May 2026"),
        (Period.through(may(4), may(31)), "de", "04.05.2026 - 31.05.2026"),
        (Period.through(may(4), may(4)), "nl", "4 mei 2026"),
        (Period.through(may(4), may(5)), "nl", "4 mei 2026 - 5 mei 2026"),
    ],
    ids=str,
)
def test_a_period_reads(period: Period, locale: str, text: str):
    assert period_text(period, locale) == text


# --- cash -----------------------------------------------------------------------------------------

SCHEDULE = Schedule(
    eur(900),
    [Milestone("a", "Audit", REST, due_on=june(5))],
    terms=PaymentTerms.net(14),
)
CLAIMS = [
    bill(500, issued_on=april(20), terms=PaymentTerms.net(7)),
    bill(300, Promised(june(3), on=may(20)), number="2", terms=PaymentTerms.net(10)),
]
ASKED = {"as_of": may(30), "until": june(7)}


def test_a_forecast_has_a_line_for_each_week_and_the_total():
    text = forecast_text(cash_forecast(SCHEDULE, CLAIMS, **ASKED), locale="en_GB")
    assert text == block(
        """
        30 May 2026                Not yet invoiced  Invoiced  Promised   Expected
        -------------------------  ----------------  --------  --------  ---------
        overdue                               €0.00   €500.00     €0.00    €500.00
        30 May 2026 - 31 May 2026             €0.00     €0.00     €0.00      €0.00
        1 Jun 2026 - 7 Jun 2026               €0.00     €0.00   €300.00    €300.00
        beyond                              €900.00     €0.00     €0.00    €900.00
        -------------------------  ----------------  --------  --------  ---------
        Total EUR                           €900.00   €500.00   €300.00  €1,700.00
        """
    )


def test_what_is_expected_alone_is_a_line_too():
    # Nothing is overdue or beyond by its own day; 60 days late it all comes after the last one.
    asked = cash_forecast([], [bill(500)], delay_days=60, **ASKED)
    lines = forecast_text(asked, locale="en").splitlines()
    assert [line.split("  ")[0] for line in lines[2:-2]] == [
        "May 30, 2026 - May 31, 2026",
        "Jun 1, 2026 - Jun 7, 2026",
        "beyond",
    ]


@pytest.mark.parametrize(
    ("locale", "columns", "overdue"),
    [
        ("nl", ["Nog te factureren", "Gefactureerd", "Toegezegd", "Verwacht"], "achterstallig"),
        ("fr", ["Reste à facturer", "Facturé", "Promis", "Attendu"], "en retard"),
        ("de", ["Noch abzurechnen", "Abgerechnet", "Zugesagt", "Erwartet"], "überfällig"),
    ],
)
def test_a_forecast_reads_in(locale: str, columns: list[str], overdue: str):
    text = forecast_text(cash_forecast(SCHEDULE, CLAIMS, **ASKED), locale=locale)
    assert titles(text)[1:] == columns
    assert text.splitlines()[2].startswith(overdue)


def test_each_currency_has_its_periods_and_its_total():
    usd = Schedule(Money.of(70, "USD"), [Milestone("b", "Build", REST, due_on=june(1))])
    asked = cash_forecast([], CLAIMS, **ASKED) + cash_forecast(usd, [], **ASKED)
    lines = forecast_text(asked, locale="en_US").splitlines()
    assert [line.split("  ")[0] for line in (*lines[2:7], *lines[8:])] == [
        "overdue",
        *2 * ("May 30, 2026 - May 31, 2026", "Jun 1, 2026 - Jun 7, 2026"),
        "Total EUR",
        "Total USD",
    ]


def test_a_forecast_of_nothing_has_titles_alone():
    asked = cash_forecast([], [], period=ForecastPeriod.MONTH, **ASKED)
    assert len(forecast_text(asked, locale="en").splitlines()) == 2


# --- collection -----------------------------------------------------------------------------------

MAY = Period.through(may(1), may(31))
PAID = [
    bill(1000, Payment(eur(1000), on=may(11)), terms=PaymentTerms.net(7)),
    bill(620, number="2", buyer=BOLT, issued_on=may(2), terms=PaymentTerms.net(7), owner="Dana"),
]


def test_figures_have_a_line_for_each_group():
    # 1,000 came 10 days after the issue, 3 after the due date; 620 x 31 / 620 is 31.
    found = collection_metrics(PAID, period=MAY, by=MetricsBy.CLIENT)
    assert metrics_text(found, locale="en_GB", names={"acme": "Acme Ltd"}) == block(
        """
        1 May 2026 - 31 May 2026     Billed  Collected  Receivables  Overdue   DSO  Best DSO  Count-back DSO   CEI  Days to pay  Days beyond terms  Days late
        ------------------------  ---------  ---------  -----------  -------  ----  --------  --------------  ----  -----------  -----------------  ---------
        Acme Ltd                  €1,000.00  €1,000.00        €0.00    €0.00   0.0       0.0             0.0  100%         10.0                3.0        3.0
        bolt                        €620.00      €0.00      €620.00  €620.00  31.0       0.0            31.0    0%            -                  -          -
        """  # noqa: E501  # as wide as it is
    )


def test_figures_of_all_are_a_total_of_each_currency_rounded_as_asked():
    (found,) = collection_metrics(PAID, period=MAY)
    line = metrics_text([found], locale="nl", digits=2).splitlines()[2]
    # 620 / 1,620 x 31 days.
    assert line.startswith("Totaal EUR")
    assert "11,86" in line
    (line,) = metrics_text([found], locale="en", digits=0).splitlines()[2:]
    assert re.split("  +", line)[5] == "12"


def test_what_is_held_has_a_column_where_there_is_any():
    shown = ["Receivables", "Overdue", "Retained", "DSO"]
    found = collection_metrics([bill(100, held=eur(10))], period=MAY)
    assert titles(metrics_text(found, locale="en"))[3:7] == shown


def test_what_nobody_looks_after_is_unassigned_or_what_you_call_it():
    found = collection_metrics(PAID, period=MAY, by=MetricsBy.OWNER)
    for names, called in ((None, "unassigned"), ({None: "nobody"}, "nobody")):
        lines = metrics_text(found, locale="en", names=names).splitlines()
        assert [line.split("  ")[0] for line in lines[2:]] == [called, "Dana"]


def test_terms_are_told_as_a_sentence_unless_they_have_a_name():
    found = collection_metrics(PAID, period=MAY, by=MetricsBy.TERMS)
    for names, called in (
        (None, "Te betalen binnen 7 dagen."),
        ({PaymentTerms.net(7): "kort"}, "kort"),
    ):
        line = metrics_text(found, locale="nl", names=names).splitlines()[2]
        assert line.split("  ")[0] == called


def test_figures_of_several_periods_have_the_period_in_front():
    periods = [MAY, Period.through(june(1), june(30))]
    lines = metrics_text(collection_series(PAID, periods=periods), locale="en_GB").splitlines()
    assert re.split("  +", lines[0])[:2] == ["Period", "Billed"]
    assert [re.split("  +", line)[:3] for line in lines[2:]] == [
        ["1 May 2026 - 31 May 2026", "Total EUR", "€1,620.00"],
        ["1 Jun 2026 - 30 Jun 2026", "Total EUR", "€0.00"],
    ]


@pytest.mark.parametrize(
    ("locale", "columns"),
    [
        ("nl", "Gefactureerd, Ontvangen, Vorderingen, Achterstallig, DSO, Beste DSO"),
        ("fr", "Facturé, Encaissé, Créances, En retard, DSO, Meilleur DSO"),
        ("de", "Abgerechnet, Eingegangen, Forderungen, Überfällig, DSO, Beste DSO"),
    ],
)
def test_figures_read_in(locale: str, columns: str):
    found = collection_metrics(PAID, period=MAY)
    assert titles(metrics_text(found, locale=locale))[1:7] == columns.split(", ")


def test_no_figures_are_titles_alone():
    lines = metrics_text([], locale="de").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("Zeitraum")


# --- balances -------------------------------------------------------------------------------------

MOVED = [
    bill(1000, Payment(eur(400), on=may(20)), Withheld(eur(50), "C-1", on=may(20))),
    bill(
        200,
        Payment(eur(170), on=may(4)),
        WrittenOff(eur(30), WriteOffReason.BAD_DEBT, on=may(9)),
        number="2",
        issued_on=april(1),
    ),
    bill(70, Voided("twice", on=may(6)), number="3", issued_on=april(2), buyer=BOLT),
    bill(-80, number="C", buyer=BOLT, issued_on=may(7)),
    bill(10, Payment(eur(15), on=may(8)), Refunded(eur(5), on=may(9)), number="5", buyer=BOLT),
]


def rolled(**changes: object) -> tuple[RollForwardRow, ...]:
    return roll_forward(MOVED, before=april(30), after=may(31), **changes)


def test_each_line_of_a_roll_forward_adds_up_to_its_closing_balance():
    text = roll_forward_text(rolled(), locale="en_GB", names={"acme": "Acme Ltd"})
    assert text == block(
        """
                   Opening balance     Billed  Credit notes   Voided  Received  Refunded  Withheld  Written off  Closing balance
        ---------  ---------------  ---------  ------------  -------  --------  --------  --------  -----------  ---------------
        Acme Ltd           €200.00  €1,000.00         €0.00    €0.00  -€570.00     €0.00   -€50.00      -€30.00          €550.00
        bolt                €70.00     €10.00       -€80.00  -€70.00   -€15.00     €5.00     €0.00        €0.00          -€80.00
        ---------  ---------------  ---------  ------------  -------  --------  --------  --------  -----------  ---------------
        Total EUR          €270.00  €1,010.00       -€80.00  -€70.00  -€585.00     €5.00   -€50.00      -€30.00          €470.00
        """  # noqa: E501  # as wide as it is
    )


def test_what_goes_from_row_to_row_and_discounts_have_columns():
    note = bill(-80, number="C", project="b")
    credited = apply_credit([bill(100, project="a"), note], "C", "1", on=may(9))
    rows = roll_forward(
        [*credited, bill(100, Payment(eur(98), on=may(4)), number="7", terms=DISCOUNTED)],
        before=april(30),
        after=may(31),
        by=lambda item: getattr(item, "project", None),
    )
    lines = roll_forward_text(rows, locale="en").splitlines()
    assert titles(lines[0]) == [
        *("Opening balance", "Billed", "Credit notes", "Received"),
        *("Discount", "Set off", "Closing balance"),
    ]
    cells = {line.split("  ")[0]: re.split("  +", line)[1:] for line in lines[2:5]}
    assert cells == {
        "unassigned": ["€0.00", "€100.00", "€0.00", "-€98.00", "-€2.00", "€0.00", "€0.00"],
        "a": ["€0.00", "€100.00", "€0.00", "€0.00", "€0.00", "-€80.00", "€20.00"],
        "b": ["€0.00", "€0.00", "-€80.00", "€0.00", "€0.00", "€80.00", "€0.00"],
    }


DISCOUNTED = PaymentTerms.parse("2/10 net 30")


def test_a_currency_of_one_line_is_its_own_sum():
    money = OnAccount("acme", Money.of(7, "USD"), may(5))
    lines = roll_forward_text(rolled(on_account=[money]), locale="en_US").splitlines()
    assert [line.split("  ")[0] for line in lines[2:]] == [
        *("acme", "bolt", "acme"),
        "---------",
        "Total EUR",
    ]
    alone = roll_forward([], before=may(1), after=may(31), on_account=[money])
    assert len(roll_forward_text(alone, locale="en").splitlines()) == 3


def test_the_moves_say_from_where_to_where():
    text = roll_forward_text(rolled(), locale="nl", names={"bolt": "Bolt"}, moves=True)
    assert plain(text) == block(
        """
              Van             Naar              Bedrag
        ----  --------------  --------------  --------
        acme  Gefactureerd    Niet vervallen  € 550,00
        acme  Gefactureerd    Voldaan         € 450,00
        acme  Niet vervallen  Voldaan         € 200,00
        Bolt  Gefactureerd    Voldaan          € 10,00
        Bolt  Niet vervallen  Geannuleerd      € 70,00
        """
    )


@pytest.mark.parametrize(
    ("locale", "columns", "places"),
    [
        ("fr", ["Solde initial", "Facturé", "Encaissé", "Solde final"], ["De", "Vers", "Montant"]),
        (
            "de",
            ["Anfangssaldo", "Abgerechnet", "Eingegangen", "Endsaldo"],
            ["Von", "Nach", "Betrag"],
        ),
    ],
)
def test_a_roll_forward_reads_in(locale: str, columns: list[str], places: list[str]):
    rows = roll_forward(MOVED[:0], before=may(1), after=may(31))
    assert titles(roll_forward_text(rows, locale=locale)) == columns
    assert titles(roll_forward_text(rows, locale=locale, moves=True)) == places


REFUSED = {
    "no forecast": (
        lambda: forecast_text("x", locale="en"),
        WrongTypeError,
        "the forecast is of the wrong type: expected CashForecast, got 'x'",
    ),
    "no metrics": (
        lambda: metrics_text(["x"], locale="en"),
        WrongTypeError,
        "metrics[0] is of the wrong type: expected CollectionMetrics, got 'x'",
    ),
    "no names of groups": (
        lambda: metrics_text([], locale="en", names=["x"]),
        WrongTypeError,
        "names is of the wrong type: expected Mapping or None, got ['x']",
    ),
    "fewer digits than none": (
        lambda: metrics_text(collection_metrics(PAID, period=MAY), locale="en", digits=-1),
        NumberRangeError,
        "digits is too small: expected 0 or more, got -1",
    ),
    "no rows": (
        lambda: roll_forward_text(7, locale="en"),
        WrongTypeError,
        "rows is not a collection: expected a list or tuple, got 7",
    ),
    "no names of clients": (
        lambda: roll_forward_text([], locale="en", names=["x"]),
        WrongTypeError,
        "names is of the wrong type: expected Mapping or None, got ['x']",
    ),
    "no choice of moves": (
        lambda: roll_forward_text([], locale="en", moves=1),
        WrongTypeError,
        "moves is of the wrong type: expected bool, got 1",
    ),
    "no language": (
        lambda: forecast_text(cash_forecast([], [], **ASKED), locale="xx"),
        UnknownLocaleError,
        "a locale is not known",
    ),
}


@pytest.mark.parametrize(("ask", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_refusals(ask, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}"):
        ask()
