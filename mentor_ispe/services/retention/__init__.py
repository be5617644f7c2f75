"""How long private words are kept, and the job that deletes them then."""
