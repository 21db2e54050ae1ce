"""What a document is made of: parties, tax, lines and what they add up to; it knows no dates."""
