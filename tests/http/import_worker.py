"""Run by test_import_killed.py in processes of its own, which it kills: `import_worker.py SITE IMPORT ATTEMPT`.

Carries the import out as the background job does, and says of each commit that it happened.
"""

from __future__ import annotations

import sys

import frappe

from mentor_ispe.jobs import imports
from mentor_ispe.services.imports import importing

BATCH = 10


def main(site: str, name: str, attempt: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	importing.BATCH = BATCH  # more moments to be killed at
	commit = frappe.db.commit

	def telling() -> None:
		commit()
		print("committed", flush=True)

	frappe.db.commit = telling
	try:
		imports.carry_out(name, int(attempt))
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
