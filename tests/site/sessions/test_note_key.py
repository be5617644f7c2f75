"""The key of the notes: made once whatever happens, brought back by hand when it is lost, rotated."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import frappe
import pytest
from cryptography.fernet import Fernet, InvalidToken
from frappe.utils import backups
from frappe.utils.password import encrypt

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.patches import reseal_notes
from mentor_ispe.readings.meetings import group_of
from mentor_ispe.services.sessions import action_items, note_key, notes, recording, sealing
from mentor_ispe.services.sessions.note_key import NoteKeyMissing
from mentor_ispe.services.sessions.sealing import count_by_key, reseal, unreadable
from mentor_ispe.setup import install, uninstall
from tests import factories as make

SAID, TO_DO = "Northwind closes in May", "Ask Kay about it"
PROCESSES, ROUNDS = 6, 25


@pytest.fixture
def aside(site, tmp_path) -> Iterator[Path]:
	"""The site has no key while the test runs; where its key would be."""
	place = note_key.key_path()
	if there := place.exists():
		shutil.move(place, tmp_path / "kept")
	yield place
	place.unlink(missing_ok=True)
	if there:
		shutil.move(tmp_path / "kept", place)


@pytest.fixture
def held(aside) -> tuple[str, str]:
	"""A meeting with notes and an action item, sealed with the site's new key: (meeting, profile)."""
	group = make.make_active_group()
	session = recording.record_unplanned(
		group.name, make.earlier_today(3), group.people[0], summary=SAID, new_items=[{"words": TO_DO}]
	)
	return session.name, group.people[0]


def said_in(held: tuple[str, str]) -> tuple[str, str]:
	return notes.read(*held)["summary"], action_items.agreed_in(held[0])[0]["words"]


def seal_as_the_site_once_did(session: str) -> None:
	"""As notes were kept before they had a key of their own."""
	group = group_of(session)
	for doctype, values in (
		(notes.NOTE, {"record": session, "summary": SAID}),
		(action_items.ITEM, {"record": group, "words": TO_DO}),
	):
		frappe.db.set_value(doctype, {"session": session}, "content", encrypt(json.dumps(values)))


# The first key


def test_processes_that_start_at_once_end_with_the_same_key(aside):
	workers = [
		subprocess.Popen(
			[sys.executable, Path(__file__).with_name("note_key_worker.py"), frappe.local.site],
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)
		for _number in range(PROCESSES)
	]
	try:
		assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * PROCESSES
		keys = set()
		for _round in range(ROUNDS):
			aside.unlink(missing_ok=True)
			moment = time.time() + 0.05
			for worker in workers:
				worker.stdin.write(f"{moment}\n")
				worker.stdin.flush()
			answers = [json.loads(worker.stdout.readline()) for worker in workers]
			for answer in answers:
				assert "sealed" in answer, answer
				assert sealing.unseal(answer["sealed"], "a meeting") == {"words": "We spoke of pay."}
			keys.add(aside.read_text())
		assert len(keys) == ROUNDS, "each round made a key of its own"
		assert len(aside.read_text().split()) == 1
	finally:
		for worker in workers:
			worker.stdin.close()
			worker.wait(timeout=30)
	assert not list(aside.parent.glob(f".{aside.name}.*")), "nothing half made is left"


def test_whoever_comes_second_takes_the_key_of_the_first(aside, monkeypatch):
	"""Slow enough that both have found no key: also then only one is made."""
	first = note_key.ensure_key().first
	monkeypatch.setattr(Path, "exists", lambda path: False)
	assert note_key.create_key() is False
	assert note_key.read_keys().first == first


def test_a_key_is_on_the_disk_before_it_encrypts(aside, monkeypatch):
	"""Also one that another process has just made, and may not have waited for."""
	note_key.create_key()
	synced = []
	fsync = os.fsync
	monkeypatch.setattr(
		note_key.os, "fsync", lambda handle: (synced.append(os.fstat(handle).st_ino), fsync(handle))
	)
	sealing.seal({"words": SAID}, "a meeting")
	assert {aside.stat().st_ino, aside.parent.stat().st_ino} <= set(synced)


def test_the_key_is_for_the_sites_own_user_alone(aside):
	note_key.ensure_key()
	assert stat.S_IMODE(aside.stat().st_mode) == 0o600
	note_key.add_key()
	assert stat.S_IMODE(aside.stat().st_mode) == 0o600


def test_an_installation_and_a_migration_make_the_key_and_keep_the_one_there_is(aside):
	install.make_note_key()
	made = aside.read_text()
	install.make_note_key()
	assert aside.read_text() == made


# Apart from the configuration and its backup


def test_no_backup_of_the_site_has_the_key(held, tmp_path):
	key = note_key.key_path().read_text().strip()
	backup = backups.BackupGenerator(
		frappe.conf.db_name,
		frappe.conf.db_name,
		frappe.conf.db_password,
		db_type=frappe.conf.db_type,
		backup_path=str(tmp_path / "backups"),
	)
	backup.setup_backup_directory()
	backup.set_backup_file_name()
	backup.copy_site_config()
	backup.backup_files()
	made = list((tmp_path / "backups").iterdir())
	assert len(made) == 3, "the configuration, public files, private files"
	for file in made:
		assert key.encode() not in file.read_bytes(), file
		listed = subprocess.run(["tar", "-tf", file], capture_output=True, text=True, check=False).stdout
		assert note_key.FILE not in listed, file


def test_nothing_in_the_sites_configuration_opens_the_notes(held):
	content = frappe.db.get_value(notes.NOTE, {"session": held[0]}, "content")
	assert SAID not in content
	for value in {**frappe.conf, **frappe.get_site_config()}.values():
		try:
			key = Fernet(value)
		except (ValueError, TypeError, AttributeError):
			continue
		with pytest.raises(InvalidToken):
			key.decrypt(content.rpartition(":")[2])


