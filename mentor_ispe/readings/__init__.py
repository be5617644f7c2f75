"""What is read from the database: each reading is one query, and what it returns is plain."""
