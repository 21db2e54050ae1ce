"""A milestone of which a part is left off as retainage is not paid before that is released."""

import pytest

from milestone_invoicing import (
    ON_SIGNING,
    REST,
    Invoice,
    Milestone,
    Payment,
    Retainage,
    RetainageMode,
    RetainageStep,
    Schedule,
    Voided,
    draft_invoice,
    draft_release,
    issue,
    milestone_status,
    what_changed,
)
from tests.unit.bills import ACME, eur, may

SCHEDULE = Schedule(
    eur(1000),
    [Milestone("a", "Audit", REST, trigger=ON_SIGNING)],
    signed_on=may(1),
    retainage=Retainage([RetainageStep(10)], mode=RetainageMode.UNBILLED),
)
WORK = issue(
    draft_invoice(SCHEDULE, "a", invoices=[], as_of=may(1), buyer=ACME), number="1", on=may(1)
).record(Payment(eur(900), on=may(4)))
RELEASE = issue(
    draft_release(SCHEDULE, invoices=[WORK], as_of=may(9), buyer=ACME), number="2", on=may(9)
)


@pytest.mark.parametrize(
    ("invoices", "label"),
    [
        pytest.param([WORK], "invoiced", id="not released"),
        pytest.param([WORK, RELEASE], "invoiced", id="released and not paid"),
        pytest.param(
            [WORK, RELEASE.record(Payment(eur(100), on=may(9)))], "paid", id="released and paid"
        ),
        pytest.param(
            [WORK, RELEASE.record(Payment(eur(100), on=may(10)))], "invoiced", id="paid later"
        ),
        pytest.param(
            [WORK, RELEASE.record(Voided("x", on=may(9)))], "invoiced", id="the release is void"
        ),
    ],
)
def test_the_milestone_is(invoices: list[Invoice], label: str):
    assert milestone_status(SCHEDULE, "a", invoices, as_of=may(9)).label.value == label


def test_the_milestone_is_told_to_be_paid_on_the_day_on_which_the_release_is():
    released = RELEASE.record(Payment(eur(100), on=may(11)))
    changes = what_changed(SCHEDULE, [WORK, released], since=may(8), until=may(31))
    assert [(each.on, str(each.after)) for each in changes if each.milestone] == [(may(11), "paid")]
