"""What is asked of the database in one query and answered in plain records of `domain/`; nothing here writes."""
