"""Run by publishing.py in processes of its own: `publish_worker.py SITE RUN`.

Says "ready", publishes the run as the background job does once it is told to on its standard input, says
every percent that the job tells the page, and at last what the job returned as JSON.
"""

from __future__ import annotations

import json
import sys

import frappe


def main(site: str, run: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.enqueue = lambda *args, **kwargs: None  # no mails from here
	try:
		from mentor_ispe.jobs import matching

		matching.report_progress = lambda _run, _step, share: print(f"{share:.0%}", flush=True)
		frappe.db.rollback()
		print("ready", flush=True)
		sys.stdin.readline()
		print(json.dumps(matching.publish_run(run)), flush=True)
	finally:
		frappe.destroy()


if __name__ == "__main__":
	main(*sys.argv[1:])
