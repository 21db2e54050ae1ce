"""What bills keep back until it is released, and how it is released."""
