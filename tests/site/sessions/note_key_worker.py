"""A process of the site that seals words when it is told to: `note_key_worker.py SITE`, in the sites' folder.

Each line that it reads is a moment (seconds as of time.time()) at which to seal; it answers with a line of
JSON that says how that went.
"""

from __future__ import annotations

import json
import sys
import time

import frappe

from mentor_ispe.services.sessions import sealing


def main(site: str) -> None:
	frappe.init(site=site, sites_path=".")
	frappe.connect()
	print("ready", flush=True)
	for line in sys.stdin:
		while time.time() < float(line):
			pass  # no sleep: all of them are to begin in the same moment
		try:
			answer = {"sealed": sealing.seal({"words": "We spoke of pay."}, "a meeting")}
		except Exception as error:
			answer = {"failed": f"{type(error).__name__}: {error}"}
		print(json.dumps(answer), flush=True)
	frappe.destroy()


main(sys.argv[1])
