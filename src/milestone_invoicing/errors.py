"""Every way to be wrong: one root, one class per mistake; it knows no domain value.

A message is a lower-case fact, then what was expected and what came, then a hint when one
call mends it. The same pieces are attributes, so that a program need not parse the text.
"""

from datetime import date
from typing import ClassVar, TypeVar

_SHOWN_LENGTH = 80
_LARGEST_SHOWN_BITS = 256


class Words(str):
    """A description of what came, which a message shows without quotes."""

    __slots__ = ()


def _show(value: object) -> str:
    """Return *value* as a message shows it: short, on one line, never failing."""
    # The type itself, since an object may say of its class what it likes.
    kind = type(value)
    if kind is int and value.bit_length() > _LARGEST_SHOWN_BITS:  # type: ignore[attr-defined]  # an int
        return f"an int of {value.bit_length()} bits"  # type: ignore[attr-defined]  # an int
    ours = kind.__module__.startswith("milestone_invoicing") or issubclass(kind, date)
    try:
        text = str(value) if ours else repr(value)
    except Exception:  # noqa: BLE001  # a value that cannot be shown may not hide the mistake
        return f"a value of type {kind.__name__}"
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN_LENGTH else f"{text[: _SHOWN_LENGTH - 3]}..."


class MilestoneInvoicingError(Exception):
    """The root of all errors of this library.

    Attributes:
        code: a stable name of the mistake, never reused.
        fact: what is wrong, in lower case.
        expected: what would have been right, in words.
        got: the value that came.
        hint: the one call that mends it, or an empty text.

    Further operands given by name become attributes of the same name.
    """

    code: ClassVar[str] = "milestone_invoicing"
    fact: str
    expected: str
    got: object
    hint: str

    def __init__(
        self, fact: str, *, expected: str, got: object, hint: str = "", **operands: object
    ) -> None:
        """Build the message from its pieces and keep them."""
        tail = f"; {hint}" if hint else ""
        super().__init__(f"{fact}: expected {expected}, got {_show(got)}{tail}")
        self.__dict__.update(operands, fact=fact, expected=expected, got=got, hint=hint)

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild from the pieces, so that pickle and copy keep every attribute."""
        return _rebuilt, (self.__class__, self.args, self.__dict__)


_E = TypeVar("_E", bound=MilestoneInvoicingError)


def _rebuilt(cls: type[_E], args: tuple[object, ...], pieces: dict[str, object]) -> _E:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(pieces)
    return error


# What came is not of the kind that was asked for.


class WrongTypeError(MilestoneInvoicingError, TypeError):
    """A value of another type than the one named in ``expected``."""

    code = "wrong_type"


class NumberTypeError(MilestoneInvoicingError, TypeError):
    """A number that is not exact by its type: a float, a bool, or no number at all."""

    code = "number_type"


class DateTypeError(MilestoneInvoicingError, TypeError):
    """Something else where a plain ``datetime.date`` is needed, a ``datetime`` included."""

    code = "date_type"


class ArgumentsError(MilestoneInvoicingError, TypeError):
    """Arguments that exclude each other in one call."""

    code = "arguments"


class BlankTextError(MilestoneInvoicingError, ValueError):
    """An empty text where a name, key, title or reason is needed."""

    code = "blank_text"


class TextTooLongError(MilestoneInvoicingError, ValueError):
    """A text of absurd length, refused before anything reads it."""

    code = "text_too_long"


# Numbers and money.


class NumberFormatError(MilestoneInvoicingError, ValueError):
    """A text that does not read as an exact number."""

    code = "number_format"


class NotFiniteError(MilestoneInvoicingError, ValueError):
    """NaN or infinity where a number is needed."""

    code = "not_finite"


class NumberTooLargeError(MilestoneInvoicingError, ValueError):
    """A number of absurd size or precision, refused before anything is computed with it."""

    code = "number_too_large"


class NumberRangeError(MilestoneInvoicingError, ValueError):
    """A number outside the range that has a meaning here: a negative quantity of days, say."""

    code = "number_range"


class ZeroDivisorError(MilestoneInvoicingError, ZeroDivisionError):
    """A division by zero, or by an amount of zero."""

    code = "zero_divisor"


class PrecisionError(MilestoneInvoicingError, ValueError):
    """More digits than the currency has, and no rounding was chosen."""

    code = "precision"


class CurrencyMismatchError(MilestoneInvoicingError, ValueError):
    """Amounts of different currencies in one calculation; carries ``left`` and ``right``."""

    code = "currency_mismatch"
    left: str
    right: str


class UnknownCurrencyError(MilestoneInvoicingError, LookupError):
    """A code that ISO 4217 does not list."""

    code = "unknown_currency"


class CurrencyDefinitionError(MilestoneInvoicingError, ValueError):
    """A currency of one's own that clashes with ISO 4217 or cannot be written as a code."""

    code = "currency_definition"


