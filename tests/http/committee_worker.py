"""Run by test_committee_http.py in processes of its own: `committee_worker.py SITE STEP DAY`.

report: the daily job of that day, as the scheduler calls it
die:    the same, but it stops when the record is written and nothing is committed, to be killed there
mails:  the job that queues the mails

Says "ready", begins once it is told to on its standard input, and says at last what came of it as JSON.
"""

from __future__ import annotations

import json
import sys
import time

import frappe
from frappe.utils import getdate

from mentor_ispe.jobs import mails as committee
from mentor_ispe.jobs.mails import flush_notices
from mentor_ispe.services.committee import archive


def main(site: str, step: str, day: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	frappe.enqueue = lambda *args, **kwargs: None  # no other process may do the work
	if step == "die":
		stop_when_kept()
	try:
		frappe.db.rollback()
		print("ready", flush=True)
		sys.stdin.readline()
		if step == "mails":
			flush_notices()
			print(json.dumps("done"), flush=True)
		else:
			print(json.dumps(committee.process_committee_reports(getdate(day))), flush=True)
	finally:
		frappe.destroy()


def stop_when_kept() -> None:
	original = archive.store

	def keep(*args, **kwargs):
		doc = original(*args, **kwargs)
		print("kept", flush=True)
		time.sleep(120)
		return doc

	archive.store = keep


if __name__ == "__main__":
	main(*sys.argv[1:])
