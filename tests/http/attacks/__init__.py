"""Each attack that was tried in November 2026, by its number, over HTTP against a served site."""
