"""An invoice on a day, and a set of invoices: what every report reads, and works out nowhere."""
