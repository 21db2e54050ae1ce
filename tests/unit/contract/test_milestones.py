"""Milestones and triggers: what they hold and what they refuse, part by part."""

import re
from datetime import date, datetime

import pytest

from milestone_invoicing import (
    MANUAL,
    ON_APPROVAL,
    ON_DELIVERY,
    ON_SIGNING,
    ON_START,
    REST,
    AtProgress,
    Milestone,
    OnDate,
    PaymentTerms,
    Percent,
    Trigger,
)
from milestone_invoicing.errors import (
    BlankTextError,
    DateTypeError,
    NumberRangeError,
    WrongTypeError,
)

NOON = datetime(2026, 5, 4, 12)
TRIGGERS = [
    (ON_SIGNING, "on signing"),
    (ON_START, "on start"),
    (ON_DELIVERY, "on delivery"),
    (ON_APPROVAL, "on approval"),
    (MANUAL, "manual"),
    (OnDate(date(2026, 9, 1)), "on 2026-09-01"),
    (AtProgress(Percent("33.3")), "at 33.3% progress"),
]


@pytest.mark.parametrize(("trigger", "words"), TRIGGERS, ids=[words for _, words in TRIGGERS])
def test_a_trigger_reads_as_words(trigger, words: str):
    assert str(trigger) == words
    assert Milestone("a", "Audit", REST, trigger=trigger).trigger == trigger


def test_the_names_of_the_triggers_are_its_members():
    assert set(Trigger) == {ON_SIGNING, ON_START, ON_DELIVERY, ON_APPROVAL, MANUAL}


def test_a_milestone_holds_what_was_agreed():
    milestone = Milestone("a", "Audit", REST)
    assert milestone == Milestone(
        "a",
        "Audit",
        REST,
        deliverable="",
        trigger=ON_APPROVAL,
        due_on=None,
        depends_on=(),
        approvers=(),
        owner=None,
        terms=None,
        refs=(),
    )


def test_collections_become_tuples():
    milestone = Milestone("a", "A", REST, depends_on=["b"], approvers=["c"], refs=iter(["d"]))
    assert (milestone.depends_on, milestone.approvers, milestone.refs) == (("b",), ("c",), ("d",))


@pytest.mark.parametrize("points", ["0.01", "100"])
def test_progress_may_be_asked_for_up_to_all_of_it(points: str):
    assert AtProgress(Percent(points)).percent == Percent(points)


REFUSALS = {
    "blank key": (
        lambda: Milestone(" ", "Audit", REST),
        BlankTextError,
        "the key of a milestone is blank: expected some text, got ' '",
    ),
    "key 1": (
        lambda: Milestone(1, "Audit", REST),
        WrongTypeError,
        "the key of a milestone is of the wrong type: expected str, got 1",
    ),
    "blank title": (
        lambda: Milestone("a", "", REST),
        BlankTextError,
        "the title of milestone 'a' is blank: expected some text, got ''",
    ),
    "no title": (
        lambda: Milestone("a", None, REST),
        WrongTypeError,
        "the title of milestone 'a' is of the wrong type: expected str, got None",
    ),
    "no deliverable": (
        lambda: Milestone("a", "A", REST, deliverable=None),
        WrongTypeError,
        "the deliverable of milestone 'a' is of the wrong type: expected str, got None",
    ),
    "trigger in words": (
        lambda: Milestone("a", "A", REST, trigger="manual"),
        WrongTypeError,
        (
            "the trigger of milestone 'a' is of the wrong type: "
            "expected Trigger or OnDate or AtProgress, got 'manual'"
        ),
    ),
    "due on a datetime": (
        lambda: Milestone("a", "A", REST, due_on=NOON),
        DateTypeError,
        (
            "due_on of milestone 'a' is not a plain date: expected datetime.date, "
            "got 2026-05-04 12:00:00; call .date() on a datetime"
        ),
    ),
    "depends on a text": (
        lambda: Milestone("a", "A", REST, depends_on="b"),
        WrongTypeError,
        "depends_on is not a collection: expected a list or tuple, got 'b'",
    ),
    "depends on a milestone": (
        lambda: Milestone("a", "A", REST, depends_on=["b", 3]),
        WrongTypeError,
        "depends_on[1] is of the wrong type: expected str, got 3",
    ),
    "approvers in a text": (
        lambda: Milestone("a", "A", REST, approvers="client"),
        WrongTypeError,
        "approvers is not a collection: expected a list or tuple, got 'client'",
    ),
    "approver None": (
        lambda: Milestone("a", "A", REST, approvers=[None]),
        WrongTypeError,
        "approvers[0] is of the wrong type: expected str, got None",
    ),
    "blank approver": (
        lambda: Milestone("a", "A", REST, approvers=["client", "\t"]),
        BlankTextError,
        r"an approver of milestone 'a' is blank: expected some text, got '\t'",
    ),
    "owner 5": (
        lambda: Milestone("a", "A", REST, owner=5),
        WrongTypeError,
        "the owner of milestone 'a' is of the wrong type: expected str or None, got 5",
    ),
    "terms in words": (
        lambda: Milestone("a", "A", REST, terms="net 30"),
        WrongTypeError,
        (
            "the terms of milestone 'a' is of the wrong type: expected PaymentTerms or None, "
            "got 'net 30'"
        ),
    ),
    "a number as refs": (
        lambda: Milestone("a", "A", REST, refs=5),
        WrongTypeError,
        "refs is not a collection: expected a list or tuple, got 5",
    ),
    "OnDate of a datetime": (
        lambda: OnDate(NOON),
        DateTypeError,
        (
            "the date of OnDate is not a plain date: expected datetime.date, "
            "got 2026-05-04 12:00:00; call .date() on a datetime"
        ),
    ),
    "OnDate of a text": (
        lambda: OnDate("2026-05-04"),
        DateTypeError,
        "the date of OnDate is not a plain date: expected datetime.date, got '2026-05-04'",
    ),
    "AtProgress of a number": (
        lambda: AtProgress(50),
        WrongTypeError,
        "the progress is of the wrong type: expected Percent, got 50",
    ),
    "AtProgress 0%": (
        lambda: AtProgress(Percent(0)),
        NumberRangeError,
        "the progress is never reached or always: expected above 0% and at most 100%, got 0%",
    ),
    "AtProgress 100.01%": (
        lambda: AtProgress(Percent("100.01")),
        NumberRangeError,
        "the progress is never reached or always: expected above 0% and at most 100%, got 100.01%",
    ),
}


@pytest.mark.parametrize(("build", "error", "message"), REFUSALS.values(), ids=REFUSALS)
def test_refusals(build, error: type[Exception], message: str):
    with pytest.raises(error, match=f"^{re.escape(message)}$"):
        build()


def test_terms_of_its_own_may_be_given():
    assert Milestone("a", "A", REST, terms=PaymentTerms.net(14)).terms == PaymentTerms.net(14)
