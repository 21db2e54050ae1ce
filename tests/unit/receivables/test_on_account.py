"""Money on account: what is left of it on each day, and what cannot have happened to it."""

from datetime import date
from time import process_time

import pytest

import milestone_invoicing as mi
from milestone_invoicing import errors

EUR_500 = mi.Money.of(500, "EUR")
MAY_4 = date(2026, 5, 4)


def _applied(amount: int, day: int, month: int = 5) -> mi.Applied:
    return mi.Applied(mi.Money.of(amount, "EUR"), "2026-01", on=date(2026, month, day))


def _refunded(amount: int, day: int) -> mi.Refunded:
    return mi.Refunded(mi.Money.of(amount, "EUR"), on=date(2026, 5, day))


def _money(*facts: mi.OnAccountFact) -> mi.OnAccount:
    return mi.OnAccount("acme", EUR_500, MAY_4, facts=facts)


@pytest.mark.parametrize(
    ("facts", "day", "left"),
    [
        pytest.param([], 3, 0, id="before it came = 0"),
        pytest.param([], 4, 500, id="on its day = 500"),
        pytest.param([_applied(300, 20)], 19, 500, id="the day before 300 is applied = 500"),
        pytest.param([_applied(300, 20)], 20, 200, id="500 - 300 = 200"),
        pytest.param([_applied(300, 20), _refunded(200, 20)], 20, 0, id="500 - 300 - 200 = 0"),
        pytest.param([_applied(500, 4)], 4, 0, id="applied on the day it came = 0"),
        pytest.param(
            [_applied(500, 5), mi.Reversed(_applied(500, 5), "wrong", on=date(2026, 5, 6))],
            6,
            500,
            id="500 - 500 taken back = 500",
        ),
    ],
)
def test_what_is_left(facts: list[mi.OnAccountFact], day: int, left: int) -> None:
    assert _money(*facts).unapplied(as_of=date(2026, 5, day)) == mi.Money.of(left, "EUR")


def test_a_reversal_makes_room_from_its_own_day_on() -> None:
    back = mi.Reversed(_applied(500, 5), "wrong", on=date(2026, 5, 6))
    assert not _money(_applied(500, 5), back, _applied(500, 6)).unapplied(as_of=date(2026, 5, 6))
    with pytest.raises(errors.ImpossibleFactError, match=r"500\.00 too much"):
        _money(_applied(500, 5), back, _applied(500, 5))


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ([_applied(501, 5)], r"there is of EUR 500\.00, got 'EUR 1\.00 too much'"),
        ([_applied(300, 20), _refunded(201, 5)], r"EUR 1\.00 too much"),
        ([_applied(1, 3)], "2026-05-04 or later, when the money came"),
    ],
)
def test_what_is_not_there_cannot_be_used(facts: list[mi.OnAccountFact], match: str) -> None:
    with pytest.raises(errors.ImpossibleFactError, match=match):
        _money(*facts)


def test_a_reversal_of_what_never_stood_is_refused_once_its_day_is_reached() -> None:
    back = mi.Reversed(_applied(500, 5), "wrong", on=date(2026, 5, 6))
    for fact in (_applied(1, 5), _applied(1, 7), _refunded(500, 5)):
        with pytest.raises(errors.NothingToReverseError, match="there is nothing to reverse"):
            _money(fact, back)
    with pytest.raises(errors.ImpossibleFactError, match=r"EUR 1\.00 too much"):
        _money(_applied(501, 5), back)


def test_many_small_sums_are_applied_in_time() -> None:
    money, started = _money(), process_time()
    for place in range(300):
        money = money.record(mi.Applied(mi.Money(1, EUR_500.currency), f"I-{place}", on=MAY_4))
    assert money.unapplied(as_of=MAY_4) == mi.Money.of(497, "EUR")
    assert process_time() - started < 5


def test_bad_parts_are_refused() -> None:
    with pytest.raises(errors.BlankTextError, match="the party of money on account"):
        mi.OnAccount(" ", EUR_500, MAY_4)
    with pytest.raises(errors.NumberRangeError, match="money on account is not above zero"):
        mi.OnAccount("acme", -EUR_500, MAY_4)
    with pytest.raises(errors.DateTypeError, match="on "):
        mi.OnAccount("acme", EUR_500, "2026-05-04")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(errors.WrongTypeError, match="the reference of money on account"):
        mi.OnAccount("acme", EUR_500, MAY_4, 17)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(errors.WrongTypeError, match="the facts of money on account"):
        _money(mi.Sent(on=MAY_4))  # type: ignore[arg-type]  # on purpose
    with pytest.raises(errors.DateTypeError, match="as_of"):
        _money().unapplied(as_of="2026-05-04")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(errors.CurrencyMismatchError, match="USD"):
        _money(mi.Applied(mi.Money.of(1, "USD"), "2026-01", on=MAY_4))


def test_what_was_known_then_leaves_out_later_records() -> None:
    late = mi.Applied(EUR_500, "1", on=date(2026, 5, 5), recorded_on=date(2026, 6, 1))
    known = mi.as_known_on(_money(late), date(2026, 5, 31))
    assert known.unapplied(as_of=date(2026, 5, 31)) == EUR_500


def test_money_that_bounced_never_stays():
    cheque = mi.OnAccount("acme", EUR_500, MAY_4, "cheque 8")
    assert cheque.receipt == mi.Payment(EUR_500, reference="cheque 8", on=MAY_4)
    assert mi.OnAccount("acme", EUR_500, MAY_4).receipt == mi.Payment(EUR_500, on=MAY_4)
    back = mi.Reversed(cheque.receipt, "bounced", on=date(2026, 5, 9))
    bounced = cheque.record(back)
    left = [bounced.unapplied(as_of=date(2026, 5, day)) for day in (3, 4, 8, 9)]
    assert left == [EUR_500 * 0, EUR_500, EUR_500, EUR_500 * 0]
    with pytest.raises(errors.ImpossibleFactError, match=r"EUR 1\.00 too much"):
        bounced.record(_applied(1, 9))
    with pytest.raises(errors.ImpossibleFactError, match=r"EUR 1\.00 too much"):
        cheque.record(_applied(1, 20), back)
    with pytest.raises(errors.NothingToReverseError, match="nothing to reverse"):
        bounced.record(back)


def test_a_bounce_is_a_reversal_in_the_books():
    cheque = mi.OnAccount("acme", EUR_500, MAY_4, "cheque 8")
    told = cheque.record(mi.Reversed(cheque.receipt, "bounced", on=date(2026, 5, 9)))
    stretch = {"since": date(2026, 5, 1), "until": date(2026, 5, 31)}
    (account,) = mi.statement("acme", [], on_account=[told], **stretch).accounts
    assert [(each.kind, each.amount.minor) for each in account.movements] == [
        (mi.MovementKind.ON_ACCOUNT, -50000),
        (mi.MovementKind.REVERSAL, 50000),
    ]
    assert not account.closing
    (row,) = mi.roll_forward([], before=date(2026, 5, 8), after=date(2026, 5, 9), on_account=[told])
    assert (row.opening, row.received, row.refunded) == (-EUR_500, -EUR_500, EUR_500 * 0)
