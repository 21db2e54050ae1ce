"""A year of an agency, month by month: statuses, aging, what moved, reminders, interest, forecast.

Nothing was printed or stored at the end of any month. The books are those of the last day of the
year, asked about each month's end.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from agency_books import CLIENTS, FIRST, LAST, Agency, books, tax_of

from milestone_invoicing import (
    AgeBy,
    ForecastPeriod,
    LatePolicy,
    Money,
    Period,
    ReferenceRates,
    Reminded,
    RollForwardRow,
    age,
    cash_forecast,
    collection_metrics,
    invoice_status,
    late_charge,
    roll_forward,
)
from milestone_invoicing.display import (
    aging_text,
    format_date,
    format_money,
    metrics_text,
    roll_forward_text,
)

LOCALE = "en_GB"
RATES = ReferenceRates.half_yearly(FIRST, ["2.15", "2.15"])


def month_ends() -> Iterator[tuple[date, date]]:
    """Yield the last day of each month of the year, with that of the month before."""
    before = FIRST - timedelta(1)
    for month in range(1, 13):
        day = date(FIRST.year, month, monthrange(FIRST.year, month)[1])
        yield before, day
        before = day


def statuses(kept: Agency, day: date) -> Counter[str]:
    """Count the invoices issued by a day by their labels."""
    issued = (each for each in kept.invoices if each.is_issued(day))
    return Counter(str(invoice_status(each, as_of=day).label) for each in issued)


def reminders(kept: Agency, before: date, day: date) -> Counter[str]:
    """Count the reminders of a month by whom they went to."""
    facts = (fact for each in kept.invoices for fact in each.facts)
    sent = (fact for fact in facts if isinstance(fact, Reminded) and before < fact.on <= day)
    return Counter(fact.audience for fact in sent)


def rolled(kept: Agency, before: date, day: date) -> tuple[RollForwardRow, ...]:
    """Return what happened to the balance in a month, a row a currency."""
    return roll_forward(
        kept.invoices, before=before, after=day, by=AgeBy.CURRENCY, on_account=kept.on_account
    )


def interest(kept: Agency, day: date) -> Money:
    """Return the interest that may be claimed on a day for what is overdue in euros."""
    policy = LatePolicy.eu_directive(RATES)
    late = (
        late_charge(each, policy, as_of=day).interest
        for each in kept.invoices
        if each.currency.code == "EUR" and invoice_status(each, as_of=day).days_overdue
    )
    return Money.total(late, currency="EUR")


def forecast(kept: Agency, before: date, day: date) -> Money:
    """Return the euros expected in a month, as seen on the last day of the month before.

    Each client is forecast on its own, by its own habit of paying. A retainer that is not billed
    yet is in no schedule, and so in no forecast.
    """
    total = Money.zero("EUR")
    for number in range(1, len(CLIENTS) + 1):
        rate = tax_of(number).rate
        if rate is not None:
            schedules = [kept.schedules[number]] if number in kept.schedules else []
            seen = cash_forecast(
                [each for each in schedules if each.signed_on and each.signed_on <= before],
                kept.of_client(number),
                as_of=before,
                until=day,
                period=ForecastPeriod.MONTH,
                tax=rate,
                party=CLIENTS[number - 1].key,
            )
            months = (row.expected for row in seen.rows if isinstance(row.slot, Period))
            total += Money.total(months, currency="EUR")
    return total


def came_in(rows: tuple[RollForwardRow, ...]) -> Money:
    """Return the euros received in a month."""
    return Money.total((row.received for row in rows if row.currency.code == "EUR"), currency="EUR")


def written(counted: Counter[str]) -> str:
    """Return counts as people read them."""
    return ", ".join(f"{name} {many}" for name, many in sorted(counted.items())) or "none"


def tell_month(kept: Agency, before: date, day: date) -> None:
    """Print one month."""
    print(f"{day:%B}\n{'-' * len(f'{day:%B}')}")
    print(f"Statuses:  {written(statuses(kept, day))}")
    print(f"Reminders: {written(reminders(kept, before, day))}")
    rows = rolled(kept, before, day)
    print(f"Interest:  {format_money(interest(kept, day), locale=LOCALE)} may be claimed")
    expected, came = forecast(kept, before, day), came_in(rows)
    print(
        f"Cash:      {format_money(expected, locale=LOCALE)} forecast on "
        f"{format_date(before, locale=LOCALE)}, {format_money(came, locale=LOCALE)} came\n"
    )
    print(roll_forward_text(rows, locale=LOCALE), end="\n\n")
    report = age(kept.invoices, as_of=day, by=AgeBy.OWNER, on_account=kept.on_account)
    print(aging_text(report, locale=LOCALE), end="\n\n")


def tell_year(kept: Agency) -> None:
    """Print how well invoices were collected in the year."""
    year = Period(FIRST, LAST + timedelta(1))
    print(metrics_text(collection_metrics(kept.invoices, period=year), locale=LOCALE))


def main() -> None:
    """Print the year."""
    kept = books()
    print("A year of an agency\n===================\n")
    for before, day in month_ends():
        tell_month(kept, before, day)
    tell_year(kept)


if __name__ == "__main__":
    main()
