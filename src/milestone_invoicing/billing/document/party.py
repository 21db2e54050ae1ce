"""Who buys and who sells; it knows no amounts."""

from collections.abc import Iterable

import attrs

from milestone_invoicing._checks import require_text, require_type, tuple_of


def _address(values: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(values, str, "the address")


@attrs.frozen
class Party:
    """A client or a seller.

    Args:
        key: a short name; reports group by it.
        name: the name people read (BT-27, BT-44).
        address: lines of the postal address.
        country: the code of its country in ISO 3166-1, two letters (BT-40, BT-55).
        tax_id: the tax identifier (BT-31, BT-48).
        legal_id: the number in a register of companies (BT-30, BT-47).
        contact: a person, address or number to turn to.
        bank_account: where a seller is paid (BT-84).

    Raises:
        BlankTextError: key or name is blank.
        WrongTypeError: a part is no text.

    Example:
        >>> Party("acme", "Acme Ltd", address=("1 High Street", "London")).key
        'acme'

    Source: the parties of EN 16931 (BG-4, BG-7).
    """

    key: str
    name: str
    address: tuple[str, ...] = attrs.field(default=(), converter=_address, kw_only=True)
    country: str = attrs.field(default="", kw_only=True)
    tax_id: str = attrs.field(default="", kw_only=True)
    legal_id: str = attrs.field(default="", kw_only=True)
    contact: str = attrs.field(default="", kw_only=True)
    bank_account: str = attrs.field(default="", kw_only=True)

    def __attrs_post_init__(self) -> None:
        """Check each part."""
        require_text(self.key, "the key of a party")
        require_text(self.name, f"the name of party {self.key!r}")
        for name in ("country", "tax_id", "legal_id", "contact", "bank_account"):
            require_type(getattr(self, name), str, f"{name} of party {self.key!r}")


def key_of(party: Party | str) -> str:
    """Return the key of a client that is given as it is, or by its key.

    Raises:
        WrongTypeError, BlankTextError: neither a Party nor a key.
    """
    require_type(party, (Party, str), "the client")
    if isinstance(party, Party):
        return party.key
    require_text(party, "the key of the client")
    return party
