"""What was delivered for a line, and who approved it; it knows no amounts."""

from collections.abc import Iterable
from datetime import date

import attrs

from milestone_invoicing._checks import (
    require_optional_date,
    require_text,
    require_type,
    tuple_of,
)


def _names(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "approved_by")


@attrs.frozen
class Delivery:
    """The delivered work that a line bills, as the reader can check it.

    Args:
        what: the deliverable, or a reference to it (BT-128).
        delivered_on: the day of delivery (BT-72), or None.
        approved_by: who approved it, in the order of approval.
        approved_on: the day from which it is approved, or None.

    Raises:
        BlankTextError: a name is blank.
        DateTypeError: a day is not a plain date.
        WrongTypeError: a part is of another type.

    Example:
        >>> Delivery(
        ...     "Wireframes v2", delivered_on=date(2026, 5, 4), approved_by=["Eve"]
        ... ).approved_by
        ('Eve',)

    Source: EN 16931 invoiced object (BT-128) and actual delivery date (BT-72); who approved is a
    convention of this library.
    """

    what: str = ""
    delivered_on: date | None = attrs.field(default=None, kw_only=True)
    approved_by: tuple[str, ...] = attrs.field(default=(), converter=_names, kw_only=True)
    approved_on: date | None = attrs.field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_type(self.what, str, "what was delivered")
        require_optional_date(self.delivered_on, "delivered_on")
        require_optional_date(self.approved_on, "approved_on")
        for name in self.approved_by:
            require_text(name, "who approved")
