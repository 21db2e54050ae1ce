"""Whom to remind of open invoices, and when: policies, what is due to be sent, plans, letters."""
