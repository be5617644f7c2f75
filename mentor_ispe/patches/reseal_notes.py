"""Notes and action items that the site's encryption_key sealed are sealed with the notes' own key."""

from __future__ import annotations

import click

from mentor_ispe.services.sessions.note_key import ensure_key
from mentor_ispe.services.sessions.sealing import reseal


def execute() -> None:
	"""Seal them anew; what the encryption_key doesn't open stays as it is, and is told."""
	ensure_key()
	done = reseal()
	if done.resealed:
		click.echo(f"Mentoring notes and action items encrypted with their own key: {done.resealed}")
	if done.unreadable:
		click.secho(
			f"{done.unreadable} mentoring notes and action items can't be opened with the encryption_key in "
			"site_config.json and stay as they are. Put the encryption_key back that the site had, then run: "
			"bench --site SITE mentoring-notes-key reseal",
			fg="yellow",
		)
