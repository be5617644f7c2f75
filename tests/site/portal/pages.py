"""The members' pages as one person opens them, in this process."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import frappe
from bs4 import BeautifulSoup
from frappe.utils import set_request
from frappe.website.serve import get_response

from tests.site.sign_in import sign_in


class Pages:
	"""The pages that one person opens, each rendered once."""

	def __init__(self, user: str):
		self.user, self.read = user, {}

	def open(self, address: str) -> tuple[int, BeautifulSoup]:
		"""(status, page), wherever it redirects to."""
		parts = urlsplit(address)
		key = parts.path + (f"?{parts.query}" if parts.query else "")
		if key not in self.read:
			frappe.local.jenv = None
			frappe.local.message_log = []
			path = unquote(parts.path)
			set_request(method="GET", path=path, query_string=parts.query)
			frappe.local.form_dict = frappe._dict(frappe.local.request.args)
			sign_in(self.user)
			answer = get_response(path)
			if answer.status_code in (301, 302):
				self.read[key] = self.open(answer.headers["Location"])
			else:
				page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
				self.read[key] = answer.status_code, page
		return self.read[key]

	def crawl(self, start: str, most: int = 80) -> list[str]:
		"""What is wrong with our own links that can be reached from `start`."""
		waiting, seen, wrong = [start], {start}, []
		while waiting and len(seen) < most:
			address = waiting.pop(0)
			status, page = self.open(address)
			if status != 200:
				wrong.append(f"{address}: {status}")
			for link in page.select("#mentoring-main a[href], nav a[href]"):
				target = link["href"]
				if target.startswith("#"):
					target = address.partition("#")[0] + target
				if not target.startswith("/mentoring"):
					continue
				path, _hash, anchor = target.partition("#")
				if anchor and not self.open(path)[1].find(id=anchor):
					wrong.append(f"{address}: {target} names no place on the page")
				if path not in seen:
					seen.add(path)
					waiting.append(path)
		return wrong
