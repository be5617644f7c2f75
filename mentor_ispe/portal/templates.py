"""Compiled templates, kept for the next request: compiling them is half of the work of a page.

Frappe 15 compiles each template of a page anew for each request; Frappe 16 keeps them by itself.
"""

from __future__ import annotations

from typing import Any

from frappe.utils.jinja import get_jenv
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class CompiledTemplates(BytecodeCache):
	"""In the memory of one process. A bucket knows by the template's text whether it is still the same."""

	def __init__(self) -> None:
		self.kept: dict[str, bytes] = {}

	def load_bytecode(self, bucket: Bucket) -> None:
		if bucket.key in self.kept:
			bucket.bytecode_from_string(self.kept[bucket.key])

	def dump_bytecode(self, bucket: Bucket) -> None:
		self.kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledTemplates()


def keep_compiled(context: Any) -> None:
	"""Of the page that is about to be rendered."""
	get_jenv().bytecode_cache = COMPILED
