"""Which membership sources there are, and the one that Mentoring Settings chose.

Another app adds its own in hooks.py: `mentoring_membership_sources = {"Name": "app.module.Class"}`.
"""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.membership import non_profit, types
from mentor_ispe.membership.base import Source, SourceUnavailable

HOOK = "mentoring_membership_sources"
SETTINGS = "Mentoring Settings"

BUILT_IN = {
	"Non Profit": "mentor_ispe.membership.non_profit.NonProfitSource",
	"Subscription": "mentor_ispe.membership.subscription.SubscriptionSource",
	"Membership Roll": "mentor_ispe.membership.roll.RollSource",
}


def sources() -> dict[str, str]:
	"""Return the dotted path of each source's class by its name; ours can't be replaced by a hook."""
	added = frappe.get_hooks(HOOK) or {}
	# Frappe collects the values of a dict hook in lists, one for each app that sets the key.
	paths = {name: path[-1] if isinstance(path, list) else path for name, path in added.items()}
	return paths | BUILT_IN


def chosen() -> str:
	"""Return the name of the source in Mentoring Settings, or an empty string."""
	return frappe.db.get_single_value(SETTINGS, "membership_source") or ""


def get_source(name: str | None = None) -> Source:
	"""Build the source called `name`, by default the chosen one; raise SourceUnavailable if it can't be."""
	name = chosen() if name is None else name
	if not name:
		raise SourceUnavailable(_("No membership source is chosen in Mentoring Settings."))
	path = sources().get(name)
	if path is None:
		raise SourceUnavailable(_("The membership source {0} isn't installed.").format(name))
	try:
		source = frappe.get_attr(path)()
	except Exception as error:
		raise SourceUnavailable(_("The membership source {0} can't be loaded.").format(name)) from error
	missing = missing_doctypes(source)
	if missing:
		raise SourceUnavailable(
			_("The membership source {0} needs {1}, which this site doesn't have.").format(
				name, ", ".join(missing)
			)
		)
	return source


def missing_doctypes(source: Source) -> list[str]:
	"""Return those of the source's DocTypes that the site doesn't have."""
	return [
		doctype
		for doctype in getattr(source, "doctypes", ())
		if not frappe.db.exists("DocType", doctype, cache=True)
	]


def places_of(doctype: str, record: str) -> int:
	"""How many people may share this membership record, by the types of membership that it has."""
	if doctype == non_profit.MEMBER:
		return types.places(non_profit.types_of(record))
	return types.places([frappe.db.get_value(doctype, record, "membership_type")])
