"""Texts of a DocType. The label of a field that means something else elsewhere has its DocType as context."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from frappe.gettext.extractors import doctype

# A translation without a context holds for every app of a site. The Desk looks for a label's with the
# DocType first, so these get one of their own.
MEAN_SOMETHING_ELSE = {
	"About", "Asked on", "Dates", "Format", "Link", "Login", "Mapping", "Organization", "Participants", "Published on",
	"Recipient", "Records", "Series", "Start", "State", "Title", "To",
}  # fmt: skip


def extract(fileobj: BinaryIO, *args: Any, **kwargs: Any) -> Iterator[tuple]:
	"""As Frappe's, but for those labels."""
	data = json.load(fileobj)
	if isinstance(data, list):
		return
	for field in data.get("fields", []):
		if (label := field.get("label")) in MEAN_SOMETHING_ELSE:
			del field["label"]
			yield None, "pgettext", (data["name"], label), []
	yield from doctype.extract(BytesIO(json.dumps(data).encode()), *args, **kwargs)
