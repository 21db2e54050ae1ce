"""Who owes how much, and how long past due: in one pass, as a report that adds up."""
