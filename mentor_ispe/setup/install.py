"""What a site needs beside the DocTypes; every step may run again and again."""

from __future__ import annotations

import frappe

from mentor_ispe.mails import templates
from mentor_ispe.services.desk import onboarding
from mentor_ispe.setup import desk
from mentor_ispe.setup.indexes import create_indexes
from mentor_ispe.setup.roles import create_roles

SETTINGS = "Mentoring Settings"

# Which source of memberships a site starts with: the first whose app is there.
SOURCE_BY_APP = {"non_profit": "Non Profit", "erpnext": "Subscription"}
OWN_SOURCE = "Membership Roll"


def before_install() -> None:
	"""Create the roles before the DocTypes that name them."""
	create_roles()


def after_install() -> None:
	"""Set a new site up: roles and the settings' first values."""
	set_up()
	desk.create_views()
	choose_membership_source()


def after_migrate() -> None:
	"""Bring back what is missing; never overwrite what staff chose."""
	set_up()


def set_up() -> None:
	"""Create whatever is missing, on a new site and on one that was upgraded."""
	create_roles()
	templates.create_missing()
	create_indexes()
	onboarding.follow()
	desk.install_block()


def choose_membership_source() -> None:
	"""Ask the membership records that the site already keeps."""
	installed = frappe.get_installed_apps()
	source = next((name for app, name in SOURCE_BY_APP.items() if app in installed), OWN_SOURCE)
	frappe.db.set_single_value(SETTINGS, "membership_source", source)
