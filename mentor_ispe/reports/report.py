"""The one way into every report of the app: who asks, and for what, before anything is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import frappe
from frappe import _
from frappe.core.doctype.custom_role.custom_role import get_custom_allowed_roles
from frappe.model.document import Document

from mentor_ispe.reports.answer import Answer
from mentor_ispe.reports.wanted import Wanted


def report(
	name: str,
	*,
	by: Sequence[str] = ("",),
	choices: Mapping[str, Sequence[str]] | None = None,
	checks: Sequence[str] = (),
) -> Callable[[Callable[[Wanted], Answer]], Callable[..., Answer]]:
	"""Make a function of checked filters the `execute` of the report of this name.

	`by` are its ways of grouping, `choices` its further filters with the values that each may have, `checks`
	those that are on or off. Frappe runs `execute` from a dozen places, and asks for permission in some of
	them: a prepared report, for one, is run by a job for whoever asked. So it is asked here, each time.
	"""

	def decorate(answer: Callable[[Wanted], Answer]) -> Callable[..., Answer]:
		if frappe.scrub(name) != answer.__module__.rpartition(".")[2]:
			raise ValueError(f"{answer.__module__} isn't the report {name}")

		@wraps(answer)
		def execute(filters: Mapping[str, Any] | None = None) -> Answer:
			check_asker(name)
			return answer(Wanted.of(filters, by, choices, checks))

		return execute

	return decorate


def check_asker(report: str, user: str | None = None) -> None:
	"""Refuse whoever has none of the report's roles; raises PermissionError."""
	if not roles_of(report) & set(frappe.get_roles(user)):
		raise frappe.PermissionError(
			_("You don't have access to the report {0}. Ask a coordinator for it.").format(_(report))
		)


def roles_of(report: str) -> set[str]:
	"""The roles that may open a report: those of its record, which come from its JSON, unless the site named
	others in Frappe's Role Permission for Page and Report. A report without a role is for nobody."""
	custom = get_custom_allowed_roles("report", report)
	return set(
		custom
		or frappe.get_all("Has Role", {"parenttype": "Report", "parent": report}, pluck="role", order_by="")
	)


def is_ours(report: Document) -> bool:
	"""Whether it is one of the reports that come with the app."""
	return report.module == "Mentor ISPE" and report.is_standard == "Yes"
