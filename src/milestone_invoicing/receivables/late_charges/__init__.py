"""What late payment costs: day counts, reference rates, policies, arrears, charges."""
