"""How a report on ages is laid out: by which key, from which date; it knows no items."""

from enum import unique
from typing import Final

from milestone_invoicing._worded import Worded
from milestone_invoicing.receivables.aging.buckets import AgingBuckets

CURRENT, UNDATED, DISPUTED, RETAINED, UNAPPLIED = _AROUND = (
    "current",
    "undated",
    "disputed",
    "retained",
    "unapplied",
)
BEHIND_BUCKETS: Final = _AROUND[1:]


def column_names(buckets: AgingBuckets) -> tuple[str, ...]:
    """Return what the columns of a report are called, in their order."""
    return (CURRENT, *buckets.labels, *BEHIND_BUCKETS)


@unique
class AgeBy(Worded):
    """Whose amounts a row of an aging report sums up.

    CLIENT is the key of the party. OWNER is who looks after an invoice on the day asked about.
    PROJECT is that of the invoice. CURRENCY makes one row for each.
    """

    CLIENT = "client"
    OWNER = "owner"
    PROJECT = "project"
    CURRENCY = "currency"


@unique
class AgingBasis(Worded):
    """The day from which age counts: the due date as extended, or the issue date.

    By the issue date nothing is current but what is issued today, and no date is missing but that
    of an open item without one.
    """

    DUE_DATE = "due date"
    ISSUE_DATE = "issue date"
