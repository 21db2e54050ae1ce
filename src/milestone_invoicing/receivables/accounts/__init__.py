"""What people send and look at: statements, payment histories, summaries, missing invoices."""
