"""The proof: what the source says must be found again in what was made of it."""
