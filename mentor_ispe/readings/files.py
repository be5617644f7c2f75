"""What files hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
	from frappe.core.doctype.file.file import File


def file_bytes(file: File) -> bytes:
	"""The file byte by byte.

	Not its get_content: that gives text wherever it can read the bytes as text, which in Frappe 16 counts
	pictures and documents in, as nearly everything can be read as Windows-1250.
	"""
	return Path(file.get_full_path()).read_bytes()
