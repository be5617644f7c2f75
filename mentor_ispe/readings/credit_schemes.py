"""The credit schemes that programs can choose from: ours, and those of other apps.

An app adds its own with the hook `mentoring_credit_schemes`, the path of a dict like CREDIT_SCHEMES.
"""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.domain.credit.schemes import CREDIT_SCHEMES, CreditScheme, to_scheme
from mentor_ispe.domain.violations import N_, Violation

HOOK = "mentoring_credit_schemes"


def schemes() -> dict[str, CreditScheme]:
	"""Every scheme by name. Raises ValueError when an app's scheme can't be read."""
	data = dict(CREDIT_SCHEMES)
	for path in frappe.get_hooks(HOOK):
		data.update(frappe.get_attr(path))
	return {name: to_scheme(name, each) for name, each in data.items()}


def options() -> list[dict[str, str]]:
	"""The schemes as an Autocomplete field wants them."""
	return [{"value": name, "label": _(scheme.title)} for name, scheme in sorted(schemes().items())]


def check(name: str | None, format: str) -> list[Violation]:
	"""Whether a program of this format can follow the scheme; an empty one is none."""
	if not name:
		return []
	known = schemes()
	if name not in known:
		return [
			Violation(
				"scheme_unknown",
				N_("There is no credit scheme {name}. Choose one of: {known}."),
				{"name": name, "known": sorted(known)},
			)
		]
	if known[name].has("one_to_one") and format != "One-on-One":
		return [
			Violation(
				"scheme_format",
				N_("{name} gives credit for one-on-one pairs only, so this program can't earn it."),
				{"name": name},
			)
		]
	return []


def asks_for_other_employers(name: str | None) -> bool:
	"""Whether the scheme keeps people of one employer apart, so that matching has to as well."""
	scheme = schemes().get(name or "")
	return bool(scheme and scheme.has("employers_apart"))
