"""What type a user of metrics and forecasts gets; checked by mypy and pyright, never run."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import assert_type

from milestone_invoicing import (
    BillingLag,
    CashCurve,
    CashForecast,
    CollectionMetrics,
    ExposurePoint,
    Finding,
    ForecastPeriod,
    Invoice,
    MetricsBy,
    Money,
    PaymentHabit,
    Percent,
    Period,
    Schedule,
    average_delay,
    billing_lag,
    cash_curve,
    cash_forecast,
    collection_effectiveness,
    collection_metrics,
    collection_series,
    count_back_dso,
    days_sales_outstanding,
    habitually_late,
    risk_flags,
    weighted_days,
)


def plain(money: Money) -> None:
    assert_type(days_sales_outstanding(money, money, days=90), Fraction | None)
    assert_type(count_back_dso(money, [(money, 31)]), Fraction | None)
    assert_type(weighted_days([(money, 31)]), Fraction | None)
    index = collection_effectiveness(opening=money, billed=money, closing=money, current=money)
    assert_type(index, Percent | None)


def measured(schedule: Schedule, bills: Sequence[Invoice], today: date, period: Period) -> None:
    (found,) = collection_metrics(bills, period=period, by=lambda bill: bill.buyer.key)
    assert_type(found, CollectionMetrics)
    assert_type(found.days_sales_outstanding, Fraction | None)
    series = collection_series(bills, periods=[period], by=MetricsBy.TERMS)
    assert_type(series, tuple[CollectionMetrics, ...])
    assert_type(average_delay(bills, as_of=today), Fraction | None)
    assert_type(habitually_late(bills, as_of=today), tuple[PaymentHabit, ...])
    assert_type(billing_lag(schedule, bills, as_of=today), BillingLag)


def foreseen(schedule: Schedule, bills: Sequence[Invoice], today: date) -> None:
    monthly = cash_forecast(
        schedule, bills, as_of=today, until=today, period=ForecastPeriod.MONTH, tax=Percent(21)
    )
    assert_type(monthly + cash_forecast([], bills, as_of=today, until=today), CashForecast)
    assert_type(cash_curve(schedule, as_of=today), tuple[CashCurve, ...])
    assert_type(cash_curve(schedule, as_of=today)[0].peak, ExposurePoint)
    assert_type(risk_flags(schedule, bills, as_of=today), tuple[Finding, ...])
