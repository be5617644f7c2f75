"""Run by test_daily_mail_killed.py in processes of its own: `mail_worker.py SITE KEYS [halt]`.

Says "ready", queues the mails of the notices whose key begins with KEYS once it is told to on its standard
input, and says what it did as JSON. With `halt` it stops when the first mail is written and its notices
aren't, says "written" and waits there to be killed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

import frappe
from frappe.email.doctype.email_account.email_account import EmailAccount


def main(site: str, keys: str, halt: str = "") -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	frappe.set_user("Administrator")
	from mentor_ispe.mails import sending

	# The served site has no account, so that its own worker leaves these mails to us.
	account = frappe.get_doc({"doctype": "Email Account", "email_id": "race@example.org"})
	EmailAccount.find_outgoing = classmethod(lambda cls, *args, **kwargs: account)
	look = sending._due

	def ours() -> Iterator[frappe._dict]:
		wanted = set(frappe.get_all("Mentoring Notice", {"notice_key": ("like", f"{keys}%")}, pluck="name"))
		return (notice for notice in look() if notice.name in wanted)

	sending._due = ours
	if halt:
		stop_when_written()
	try:
		print("ready", flush=True)
		sys.stdin.readline()
		print(json.dumps(asdict(sending.flush())), flush=True)
	finally:
		frappe.destroy()


def stop_when_written() -> None:
	"""Wait between the first mail and the new status of its notices."""
	write = frappe.db.set_value

	def stop(doctype: str, *args, **kwargs) -> None:
		if doctype == "Mentoring Notice":
			print("written", flush=True)
			sys.stdin.readline()
		write(doctype, *args, **kwargs)

	frappe.db.set_value = stop


if __name__ == "__main__":
	main(*sys.argv[1:])
