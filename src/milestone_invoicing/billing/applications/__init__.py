"""Applications for payment: a schedule of values with its columns, and whether they tie."""
