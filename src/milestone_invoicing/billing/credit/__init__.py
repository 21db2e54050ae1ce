"""How what is invoiced is taken back."""
