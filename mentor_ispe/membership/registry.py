"""Which membership sources there are, and the one that Mentoring Settings chose.

Another app adds its own in hooks.py: `mentoring_membership_sources = {"Name": "app.module.Class"}`.
"""

from __future__ import annotations

import frappe
from frappe import _

from mentor_ispe.domain.web_links import is_web_link
from mentor_ispe.membership.base import Source, SourceUnavailable
from mentor_ispe.membership.non_profit import NonProfitSource
from mentor_ispe.membership.roll import RollSource
from mentor_ispe.membership.subscription import SubscriptionSource

HOOK = "mentoring_membership_sources"
SETTINGS = "Mentoring Settings"

BUILT_IN: tuple[type[Source], ...] = (NonProfitSource, SubscriptionSource, RollSource)
"""A new site starts with the first whose app is there."""


def sources() -> dict[str, str | type[Source]]:
	"""Return each source's class, or the path of it, by its name; ours can't be replaced by a hook."""
	added = frappe.get_hooks(HOOK) or {}
	# Frappe collects the values of a dict hook in lists, one for each app that sets the key.
	paths = {name: path[-1] if isinstance(path, list) else path for name, path in added.items()}
	return paths | {source.name: source for source in BUILT_IN}


def chosen() -> str:
	"""Return the name of the source in Mentoring Settings, or an empty string."""
	return frappe.db.get_single_value(SETTINGS, "membership_source") or ""


def first_choice() -> str:
	"""The source of the membership records that the site already keeps, else the app's own roll."""
	installed = frappe.get_installed_apps()
	return next((source.name for source in BUILT_IN if source.app in installed), RollSource.name)


def get_source(name: str | None = None) -> Source:
	"""Build the source called `name`, by default the chosen one; raise SourceUnavailable if it can't be."""
	name = chosen() if name is None else name
	if not name:
		raise SourceUnavailable(_("No membership source is set. Choose one in Mentoring Settings."))
	found = sources().get(name)
	if found is None:
		raise SourceUnavailable(_("The membership source {0} isn't installed.").format(name))
	try:
		source = (frappe.get_attr(found) if isinstance(found, str) else found)()
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


def join_address() -> str:
	"""Where somebody becomes a member: as Mentoring Settings has it, else as the source says; empty for nowhere."""
	address = frappe.get_cached_doc(SETTINGS).join_url
	if address:
		return address
	try:
		ask = getattr(get_source(), "join_address", None)
	except SourceUnavailable:
		return ""
	found = ask() if ask else ""
	return found if is_web_link(found) else ""  # another app's, and people click on it


def missing_doctypes(source: Source) -> list[str]:
	"""Return those of the source's DocTypes that the site doesn't have."""
	return [
		doctype
		for doctype in getattr(source, "doctypes", ())
		if not frappe.db.exists("DocType", doctype, cache=True)
	]


def name_on_record(email: str) -> str | None:
	"""What the membership records that the site has call the person with this address; the roll goes first."""
	here = (source() for source in reversed(BUILT_IN))
	return next(
		(name for source in here if not missing_doctypes(source) and (name := source.full_name(email))), None
	)
