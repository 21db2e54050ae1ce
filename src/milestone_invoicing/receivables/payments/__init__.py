"""How money that came in is set against what is owed: on account, applied, by a plan."""
