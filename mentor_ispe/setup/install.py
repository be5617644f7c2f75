"""What a site needs beside the DocTypes; every step may run again and again."""

from __future__ import annotations

import click
import frappe

from mentor_ispe.mails.push import site_key
from mentor_ispe.membership.registry import first_choice
from mentor_ispe.services.sessions.note_key import NoteKeyMissing, ensure_key, key_path
from mentor_ispe.services.sessions.sealing import unreadable
from mentor_ispe.setup import desk, onboarding
from mentor_ispe.setup.indexes import create_indexes
from mentor_ispe.setup.roles import create_roles

SETTINGS = "Mentoring Settings"


def before_install() -> None:
	"""Create the roles before the DocTypes that name them."""
	create_roles()


def after_install() -> None:
	"""Set a new site up, with the settings' first values."""
	set_up()
	desk.create_views()
	choose_membership_source()
	frappe.db.set_single_value(SETTINGS, "keep_mails", 12)  # patches don't run on a new site


def after_migrate() -> None:
	"""Bring back what is missing; never overwrite what staff chose."""
	set_up()


def set_up() -> None:
	"""Create whatever is missing, on a new site and on one that was upgraded. What is data comes as fixtures."""
	create_indexes()
	onboarding.follow()
	make_note_key()
	site_key.ensure_key()


def make_note_key() -> None:
	"""Make the key of the notes, unless it is there; say so when a key is missing that only people can bring."""
	try:
		ensure_key()
		if lost := unreadable():
			click.secho(
				f"{lost} mentoring notes and action items are encrypted with a key that isn't in {key_path()}. "
				"Add the former key to that file as another line; see docs/keys.md.",
				fg="yellow",
			)
	except NoteKeyMissing as missing:
		frappe.clear_messages()
		click.secho(f"{missing} ({key_path()}; see docs/keys.md)", fg="yellow")


def choose_membership_source() -> None:
	"""Ask the membership records that the site already keeps."""
	frappe.db.set_single_value(SETTINGS, "membership_source", first_choice())
