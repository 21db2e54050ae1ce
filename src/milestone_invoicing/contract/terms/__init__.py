"""When what is payable is due: instalments, discounts, and the words for them; no invoices here."""

from milestone_invoicing.contract.terms.discounts import (
    DiscountBase,
    DiscountOffer,
    DiscountTax,
    EarlyDiscount,
)
from milestone_invoicing.contract.terms.installments import (
    DueAmount,
    Installment,
    InstallmentShare,
    PercentOfRest,
    PercentOfUntaxed,
)
from milestone_invoicing.contract.terms.payment_terms import PaymentTerms

__all__ = [
    "DiscountBase",
    "DiscountOffer",
    "DiscountTax",
    "DueAmount",
    "EarlyDiscount",
    "Installment",
    "InstallmentShare",
    "PaymentTerms",
    "PercentOfRest",
    "PercentOfUntaxed",
]
