"""Texts of records that Frappe ships no extractor for: print formats and form tours."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO


def extract(fileobj: BinaryIO, *args: Any, **kwargs: Any) -> Iterator[tuple]:
	"""A print format's name; what the steps of a tour say."""
	record = json.load(fileobj)
	if record["doctype"] == "Print Format":
		yield None, "_", record["name"], []
	for step in record.get("steps", []):
		for field in ("title", "description"):
			yield None, "_", step[field], []
