"""Files of people, applications and memberships that a coordinator brings in, from the Desk.

`files` reads and remembers what is in the file, `checking` says of every row what would happen, `importing` does it
in batches that may be killed at any moment, `undoing` takes it back. `people` and `memberships` write one record
each; the command imports through them too.
"""
