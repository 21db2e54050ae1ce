"""What cash comes when, by what was agreed and how clients pay, and what is at risk."""
