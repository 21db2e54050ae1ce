"""Change orders that are refused, with what was expected and what to credit first."""

import re
from datetime import date, datetime

import attrs
import pytest

from milestone_invoicing import (
    MANUAL,
    REST,
    AddMilestone,
    Agreement,
    AppliedOrder,
    Change,
    ChangeOrder,
    ChangeTotal,
    Currency,
    DropMilestone,
    Milestone,
    Money,
    Percent,
    Redate,
    Reprice,
    Reterm,
    Retrigger,
    Schedule,
    compare,
)
from milestone_invoicing.errors import (
    BelowInvoicedError,
    BlankTextError,
    ChangeOrderError,
    CurrencyMismatchError,
    DateTypeError,
    DependencyError,
    DuplicateKeyError,
    UnknownMilestoneError,
    WrongTypeError,
)
from tests.unit.bills import eur, june, may
from tests.unit.orders import CATCH_UP, EXTRA, SCHEDULE, WEIGHTS, order

ONE = Milestone("a", "A", eur(50))
AGREED = Agreement((ONE,), (eur(50),))
ADDS = "milestone 'e' is added without an amount: expected a share of fixed Money, got "
WORKS_OUT = "billed_net(schedule, invoices, as_of=...) works out what is"
REFUSED = {
    "below what is billed of a milestone": (
        [Reprice("a", eur("299.99"))], {"a": eur(300)}, BelowInvoicedError,
        ("milestone 'a' would be worth less than is billed of it: expected at least EUR 300.00, "
        "got EUR 299.99; credit EUR 0.01 first")),
    "dropped and billed": (
        [DropMilestone("a")], {"a": eur("0.01")}, BelowInvoicedError,
        ("milestone 'a' would be worth less than is billed of it: expected at least EUR 0.01, "
        "got EUR 0.00; credit EUR 0.01 first")),
    "a total below what is fixed and billed": (
        [ChangeTotal(eur("499.99"))], {"a": eur(300), "b": eur(100)}, BelowInvoicedError,
        ("the new total is less than what is fixed and billed: expected at least EUR 500.00, "
        "got EUR 499.99; credit EUR 0.01 first")),
    "a total below what is fixed": (
        [ChangeTotal(eur(50))], {}, ChangeOrderError,
        ("the new total is less than what is fixed or cancelled: expected at least EUR 100.00, "
        "got EUR 50.00; change fixed amounts first")),
    "caught up below what is billed": (
        [ChangeTotal(eur(400), CATCH_UP)], {"a": eur(300)}, BelowInvoicedError,
        ("'a' would be worth less than is billed: expected no milestone below what is billed of "
        "it, got EUR 400.00; credit EUR 180.00 first")),
    "nobody takes the rest": (
        [ChangeTotal(eur(1001))], {"a": eur(300), "b": eur(300), "d": eur(300)}, ChangeOrderError,
        ("no milestone is left to take EUR 1.00 of the new total: expected a milestone that is "
        "not fixed, cancelled or billed in full, got EUR 1001.00; "
        "add one with AddMilestone(...), or divide by TotalPolicy.CATCH_UP")),
    "nobody takes the rest, as all is fixed": (
        [*(Reprice(key, eur(250)) for key in "abcd"), ChangeTotal(eur(1001), CATCH_UP)], {},
        ChangeOrderError,
        ("no milestone is left to take EUR 1.00 of the new total: expected a milestone that is "
        "not fixed, cancelled or billed in full, got EUR 1001.00; add one with AddMilestone(...)")),
    "an unknown milestone": (
        [Reprice("x", eur(1))], {}, UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, c, d, got 'x'"),
    "before an unknown milestone": (
        [AddMilestone(EXTRA, before="x")], {}, UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, c, d, got 'x'"),
    "billed of an unknown milestone": (
        [Reprice("a", eur(1))], {"x": eur(1)}, UnknownMilestoneError,
        "no milestone has this key: expected one of a, b, c, d, got 'x'"),
    "a key that is there": (
        [AddMilestone(Milestone("a", "A", eur(1)))], {}, DuplicateKeyError,
        ("a milestone is added under a key of another: "
        "expected a key that was never used in this contract, got 'a'")),
    "one key twice in an order": (
        [AddMilestone(EXTRA), AddMilestone(EXTRA)], {}, DuplicateKeyError,
        "two milestones have one key: expected unique keys, got 'e'"),
    "added behind one that is not there": (
        [AddMilestone(Milestone("e", "E", eur(1), depends_on=["x"]))], {}, DependencyError,
        "milestone 'e' depends on a key that is not there: expected one of a, b, c, d, e, got 'x'"),
    "an amount of another currency": (
        [Reprice("a", Money.of(1, "USD"))], {}, CurrencyMismatchError,
        ("amounts are in different currencies: expected EUR, got USD 1.00; "
        "convert one of them first")),
    "a total of another currency": (
        [ChangeTotal(Money.of(1, "USD"))], {}, CurrencyMismatchError,
        ("amounts are in different currencies: expected EUR, got USD 1.00; "
        "convert one of them first")),
    "a milestone of another currency": (
        [AddMilestone(Milestone("e", "E", Money.of(1, "USD")))], {}, CurrencyMismatchError,
        ("amounts are in different currencies: expected EUR, got USD 1.00; "
        "convert one of them first")),
    "billed in another currency": (
        [Reprice("a", eur(1))], {"a": Money.of(1, "USD")}, CurrencyMismatchError,
        ("amounts are in different currencies: expected EUR, got USD 1.00; "
        "convert one of them first")),
    "billed beyond what it is worth": (
        [Reprice("a", eur(1))],
        {"a": eur("300.01")},
        ChangeOrderError,
        ("so much cannot be billed of milestone 'a': expected an amount from EUR 0.00 to "
        f"EUR 300.00, got EUR 300.01; {WORKS_OUT}"),
    ),
    "billed below zero": (
        [Reprice("a", eur(1))],
        {"a": eur("-0.01")},
        ChangeOrderError,
        ("so much cannot be billed of milestone 'a': expected an amount from EUR 0.00 to "
        f"EUR 300.00, got EUR -0.01; {WORKS_OUT}"),
    ),
    "billed as a number": (
        [Reprice("a", eur(1))], {"a": 1}, WrongTypeError,
        "what is billed of 'a' is of the wrong type: expected Money, got 1"),
    "billed as a list": (
        [Reprice("a", eur(1))], [1], WrongTypeError,
        "billed is of the wrong type: expected Mapping, got [1]"),
}  # fmt: skip


@pytest.mark.parametrize(("changes", "billed", "error", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_changed(
    changes: list[Change], billed: dict[str, Money], error: type[Exception], message: str
):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        SCHEDULE.apply(order(*changes), billed=billed)


def test_what_to_credit_first_is_an_amount():
    with pytest.raises(BelowInvoicedError, match=r"credit EUR 0\.01 first") as caught:
        SCHEDULE.apply(order(DropMilestone("a")), billed={"a": eur("0.01")})
    assert caught.value.credit == eur("0.01")
    halves = Schedule(
        eur(100), [Milestone("a", "A", Percent(50)), Milestone("b", "B", Percent(50))]
    )
    message = (
        "'a' and 'b' would be worth less than is billed: expected no milestone below what is "
        "billed of it, got EUR 60.00; credit EUR 35.00 first"
    )
    billed = {"a": eur(50), "b": eur(45)}
    with pytest.raises(BelowInvoicedError, match=f"^{re.escape(message)}$") as caught:
        halves.apply(order(ChangeTotal(eur(60), CATCH_UP)), billed=billed)
    assert caught.value.credit == eur(35)


def test_the_last_milestone_stays():
    one = Schedule(eur(1), [Milestone("a", "A", REST)])
    message = (
        "the last milestone cannot be dropped: expected a contract with a milestone, got 'a'; "
        "record Cancelled(reason, on=...) for it"
    )
    with pytest.raises(ChangeOrderError, match=f"^{re.escape(message)}$"):
        one.apply(order(DropMilestone("a")), billed={})


def test_a_key_is_not_used_twice_even_if_its_milestone_was_dropped():
    once = SCHEDULE.apply(order(DropMilestone("d")), billed={})
    with pytest.raises(DuplicateKeyError, match=r"^a milestone is added under a key of another: "):
        once.apply(order(AddMilestone(Milestone("d", "D", eur(1))), number="2"), billed={})


@pytest.mark.parametrize(
    ("number", "on", "message"),
    [
        ("1", june(1), "two change orders have one number: expected unique numbers, got '1'"),
        (
            "2",
            may(31),
            (
                "change order 2 is dated before the one it builds on: "
                "expected 2026-06-01 or later, got 2026-05-31"
            ),
        ),
    ],
    ids=["one number twice", "dated before another"],
)
def test_orders_stand_in_their_order(number: str, on: date, message: str):
    once = SCHEDULE.apply(order(Reprice("a", eur(1))), billed={})
    with pytest.raises(ChangeOrderError, match=f"^{re.escape(message)}$"):
        once.apply(order(Reprice("a", eur(2)), number=number, on=on), billed={})


def test_an_order_is_known_when_the_next_is_built_on_it():
    once = SCHEDULE.apply(order(Reprice("a", eur(1)), recorded_on=june(9)), billed={})
    message = (
        "change order 2 is known before the one it builds on: "
        "expected 2026-06-09 or later, got 2026-06-08; say when it was recorded with recorded_on="
    )
    with pytest.raises(ChangeOrderError, match=f"^{re.escape(message)}$"):
        once.apply(order(Reprice("a", eur(2)), number="2", recorded_on=june(8)), billed={})
    assert once.apply(order(Reprice("a", eur(2)), number="2", recorded_on=june(9)), billed={})


VALUES = {
    "no changes": (order, ChangeOrderError,
        "a change order changes nothing: expected at least one change, got ()"),
    "no number": (lambda: order(Reprice("a", eur(1)), number=" "), BlankTextError,
        "the number of a change order is blank: expected some text, got ' '"),
    "no reason": (lambda: ChangeOrder("1", [Redate("a", None)], on=may(1), reason=""),
        BlankTextError, "reason is blank: expected some text, got ''"),
    "no day": (lambda: order(Redate("a", None), on=None), DateTypeError,
        "on is not a plain date: expected datetime.date, got None"),
    "known at a time": (
        lambda: order(Redate("a", None), recorded_on=datetime(2026, 6, 1)), DateTypeError,
        ("recorded_on is not a plain date: expected datetime.date, got 2026-06-01 00:00:00; "
        "call .date() on a datetime")),
    "a change of nothing": (lambda: order("a"), WrongTypeError,
        ("changes[0] is of the wrong type: expected AddMilestone or DropMilestone or Reprice or "
        "Redate or Reterm or Retrigger or ChangeTotal, got 'a'")),
    "added by percent": (lambda: AddMilestone(Milestone("e", "E", Percent(9))), ChangeOrderError,
        f"{ADDS}9%; change the total too, if others are to give something up"),
    "added by weight": (lambda: AddMilestone(Milestone("e", "E", REST)), ChangeOrderError,
        f"{ADDS}weight 1; change the total too, if others are to give something up"),
    "nothing added": (lambda: AddMilestone("e"), WrongTypeError,
        "the milestone to add is of the wrong type: expected Milestone, got 'e'"),
    "before a number": (lambda: AddMilestone(EXTRA, 1), WrongTypeError,
        "before is of the wrong type: expected str or None, got 1"),
    "dropped by number": (lambda: DropMilestone(1), WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1"),
    "less than nothing": (lambda: Reprice("a", eur("-0.01")), ChangeOrderError,
        "milestone 'a' would be worth less than nothing: expected zero or more, got EUR -0.01"),
    "worth a number": (lambda: Reprice("a", 1), WrongTypeError,
        "the new amount is of the wrong type: expected Money, got 1"),
    "repriced by number": (lambda: Reprice(1, eur(1)), WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1"),
    "redated by number": (lambda: Redate(1, None), WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1"),
    "due at a time": (lambda: Redate("a", datetime(2026, 6, 1)), DateTypeError,
        ("the new due_on is not a plain date: expected datetime.date, got 2026-06-01 00:00:00; "
        "call .date() on a datetime")),
    "retermed by number": (lambda: Reterm(1, None), WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1"),
    "terms of 30": (lambda: Reterm("a", 30), WrongTypeError,
        "the new terms is of the wrong type: expected PaymentTerms or None, got 30"),
    "retriggered by number": (lambda: Retrigger(1, MANUAL), WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1"),
    "a trigger in words": (lambda: Retrigger("a", "manual"), WrongTypeError,
        ("the new trigger is of the wrong type: expected Trigger or OnDate or AtProgress, "
        "got 'manual'")),
    "a total below zero": (lambda: ChangeTotal(eur(-1)), ChangeOrderError,
        "a contract's total is below zero: expected zero or more, got EUR -1.00"),
    "a total as a number": (lambda: ChangeTotal(1), WrongTypeError,
        "the new total is of the wrong type: expected Money, got 1"),
    "a policy in words": (lambda: ChangeTotal(eur(1), "redivide"), WrongTypeError,
        "the policy is of the wrong type: expected TotalPolicy, got 'redivide'"),
    "applied in words": (lambda: SCHEDULE.apply("1", billed={}), WrongTypeError,
        "the change order is of the wrong type: expected ChangeOrder, got '1'"),
    "an agreement on nothing": (lambda: Agreement((), ()), ChangeOrderError,
        ("an agreement has not one amount for each milestone: expected as many amounts as "
        "milestones, and at least one, got 0 and 0")),
    "an agreement without an amount": (lambda: Agreement((ONE,), ()), ChangeOrderError,
        ("an agreement has not one amount for each milestone: expected as many amounts as "
        "milestones, and at least one, got 1 and 0")),
    "an agreement on a list": (lambda: Agreement([1], (eur(1),)), WrongTypeError,
        "the milestones of an agreement is of the wrong type: expected tuple, got [1]"),
    "an agreement of listed amounts": (lambda: Agreement((ONE,), [1]), WrongTypeError,
        "the amounts of an agreement is of the wrong type: expected tuple, got [1]"),
    "an order applied by hand": (lambda: AppliedOrder("1", (), AGREED), WrongTypeError,
        "the change order is of the wrong type: expected ChangeOrder, got '1'"),
    "billed by hand": (lambda: AppliedOrder(order(DropMilestone("a")), {}, AGREED),
        WrongTypeError, "what was billed is of the wrong type: expected tuple, got {}"),
    "agreed by hand": (lambda: AppliedOrder(order(DropMilestone("a")), (), ()), WrongTypeError,
        "the agreement is of the wrong type: expected Agreement, got ()"),
    "change orders in words": (lambda: attrs.evolve(SCHEDULE, change_orders=["1"]), WrongTypeError,
        "change_orders[0] is of the wrong type: expected AppliedOrder, got '1'"),
    "compared with a total": (lambda: compare(SCHEDULE, eur(1)), WrongTypeError,
        "the schedule after is of the wrong type: expected Schedule, got EUR 1.00"),
    "a total compared": (lambda: compare(eur(1), SCHEDULE), WrongTypeError,
        "the schedule before is of the wrong type: expected Schedule, got EUR 1.00"),
    "compared in another currency": (
        lambda: compare(SCHEDULE, Schedule(Money.zero(Currency.of("USD")), WEIGHTS.milestones)),
        CurrencyMismatchError,
        ("amounts are in different currencies: expected EUR, got USD 0.00; "
        "convert one of them first")),
}  # fmt: skip


@pytest.mark.parametrize(("build", "error", "message"), VALUES.values(), ids=VALUES)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()
