"""Writes through Frappe's own entry points go again when the database undid them for another one.

Frappe answers such a request with an error of the database and leaves it to the user to try again. It has no
hook around a request, so two of its functions are wrapped, once in each process: the one that every request to
/api goes through, and the one that imports a row.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import frappe
import frappe.api
from frappe.core.doctype.data_import.importer import Importer
from frappe.model.document import Document
from werkzeug.wrappers import Request, Response

from mentor_ispe.concurrency.retries import ATTEMPTS, run_with_retries

# Endpoints of an app are its own business; ours are `retried`.
PATHS = re.compile(r"^/api/(v1/|v2/)?((resource|document)/|method/frappe\.(client|desk)\.)")
WRITES = frozenset({"POST", "PUT", "PATCH", "DELETE"})
# What an attempt leaves in the request: the values that it took out, and what it has said.
OF_THE_REQUEST = ("form_dict", "response", "message_log", "error_log", "debug_log")


def wrap_once(*args: object, **kwargs: object) -> None:
	"""Wrap them; called before each request and job."""
	if not getattr(frappe.api.handle, "retries", False):
		frappe.api.handle = _retrying_requests(frappe.api.handle)
	if not getattr(Importer.process_doc, "retries", False):
		Importer.process_doc = _retrying_rows(Importer.process_doc)


def _retrying_requests(handle: Callable[[Request], Response]) -> Callable[[Request], Response]:
	def handle_with_retries(request: Request) -> Response:
		if request.method not in WRITES or not PATHS.match(request.path):
			return handle(request)
		came = {name: deepcopy(getattr(frappe.local, name)) for name in OF_THE_REQUEST}

		def attempt() -> Response:
			for name, value in came.items():
				setattr(frappe.local, name, deepcopy(value))
			frappe.local.request_cache.clear()
			return handle(request)

		return run_with_retries(attempt)

	handle_with_retries.retries = True  # type: ignore[attr-defined]  # a mark
	return handle_with_retries


def _retrying_rows(process_doc: Callable[..., Document]) -> Callable[..., Document]:
	def process_with_retries(self: Importer, doc: dict[str, Any]) -> Document:
		# Each row is a transaction; the first one may come after what belongs to the import as a whole.
		attempts = 1 if frappe.db.transaction_writes else ATTEMPTS
		return run_with_retries(lambda: process_doc(self, deepcopy(doc)), attempts=attempts)

	process_with_retries.retries = True  # type: ignore[attr-defined]  # a mark
	return process_with_retries
