"""Random words in every private field, and everything that can be called, to see that none comes back."""
