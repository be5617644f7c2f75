"""Many people change the same records at the same moment, and nobody is shown the locks behind it.

**Locks** (`locks.py`) are row locks of the database, held until the transaction ends. Everybody takes them in
one order, so that two requests can't wait for one another for ever:

1. Mentors by name, then Mentees by name, one row at a time by primary key
2. the Mentoring Group
3. its meetings: the group's row stands for all of them, so nobody locks a meeting without it
4. the Mentoring Cycle, whose groups are counted when it is closed (`membership/commitment.py`)

Who makes two people one (`services/members/merging.py`) locks their profiles before all of these.

Whoever holds a later one never asks for an earlier one. What a locking read returns is the latest committed
state, also where this transaction read an older one before; so rules about seats look at such rows only. A
DocType whose lock comes after others takes those first in `load_from_db` and `check_if_latest`: then REST, the
Desk and the services keep to the order alike.

**Retries** (`retries.py`) are for what no order can rule out: a lock that Frappe takes by itself, or PostgreSQL,
which undoes a transaction when a row that it is to change was changed after it began to read. A retry is always
around the whole of a transaction, never inside a document:

- an endpoint of ours: `retried` (put there by `api/endpoint.py`)
- a write through Frappe's own entry points (the Desk's form, REST, frappe.client, a row of Data Import):
  `entry_points.py`
- a step of a job: `run_in_transaction`, and `for_each_in_transaction` for many records

After the last attempt people read that somebody else is changing the same records, never a word about locks.
Where a transaction finds out by itself that it read something out of date, it calls `raise_retry`.
"""
