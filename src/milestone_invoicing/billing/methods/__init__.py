"""Ways to bill beside the milestone: how time and the like become lines."""
