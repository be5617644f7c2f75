"""Counts the queries of a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import frappe


def queries(call: Callable[[], Any]) -> int:
	"""How many queries `call` sends to the database."""
	sent, sql = [], frappe.db.sql

	def counted(*args: Any, **kwargs: Any) -> Any:
		sent.append(args[0])
		return sql(*args, **kwargs)

	frappe.db.sql = counted
	try:
		call()
	finally:
		frappe.db.sql = sql
	return len(sent)
