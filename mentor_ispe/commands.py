"""Commands of this app for `bench`.

Bench reads this file for every command it runs, so what a command needs is imported inside of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
import frappe
from frappe.commands import get_site, pass_context

if TYPE_CHECKING:
	from mentor_ispe.services.desk.import_people import ImportResult

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("mentoring-import-people")
@click.argument("file", type=FILE)
@click.option("--mapping", type=FILE, required=True, help="TOML file that says what their columns mean here.")
@click.option("--as", "side", type=click.Choice(["mentor", "mentee"]), help="What the file is a list of.")
@click.option("--cycle", help="Enter an application to this cycle for everybody in the file.")
@click.option("--sheet", default="", help="The sheet to read, where a workbook has several with content.")
@click.option("--logins", is_flag=True, help="Create a website user for everybody; nobody gets a mail.")
@click.option("--pass-over-refused", is_flag=True, help="Import the others when some may not apply.")
@click.option("--dry-run", is_flag=True, help="Check everything, say what would happen, write nothing.")
@pass_context
def import_people_command(
	context: object,
	file: Path,
	mapping: Path,
	side: str | None,
	cycle: str | None,
	sheet: str,
	logins: bool,
	pass_over_refused: bool,
	dry_run: bool,
) -> None:
	"""Bring in a list of people (.xlsx, .ods or CSV, with their own headings) through a mapping."""
	from mentor_ispe.exceptions import RuleViolation, violation_message
	from mentor_ispe.services.desk.import_people import import_people

	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		frappe.set_user("Administrator")
		frappe.flags.mute_messages = True  # told below, once
		result = import_people(
			file.read_bytes(),
			mapping.read_text(encoding="utf-8"),
			side=side.title() if side else None,
			cycle=cycle,
			with_logins=logins,
			pass_over_refused=pass_over_refused,
			dry_run=dry_run,
			sheet=sheet,
		)
		frappe.db.commit()  # a command is its own request
	except RuleViolation as refusal:
		frappe.db.rollback()
		for words in [violation_message(violation) for violation in refusal.violations] or [str(refusal)]:
			click.secho(words, fg="red", err=True)
		raise click.ClickException("nothing was imported.") from None
	except UnicodeDecodeError:
		raise click.ClickException(f"{mapping} is not in UTF-8; save it again as UTF-8.") from None
	finally:
		frappe.destroy()
	_tell(result, dry_run)


def _tell(result: ImportResult, dry_run: bool) -> None:
	if dry_run:
		click.echo("Dry run: nothing was written. It would have been:")
	click.echo(
		f"people: {result.created} created, {result.updated} updated, {result.unchanged} unchanged; "
		f"{result.logins} logins created"
	)
	for side, count in result.applied.items():
		if count or result.applied_before[side]:
			click.echo(f"applied as {side}: {count}, before: {result.applied_before[side]}")
	for doctype, names in result.new_records.items():
		click.echo(f"new {doctype}: {', '.join(names)}")
	for note in result.notes:
		click.echo(f"note: {note}")
	for person in result.refused:
		click.echo(f"refused: row {person.row}, {person.email} as {person.side}: {person.reason}")


@click.command("mentoring-notes-key")
@click.argument("action", type=click.Choice(["check", "create", "rotate", "reseal"]), default="check")
@pass_context
def notes_key_command(context: object, action: str) -> None:
	"""Look after the key of the groups' notes.

	check says where the key is and what it opens; create makes it where the site's configuration says; rotate
	puts a new key before the former ones and encrypts everything with it; reseal encrypts with the first key
	what another one did, also one that was added by hand.
	"""
	from mentor_ispe.exceptions import RuleViolation
	from mentor_ispe.services.sessions import note_key
	from mentor_ispe.services.sessions.sealing import count_by_key, reseal

	frappe.init(site=get_site(context))
	frappe.connect()
	try:
		frappe.flags.mute_messages = True  # told below, once
		if action == "create":
			if note_key.anything_sealed() and not note_key.key_path().exists():
				note_key.raise_missing()
			made = note_key.create_key()
			click.echo("A new key was made." if made else "The key was there already.")
		elif action == "rotate":
			note_key.add_key()
		if action in ("rotate", "reseal"):
			done = reseal()
			click.echo(
				f"encrypted with the first key now: {done.resealed}; can't be opened: {done.unreadable}"
			)
		ring, counts = note_key.read_keys(), count_by_key()
		click.echo(f"key file: {note_key.key_path().resolve()}")
		for key in ring.keys:
			click.echo(f"key {key}{', encrypts' if key == ring.first else ''}: {counts.pop(key, 0)} records")
		for key, count in counts.items():
			whose = f"key {key}, which isn't there" if key else "the site's encryption_key (run reseal)"
			click.secho(f"{whose}: {count} records", fg="yellow")
	except RuleViolation as refusal:
		raise click.ClickException(str(refusal)) from None
	except OSError as error:
		raise click.ClickException(f"{note_key.key_path()}: {error.strerror}") from None
	finally:
		frappe.destroy()


commands = [import_people_command, notes_key_command]
