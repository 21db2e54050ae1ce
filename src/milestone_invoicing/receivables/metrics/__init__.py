"""How well money is collected and work is billed: the usual figures, exact, from the facts."""
