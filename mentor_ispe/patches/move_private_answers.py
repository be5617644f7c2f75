"""What people said to the coordinators only moves out of the feedback, into records of its own."""

from __future__ import annotations

import frappe
from frappe.query_builder import DocType
from frappe.utils import cstr, flt

FEEDBACK, PRIVATE_ANSWER = "Mentoring Feedback", "Mentoring Private Answer"
# The column of the feedback, which the DocType has no more → the field of the record, and its empty value.
MOVED = {"going": ("going", ""), "staff_rating": ("rating", 0), "staff_comment": ("comment", None)}
BATCH = 500


def execute() -> None:
	"""Move what is still there, then empty the columns; the same again when it runs twice."""
	if not all(frappe.db.has_column(FEEDBACK, column) for column in MOVED):
		return
	while rows := _next_rows():
		there = set(
			frappe.get_all(PRIVATE_ANSWER, {"feedback": ("in", [row.name for row in rows])}, pluck="feedback")
		)
		for row in rows:
			if row.name not in there:
				_move(row)
		_empty([row.name for row in rows])


def _next_rows() -> list[frappe._dict]:
	table = DocType(FEEDBACK)
	fields = (
		*("name", "profile", "kind", "cycle", "mentoring_group"),
		*("owner", "creation", "modified", "modified_by"),
	)
	said = (table.going != "") | (table.staff_rating > 0) | (table.staff_comment != "")
	query = frappe.qb.from_(table).select(*(table[field] for field in (*fields, *MOVED))).where(said)
	return query.orderby(table.name).limit(BATCH).run(as_dict=True)


def _move(row: frappe._dict) -> None:
	record = frappe.new_doc(PRIVATE_ANSWER)
	record.update({field: row[field] for field in ("profile", "kind", "cycle", "mentoring_group")})
	record.update({"feedback": row.name, "going": cstr(row.going), "rating": flt(row.staff_rating)})
	record.comment = row.staff_comment
	record.set_new_name()
	# As it was given: by whom and when, whatever rules hold for people today.
	for field in ("owner", "creation", "modified", "modified_by"):
		record.set(field, row[field])
	record.db_insert()


def _empty(names: list[str]) -> None:
	table = DocType(FEEDBACK)
	query = frappe.qb.update(table).where(table.name.isin(names))
	for column, (_field, empty) in MOVED.items():
		query = query.set(table[column], empty)
	query.run()
