"""Whether the invoices of a set fit each other; what is found is reported, never raised."""
