"""What happened to an invoice, and what of it that fills; it knows no contract."""