def test_another_place_may_be_named_and_is_the_administrators_to_fill(aside, tmp_path, monkeypatch):
	place = tmp_path / "secret"
	monkeypatch.setitem(frappe.local.conf, note_key.PLACE, str(place))
	with pytest.raises(NoteKeyMissing, match="restore the file secret"):
		sealing.seal({"words": SAID}, "a meeting")
	assert not place.exists()
	place.write_text(Fernet.generate_key().decode())
	sealed = sealing.seal({"words": SAID}, "a meeting")
	assert sealing.unseal(sealed, "a meeting") == {"words": SAID}
	assert not aside.exists()


# A key that is lost


@pytest.fixture
def lost(held) -> tuple[str, str]:
	note_key.key_path().unlink()
	return held


def test_without_the_key_nothing_is_read_and_it_is_said_what_to_do(lost):
	for read in (lambda: notes.read(*lost), lambda: action_items.agreed_in(lost[0])):
		with pytest.raises(RuleViolation, match=r"restore the file mentoring_notes\.key"):
			read()


def test_without_the_key_nothing_is_written_and_no_new_key_is_made(lost):
	session, profile = lost
	before = frappe.get_all(notes.NOTE, {"session": session}, ["*"])
	for write in (
		lambda: notes.write(session, profile, summary="Anew"),
		lambda: action_items.add(session, profile, [{"words": "Anew"}]),
		lambda: sealing.seal({"words": "Anew"}, "another meeting"),
	):
		with pytest.raises(NoteKeyMissing, match="restore"):
			write()
	assert not note_key.key_path().exists()
	assert frappe.get_all(notes.NOTE, {"session": session}, ["*"]) == before


def test_without_the_key_a_migration_says_so_and_makes_none(lost, capsys):
	install.make_note_key()
	assert "restore the file" in capsys.readouterr().out
	assert not note_key.key_path().exists()


def test_the_key_comes_back(held):
	place = note_key.key_path()
	key = place.read_text()
	place.unlink()
	place.write_text(key)
	assert said_in(held) == (SAID, TO_DO)


def test_another_key_is_in_its_place(held, capsys):
	"""As on a machine where a site was installed anew, then restored from a backup: both lines are kept."""
	place = note_key.key_path()
	former = place.read_text()
	place.unlink()
	note_key.create_key()
	with pytest.raises(NoteKeyMissing, match="or it is another one"):
		notes.read(*held)
	install.make_note_key()
	assert (
		"2 mentoring notes and action items are encrypted with a key that isn't in" in capsys.readouterr().out
	)
	place.write_text(place.read_text() + former)
	assert said_in(held) == (SAID, TO_DO)
	assert unreadable() == 0


@pytest.mark.parametrize("content", ["", "\n", "no key", "é"])
def test_a_damaged_file_is_said_in_words(held, content):
	note_key.key_path().write_text(content)
	with pytest.raises(NoteKeyMissing, match="can't be read"):
		notes.read(*held)
	with pytest.raises(NoteKeyMissing, match="can't be read"):
		sealing.seal({"words": SAID}, "a meeting")


# Rotation, and what the site's encryption_key sealed


def test_a_rotation_seals_everything_anew_and_the_former_key_is_needed_no_more(held):
	first = note_key.read_keys().first
	second = note_key.add_key()
	assert said_in(held) == (SAID, TO_DO)
	done = reseal()
	assert (done.resealed, done.unreadable) == (2, 0)
	assert count_by_key() == {second: 2}
	assert first != second
	note_key.key_path().write_text(note_key.key_path().read_text().split()[0])
	assert said_in(held) == (SAID, TO_DO)
	assert (reseal().resealed, reseal().unreadable) == (0, 0)


def test_the_patch_seals_anew_what_the_sites_key_sealed_and_works_twice(held, capsys):
	seal_as_the_site_once_did(held[0])
	with pytest.raises(RuleViolation, match="mentoring-notes-key reseal"):
		notes.read(*held)
	note_key.key_path().unlink()
	reseal_notes.execute()
	assert "own key: 2" in capsys.readouterr().out
	assert said_in(held) == (SAID, TO_DO)
	content = frappe.get_all(notes.NOTE, {"session": held[0]}, pluck="content")
	reseal_notes.execute()
	assert capsys.readouterr().out == ""
	assert frappe.get_all(notes.NOTE, {"session": held[0]}, pluck="content") == content


def test_the_patch_tells_what_it_cant_read_and_loses_nothing(held, capsys, monkeypatch):
	seal_as_the_site_once_did(held[0])
	before = frappe.db.get_value(notes.NOTE, {"session": held[0]}, "content")
	key = frappe.conf.encryption_key
	for wrong in (Fernet.generate_key().decode(), "nonsense", None):
		monkeypatch.setitem(frappe.local.conf, "encryption_key", wrong)
		reseal_notes.execute()
		assert "2 mentoring notes and action items can't be opened" in capsys.readouterr().out
		assert frappe.db.get_value(notes.NOTE, {"session": held[0]}, "content") == before
	monkeypatch.setitem(frappe.local.conf, "encryption_key", key)
	assert (reseal().resealed, reseal().unreadable) == (2, 0)
	assert said_in(held) == (SAID, TO_DO)


def test_an_uninstallation_leaves_the_key_to_the_backups_and_says_so(aside, capsys):
	uninstall.tell_of_note_key()
	assert capsys.readouterr().out == ""
	note_key.ensure_key()
	uninstall.tell_of_note_key()
	assert f"stays in {aside}" in capsys.readouterr().out
	assert aside.exists()
