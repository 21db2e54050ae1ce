"""Steps and policies of reminding: what they say, what applies, what is refused."""

import pytest

from milestone_invoicing import (
    AddDays,
    Audience,
    CurrencyMismatchError,
    DueRule,
    EndOfMonth,
    Money,
    NumberRangeError,
    NumberTypeError,
    ReminderAnchor,
    ReminderPolicy,
    ReminderPolicyError,
    ReminderStep,
    WrongTypeError,
)
from milestone_invoicing.receivables.reminders.policies import root_of
from tests.unit.bills import eur

CLIENT, FINANCE = Audience.CLIENT, Audience.FINANCE
ISSUE, LAST = ReminderAnchor.ISSUE_DATE, ReminderAnchor.LAST_REMINDER
RULE = DueRule((AddDays(30), EndOfMonth()))


def step(after: int | DueRule = 3, level: int = 1, **others) -> ReminderStep:
    return ReminderStep(after, CLIENT, level=level, **others)


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (step(-2), "level 1 to client, 2 days before the due date"),
        (step(-1), "level 1 to client, 1 day before the due date"),
        (step(0), "level 1 to client, on the due date"),
        (step(1), "level 1 to client, 1 day after the due date"),
        (step(2, 7), "level 7 to client, 2 days after the due date"),
        (step(5, anchor=ISSUE), "level 1 to client, 5 days after the issue date"),
        (step(5, anchor=LAST), "level 1 to client, 5 days after the last reminder"),
        (step(RULE), "level 1 to client, by a rule from the due date"),
    ],
    ids=str,
)
def test_a_step_says_who_and_when(found: ReminderStep, text: str):
    assert str(found) == text


@pytest.mark.parametrize(
    ("least", "amount", "applies"),
    [
        ((), eur("0.01"), True),
        (eur("0.01"), eur("0.01"), True),
        (eur(1000), eur("999.99"), False),
        (eur(1000), eur(1000), True),
        ([eur(1000), Money.of(900, "USD")], Money.of("899.99", "USD"), False),
        ([eur(1000), Money.of(900, "USD")], Money.of(900, "USD"), True),
    ],
)
def test_a_step_applies_from_its_least_amount_on(least, amount: Money, applies: bool):
    assert step(least=least).applies_to(amount) is applies


def test_a_currency_without_a_least_amount_is_refused():
    message = (
        "level 1 to client, 3 days after the due date has no least amount in the currency of the "
        "invoice: expected EUR or USD, got GBP 5.00; give the step one more in least="
    )
    both = step(least=[eur(1), Money.of(1, "USD")])
    with pytest.raises(CurrencyMismatchError, match=message) as raised:
        both.applies_to(Money.of(5, "GBP"))
    assert (raised.value.left, raised.value.right) == ("EUR", "GBP")


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"level": 0}, NumberRangeError, "the level of a step is too small: expected 1 or more"),
        ({"level": True}, NumberTypeError, "the level of a step is not a whole number"),
        ({"after": "3"}, NumberTypeError, "the days of a step is not a whole number"),
        (
            {"after": 0, "anchor": LAST},
            NumberRangeError,
            "the days of a step is too small: expected 1 or more, got 0",
        ),
        ({"anchor": "due date"}, WrongTypeError, "the anchor of a step is of the wrong type"),
        ({"quiet_days": -1}, NumberRangeError, "quiet_days is too small: expected 0 or more"),
        ({"repeat_every": 0}, NumberRangeError, "repeat_every is too small: expected 1 or more"),
        ({"least": "1000"}, WrongTypeError, "the least amounts of a step is not a collection"),
        ({"least": eur(0)}, NumberRangeError, "a least amount is not above zero: expected more"),
        ({"least": eur(-1)}, NumberRangeError, "a least amount is not above zero: expected more"),
        (
            {"least": [eur(1), eur(2)]},
            ReminderPolicyError,
            "two least amounts of one currency: expected one for each currency, got EUR 2.00",
        ),
    ],
)
def test_a_step_that_makes_no_sense_is_refused(arguments, error, message: str):
    with pytest.raises(error, match=message):
        step(**arguments)


def test_an_audience_is_one_of_four():
    with pytest.raises(WrongTypeError, match="the audience of a step is of the wrong type"):
        ReminderStep(3, "client", level=1)


