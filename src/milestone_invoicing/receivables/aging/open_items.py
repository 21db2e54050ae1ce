"""What is open, from any source; it knows no invoices."""

from datetime import date

import attrs

from milestone_invoicing._checks import require_optional_date, require_text, require_type
from milestone_invoicing.errors import ArgumentsError, BlankTextError
from milestone_invoicing.money import Money


@attrs.frozen
class OpenItem:
    """Something that is open, from any source.

    Args:
        reference: of the source, for people.
        party: the key of the client.
        due_on: its due date; None waits for an event and stands in the undated column.
        open: what is open; a negative amount is a credit and stands in the unapplied column.
        issued_on: its date, from which it is visible; None is always visible.
        owner: who looks after it; None is nobody.
        project: what it is for.
        disputed: whether the client disputes it.
        retained: whether it is held and not released; then it has no due date.

    Raises:
        BlankTextError: the party, or a given owner or project, is blank.
        ArgumentsError: it is retained and has a due date, or is disputed or negative too.
        WrongTypeError, DateTypeError: a part is of another type.

    Example:
        >>> item = OpenItem("17", "acme", date(2026, 5, 1), Money.of(100, "EUR"))
        >>> age([item], as_of=date(2026, 5, 1)).rows[0].current == item.open
        True

    Source: the open-item method of receivables ledgers.
    """

    reference: str
    party: str
    due_on: date | None
    open: Money
    issued_on: date | None = None
    owner: str | None = attrs.field(default=None, kw_only=True)
    project: str | None = attrs.field(default=None, kw_only=True)
    disputed: bool = attrs.field(default=False, kw_only=True)
    retained: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_type(self.reference, str, "the reference of an open item")
        require_text(self.party, "the party of an open item")
        require_optional_date(self.due_on, "due_on")
        require_type(self.open, Money, "the open amount")
        require_optional_date(self.issued_on, "issued_on")
        for name in ("owner", "project"):
            if getattr(self, name) is not None:
                self._require_named(name)
        require_type(self.disputed, bool, "disputed")
        require_type(self.retained, bool, "retained")
        self._check_retained()

    def _require_named(self, name: str) -> None:
        """Refuse an owner or project that is no text, or blank, as an empty cell is."""
        value = getattr(self, name)
        require_type(value, str, f"the {name} of open item {self.reference!r}")
        if not value.strip():
            raise BlankTextError(
                f"the {name} of open item {self.reference!r} is blank",
                expected="some text, or None",
                got=value,
                hint=f"write {name}=text or None",
            )

    def _check_retained(self) -> None:
        if self.retained and (self.due_on is not None or self.disputed or self.open.minor < 0):
            raise ArgumentsError(
                "a retained item is due, disputed or a credit",
                expected="due_on=None, disputed=False and an amount of zero or more",
                got=self.due_on or self.open,
            )