class NoMinorUnitError(MilestoneInvoicingError, ValueError):
    """An amount in a code without a minor unit, such as XAU or XXX."""

    code = "no_minor_unit"


# Division.


class NoWeightsError(MilestoneInvoicingError, ValueError):
    """Nothing to split over: no weights, or fewer than one part."""

    code = "no_weights"


class NegativeWeightError(MilestoneInvoicingError, ValueError):
    """A weight below zero; carries ``index`` and ``weight``."""

    code = "negative_weight"
    index: int
    weight: object


class AllWeightsZeroError(MilestoneInvoicingError, ValueError):
    """Weights that are all zero, so that no part can take the total."""

    code = "all_weights_zero"


class RemainderSignError(MilestoneInvoicingError, ValueError):
    """Under ``Remainder.BALANCE`` the last part would have the wrong sign."""

    code = "remainder_sign"


class LimitError(MilestoneInvoicingError, ValueError):
    """A limit of the other sign than the total; carries ``index`` and ``limit``."""

    code = "limit"
    index: int
    limit: object


class WeightsMismatchError(MilestoneInvoicingError, ValueError):
    """Not one weight for each limit."""

    code = "weights_mismatch"


class StepError(MilestoneInvoicingError, ValueError):
    """A cash step that is not above zero."""

    code = "step"


# Dates and due rules.


class DateRangeError(MilestoneInvoicingError, OverflowError):
    """A date before year 1 or after year 9999."""

    code = "date_range"


class PeriodError(MilestoneInvoicingError, ValueError):
    """A period without a day, a day outside all periods, or seasons that leave no day open."""

    code = "period"


class CalendarRangeError(MilestoneInvoicingError, LookupError):
    """A day outside the years whose holidays a calendar knows."""

    code = "calendar_range"


class RecurrenceError(MilestoneInvoicingError, ValueError):
    """A recurrence off its own days, without an end to list it to, or a rule that is none."""

    code = "recurrence"


class DueRuleError(MilestoneInvoicingError, ValueError):
    """Steps that make no due rule: one before a fixed date, or a distance that no step says."""

    code = "due_rule"


class DueBeforeStartError(MilestoneInvoicingError, ValueError):
    """A due rule that leads to a day before the one it started from."""

    code = "due_before_start"


# Facts.


class ImpossibleFactError(MilestoneInvoicingError, ValueError):
    """A fact that cannot have happened after what is recorded; carries ``refused``."""

    code = "impossible_fact"
    refused: object


class NothingToReverseError(MilestoneInvoicingError, LookupError):
    """A reversal without an equal earlier fact that still stands."""

    code = "nothing_to_reverse"


# Contracts.


class ScheduleError(MilestoneInvoicingError, ValueError):
    """Milestones and shares that do not make a schedule."""

    code = "schedule"


class SharesError(ScheduleError):
    """Shares that leave some of the total over or ask for more; carries ``difference``."""

    code = "shares"
    difference: object


class DuplicateKeyError(ScheduleError):
    """Two milestones of one key."""

    code = "duplicate_key"


class DependencyError(ScheduleError):
    """A milestone that depends on itself, in a circle, or on a key that is not there."""

    code = "dependency"


class ChangeOrderError(ScheduleError):
    """A change of a contract that cannot be made, or that comes in the wrong order."""

    code = "change_order"


class BelowInvoicedError(ScheduleError):
    """A change that takes an amount below what is billed; carries ``credit``, to credit first."""

    code = "below_invoiced"
    credit: object