@pytest.mark.parametrize(
    "steps",
    [
        [step(1)],
        [step(1), step(1, 2, least=eur(5))],
        [step(1, least=eur(5)), step(1, 2, least=eur(6))],
        [step(1), step(1, 2, quiet_days=0)],
        [step(1, quiet_days=0), step(1, 2, quiet_days=1)],
        [step(9), step(1, 2, anchor=ISSUE)],
        [step(RULE), step(1, 2)],
        [step(9), step(RULE, 2)],
        [step(1), step(9, 2, anchor=LAST), step(9, 3, anchor=LAST)],
        [step(1, repeat_every=1), step(2, 2, repeat_every=1)],
        [step(1, 10), step(2, 30)],
    ],
)
def test_steps_that_fit_together(steps: list[ReminderStep]):
    assert ReminderPolicy(steps).steps == tuple(steps)


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        ([], "a policy has no steps: expected at least one ReminderStep"),
        (
            [step(1, anchor=LAST)],
            "the first step has no reminder to count from: expected a step from the due date or",
        ),
        ([step(1), step(2)], "the levels of a policy do not rise: expected above 1, got 1"),
        ([step(1, 2), step(2, 1)], "the levels of a policy do not rise: expected above 2, got 1"),
        (
            [step(1, repeat_every=9), step(2, 2, anchor=LAST)],
            "a step counts from the last reminder of one that repeats: expected a step from",
        ),
        ([step(2), step(1, 2)], "a higher level comes earlier: expected 2 days or more, got"),
        ([step(2), step(3, 2), step(1, 3)], "a higher level comes earlier: expected"),
        (
            [step(9, anchor=ISSUE), step(1, 2), step(8, 3, anchor=ISSUE)],
            "a higher level comes earlier: expected 9 days",
        ),
        ([step(1), step(1, 2)], "a step always takes the place of another: expected another day"),
        ([step(1, least=eur(5)), step(1, 2)], "a step always takes the place of another"),
        (
            [step(1, least=eur(5)), step(1, 2, least=eur(5))],
            "a step always takes the place of another",
        ),
        ([step(RULE), step(RULE, 2)], "a step always takes the place of another"),
    ],
)
def test_steps_that_do_not_fit_together_are_refused(steps: list[ReminderStep], message: str):
    with pytest.raises(ReminderPolicyError, match=message):
        ReminderPolicy(steps)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"steps": step()}, WrongTypeError, "the steps of a policy is not a collection"),
        ({"one_at_a_time": 1}, WrongTypeError, "one_at_a_time is of the wrong type"),
        ({"days_apart": 0}, NumberRangeError, "days_apart is too small: expected 1 or more"),
    ],
)
def test_a_policy_of_wrong_parts_is_refused(arguments, error, message: str):
    with pytest.raises(error, match=message):
        ReminderPolicy(**{"steps": [step()], **arguments})


def test_days_to_the_client_rise():
    assert [each.after for each in ReminderPolicy.to_client(-3, 0, 9).steps] == [-3, 0, 9]
    with pytest.raises(ReminderPolicyError, match="a higher level comes earlier"):
        ReminderPolicy.to_client(9, 3)
    with pytest.raises(ReminderPolicyError, match="a policy has no steps"):
        ReminderPolicy.to_client()


def test_the_standard_policy_is_the_one_that_is_written_down():
    found = [
        (each.after, each.audience.value, each.level) for each in ReminderPolicy.standard().steps
    ]
    assert found == [
        (-2, "owner", 1),
        (0, "client", 2),
        (3, "client", 3),
        (7, "client", 4),
        (14, "client", 5),
        (30, "finance", 6),
    ]


@pytest.mark.parametrize(
    ("steps", "root"),
    [
        ([step(1)], ReminderAnchor.DUE_DATE),
        ([step(1, anchor=ISSUE)], ISSUE),
        ([step(1, anchor=ISSUE), step(1, 2, anchor=LAST), step(1, 3, anchor=LAST)], ISSUE),
        ([step(1, anchor=ISSUE), step(1, 2)], ReminderAnchor.DUE_DATE),
        ([step(1), step(1, 2, anchor=LAST)], ReminderAnchor.DUE_DATE),
    ],
)
def test_what_the_last_step_counts_from_in_the_end(steps, root: ReminderAnchor):
    assert root_of(ReminderPolicy(steps), steps[-1]) is root


def test_what_a_step_counts_from_does_not_hang_on_later_ones():
    first, second = step(1, anchor=ISSUE), step(1, 2)
    assert root_of(ReminderPolicy([first, second]), first) is ISSUE
