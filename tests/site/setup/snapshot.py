"""Print, as JSON, what a site holds: `python snapshot.py SITE`, from the bench's `sites` folder.

Every table with its columns, and of every table the names of its rows; the tables of logs are counted
among the tables only. A row whose name is random is described by what it says, a child row by its place.
"""

from __future__ import annotations

import json
import sys

import frappe

# Written by Frappe itself whatever an app does.
LOGS = {
	"Access Log",
	"Activity Log",
	"Console Log",
	"Deleted Document",
	"Error Log",
	"Route History",
	"Scheduled Job Log",
	"Sessions",
	"Submission Queue",
	"Version",
	"Installed Application",
}
DESCRIBED = {
	"Has Role": ("parenttype", "parent", "role"),
	"DefaultValue": ("parent", "defkey", "defvalue"),
	"DocPerm": ("parent", "role", "permlevel"),
	"Custom DocPerm": ("parent", "role", "permlevel"),
	"DocField": ("parent", "fieldname"),
	"Patch Log": ("patch",),
	"Singles": ("doctype", "field"),
	"Portal Menu Item": ("parent", "title", "route"),
}
CHILD = ("parenttype", "parent", "parentfield", "idx")


def rows_of(table: str) -> list[str]:
	"""The rows of a table, each as a text that is the same in every run."""
	doctype = table.removeprefix("tab")
	columns = frappe.db.get_table_columns(doctype) if table.startswith("tab") else []
	described = DESCRIBED.get(doctype) or (CHILD if set(CHILD) <= set(columns) else ("name",))
	if doctype in LOGS or not set(described) <= set(columns):
		return []
	source = frappe.qb.DocType(doctype)
	rows = frappe.qb.from_(source).select(*described).run()
	return sorted(" | ".join(str(value) for value in row) for row in rows)


def columns_of(table: str) -> list[str]:
	return sorted(frappe.db.get_table_columns(table.removeprefix("tab"))) if table.startswith("tab") else []


def main(site: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	tables = sorted(frappe.db.get_tables(cached=False))
	print(json.dumps({table: {"columns": columns_of(table), "rows": rows_of(table)} for table in tables}))
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1])
