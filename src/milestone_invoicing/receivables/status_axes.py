"""The words of an invoice's status: three axes, one label and flags; they know no rules."""

from enum import unique

from milestone_invoicing._worded import Worded


@unique
class DocumentState(Worded):
    """Whether the document claims anything: draft, issued, sent or void."""

    DRAFT = "draft"
    ISSUED = "issued"
    SENT = "sent"
    VOID = "void"


@unique
class SettlementState(Worded):
    """How far it is settled.

    While anything is outstanding: PART_PAID if anything was paid, discounted or withheld, else
    UNPAID. Then NOTHING_DUE if nothing was payable, WRITTEN_OFF if a bad debt is among the means or
    all is given up, OVERPAID if cash is left over, PAID with any cash, discount or withholding, and
    CREDITED otherwise.
    """

    UNPAID = "unpaid"
    PART_PAID = "part paid"
    NOTHING_DUE = "nothing due"
    WRITTEN_OFF = "written off"
    OVERPAID = "overpaid"
    PAID = "paid"
    CREDITED = "credited"


@unique
class StatusLabel(Worded):
    """The one label, in the order in which the first that holds is taken."""

    VOID = "void"
    DRAFT = "draft"
    CREDIT_OPEN = "credit open"
    CREDIT_APPLIED = "credit applied"
    REFUNDED = "refunded"
    PAID = "paid"
    CREDITED = "credited"
    WRITTEN_OFF = "written off"
    OVERDUE = "overdue"
    DUE = "due"
    RETAINED = "retained"
    PART_PAID = "part paid"
    SENT = "sent"
    ISSUED = "issued"


@unique
class Flag(Worded):
    """What stands beside the label.

    EXTENDED: the due date of an open instalment was moved. UNSENT: issued, but never sent.
    DISPUTED: the client disputes what is outstanding, or a part. PROMISED: a promise to pay runs.
    PROMISE_BROKEN: its day has passed, and the money did not come. PLAN: what is open is due by a
    payment plan. HANDED_OVER: somebody else collects what is outstanding.
    """

    DISPUTED = "disputed"
    EXTENDED = "extended"
    HANDED_OVER = "handed over"
    PLAN = "plan"
    PROMISE_BROKEN = "promise broken"
    PROMISED = "promised"
    UNSENT = "unsent"


def flags_text(flags: frozenset[Flag]) -> str:
    """Return the same text whatever the order of the set, which the hash seed decides."""
    return f"frozenset({sorted(flags, key=str)})"
