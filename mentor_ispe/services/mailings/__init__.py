"""A coordinator writes to many people at once: whom, what, and what became of it."""
