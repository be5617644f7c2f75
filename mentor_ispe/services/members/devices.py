"""The devices on which somebody gets notifications: they turn them on in the browser, and each can be taken away.

A cookie of its own says which of them a browser is, beyond the session: so signing out takes the device away, and so
does somebody else who signs in there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import frappe
from frappe import _
from frappe.utils.data import sha256_hash

from mentor_ispe.concurrency.locks import lock_row_for_write
from mentor_ispe.domain.logins import AddressLeft
from mentor_ispe.domain.push import (
	MOST_DEVICES,
	ON_A_SYSTEM,
	UNKNOWN_DEVICE,
	are_browser_keys,
	device_id,
	device_name,
)
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.mails.push import delivery, site_key
from mentor_ispe.readings.profiles import profile_of

if TYPE_CHECKING:
	from mentor_ispe.mentor_ispe.doctype.mentoring_profile.mentoring_profile import MentoringProfile

DEVICE, PROFILE = site_key.DEVICE, "Mentoring Profile"
COOKIE = "mentoring_device"
COOKIE_SECONDS = 400 * 24 * 60 * 60  # the longest that browsers keep one


def add(profile: str, address: str, public_key: str, secret: str, user_agent: str = "") -> str:
	"""Send notifications to this browser from now on; returns the cookie that it is known by. Raises RuleViolation.

	Whoever had them there before has them no more: a browser is one person's.
	"""
	if not site_key.public_key():
		frappe.throw(_("This site can't send notifications. Ask your coordinator."), exc=RuleViolation)
	if not delivery.is_allowed(address) or not are_browser_keys(public_key, secret):
		frappe.throw(
			_("Notifications can't be sent to this browser. Try another browser on this device."),
			exc=RuleViolation,
		)
	lock_row_for_write(PROFILE, profile)
	remove_this_browser()
	_delete({"name": device_id(address)})
	# A locking read: what another browser of theirs added meanwhile counts.
	if len(frappe.db.get_values(DEVICE, {"profile": profile}, "name", for_update=True)) >= MOST_DEVICES:
		frappe.throw(
			_("You already get notifications on {0} devices. Remove one first.").format(MOST_DEVICES),
			exc=RuleViolation,
		)
	cookie = frappe.generate_hash(length=40)
	frappe.get_doc(
		{
			"doctype": DEVICE,
			"profile": profile,
			"device": _name_of(user_agent),
			"address": address,
			"public_key": public_key,
			"secret": secret,
			"cookie_hash": sha256_hash(cookie),
		}
	).insert(ignore_permissions=True)
	return cookie


def _name_of(user_agent: str) -> str:
	browser, system = device_name(user_agent)
	if browser and system:
		return _(ON_A_SYSTEM).format(browser=browser, system=system)
	return browser or system or _(UNKNOWN_DEVICE)


def remove(profile: str, device: str) -> None:
	"""Send nothing there any more; one that isn't theirs, or is gone already, stays as it is."""
	_delete({"name": device, "profile": profile})


def remove_this_browser() -> None:
	"""Send nothing to the browser that asks, whoever had turned it on."""
	if cookie := _cookie():
		_delete({"cookie_hash": sha256_hash(cookie)})


def remove_all(profile: MentoringProfile, event: AddressLeft) -> None:
	"""Send nothing to the devices of before: whoever had the address or login that was left may be somebody else."""
	_delete({"profile": profile.name})


def _delete(filters: dict[str, str]) -> None:
	# By name: a search would lock the gaps of the table, and with them everybody who turns them on.
	for name in frappe.get_all(DEVICE, filters, pluck="name", order_by="name"):
		frappe.db.delete(DEVICE, {"name": name})


def is_own_browser(user: str) -> bool:
	"""Whether the browser that asks gets this user's notifications: so nobody else has signed in there since."""
	owner = _this_browser("profile")
	return bool(owner) and owner == profile_of(user)


def of_person(profile: str) -> list[dict[str, Any]]:
	"""Their devices, the newest first: name, device, creation, and whether it is this browser ("here")."""
	here = _this_browser("name")
	rows = frappe.get_all(
		DEVICE, {"profile": profile}, ["name", "device", "creation"], order_by="creation desc, name"
	)
	return [{**row, "here": row.name == here} for row in rows]


def _this_browser(field: str) -> str | None:
	cookie = _cookie()
	return frappe.db.get_value(DEVICE, {"cookie_hash": sha256_hash(cookie)}, field) if cookie else None


def _cookie() -> str:
	return frappe.request.cookies.get(COOKIE, "") if frappe.request else ""