class RetainageError(MilestoneInvoicingError, ValueError):
    """A retainage whose parts do not fit together, or do not fit what it is asked about."""

    code = "retainage"


class UnknownMilestoneError(MilestoneInvoicingError, LookupError):
    """A key that no milestone of the schedule has."""

    code = "unknown_milestone"


# Billing.


class TaxError(MilestoneInvoicingError, ValueError):
    """A tax rate that its category does not allow."""

    code = "tax"


class CreditError(MilestoneInvoicingError, ValueError):
    """A credit of more than is left, or of what cannot be credited; may carry ``left``."""

    code = "credit"
    left: object


class UnitMismatchError(MilestoneInvoicingError, ValueError):
    """Quantities of different units in one calculation."""

    code = "unit_mismatch"


class TiersError(MilestoneInvoicingError, ValueError):
    """Tiers of a fee or compensation that are none, or that do not rise from zero or more."""

    code = "tiers"


class NoLinesError(MilestoneInvoicingError, ValueError):
    """An invoice without a line."""

    code = "no_lines"


class NegativePriceError(MilestoneInvoicingError, ValueError):
    """A price below zero; a negative line has a negative quantity."""

    code = "negative_price"


class AlreadyIssuedError(MilestoneInvoicingError, ValueError):
    """Issuing an invoice that has its number and date."""

    code = "already_issued"


class UnknownInvoiceError(MilestoneInvoicingError, LookupError):
    """A number that none of the invoices has."""

    code = "unknown_invoice"


class DuplicateNumberError(MilestoneInvoicingError, ValueError):
    """Two invoices of one number."""

    code = "duplicate_number"


class NotReadyError(MilestoneInvoicingError, ValueError):
    """Billing a milestone before its trigger has come."""

    code = "not_ready"


class DepositNotSettledError(NotReadyError):
    """Billing work whose deposit has to be paid before; carries ``deposits``, the open ones."""

    code = "deposit_not_settled"
    deposits: object


class OverbillingError(MilestoneInvoicingError, ValueError):
    """Billing more than is left of a milestone; carries ``left``."""

    code = "overbilling"
    left: object


class NeedsDecisionError(MilestoneInvoicingError, ValueError):
    """Billing what was voided without saying that it is billed again."""

    code = "needs_decision"
    left: object


class PaymentTermsError(MilestoneInvoicingError, ValueError):
    """Payment terms whose parts do not fit together, or do not fit what they are asked about."""

    code = "payment_terms"


class DiscountError(MilestoneInvoicingError, ValueError):
    """Early discounts that cannot be offered together."""

    code = "discount"


class TermsTextError(MilestoneInvoicingError, ValueError):
    """A text that reads as no payment terms, or as several; carries ``nearest``."""

    code = "terms_text"
    nearest: tuple[str, ...]


class AmbiguousTermsError(TermsTextError):
    """A text that people read as different payment terms; ``nearest`` says each without doubt."""

    code = "ambiguous_terms"


# Receivables and display.


class PaymentError(MilestoneInvoicingError, ValueError):
    """Money that cannot be set against invoices, or be planned for, as it was asked."""

    code = "payment"


class UnknownClientError(MilestoneInvoicingError, LookupError):
    """A key that no invoice and no money has; carries ``nearest``, the keys most like it."""

    code = "unknown_client"
    nearest: tuple[str, ...]


class BucketsError(MilestoneInvoicingError, ValueError):
    """Aging bucket edges that do not rise from zero or more."""

    code = "buckets"


class ReportMismatchError(MilestoneInvoicingError, ValueError):
    """Adding aging reports of different days, buckets, keys, dates or rates."""

    code = "report_mismatch"


class RatesError(MilestoneInvoicingError, ValueError):
    """Reference rates that are none, whose days do not rise, or that change at a wrong time."""

    code = "rates"


class UnknownRateError(MilestoneInvoicingError, LookupError):
    """A day for which a table has no reference rate, or a currency without an exchange rate."""

    code = "unknown_rate"


class ReminderPolicyError(MilestoneInvoicingError, ValueError):
    """Steps of reminding that do not fit together: levels that do not rise, say."""

    code = "reminder_policy"


class UnknownLocaleError(MilestoneInvoicingError, LookupError):
    """A locale that CLDR does not know."""

    code = "unknown_locale"
