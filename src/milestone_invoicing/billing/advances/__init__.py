"""What is billed and received before the work, and how bills take it off."""
