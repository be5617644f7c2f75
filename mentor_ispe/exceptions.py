"""Errors of this app that a caller may want to tell apart."""

from __future__ import annotations

import frappe

from mentor_ispe.domain.violations import Violation


class RuleViolation(frappe.ValidationError):
	"""A rule of the program refuses this; `violations` says which, in order."""

	def __init__(self, message: str = "", violations: list[Violation] | None = None):
		super().__init__(message)
		self.violations = violations or []

	def __str__(self) -> str:
		"""The sentences one after another; Frappe keeps several of them as a list."""
		said = self.args[0] if self.args else ""
		return " ".join(said) if isinstance(said, list | tuple) else str(said)

	@property
	def codes(self) -> list[str]:
		return [violation.code for violation in self.violations]
