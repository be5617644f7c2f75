"""The key of the groups' notes: a file of its own, apart from the site's configuration and its backups.

Frappe's backup copies site_config.json and hands it to System Managers, so its encryption_key would open the
notes of every backup. This key is in `mentoring_notes.key` in the site's folder, which no backup of Frappe
takes, or where `mentoring_notes_key_file` in the site's configuration says. The file has a key a line; the
first one encrypts, the others still open what they encrypted before.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import frappe
from cryptography.fernet import Fernet
from frappe import _
from frappe.utils.synchronization import filelock

from mentor_ispe.exceptions import RuleViolation

FILE = "mentoring_notes.key"
PLACE = "mentoring_notes_key_file"
SEALED = (
	"Mentoring Session Note",
	"Mentoring Action Item",
	"Mentoring Message",
	"Mentoring Message File",
)
# What is sealed begins with the id of its key and this; what the site's own encryption_key once sealed doesn't.
SEPARATOR = ":"
ID_LENGTH = 8

_written_to_disk: set[tuple[int, int, int]] = set()


class NoteKeyMissing(RuleViolation):
	"""Something is sealed with a key that isn't there; no new one is made."""


@dataclass(frozen=True)
class KeyRing:
	"""The keys by their ids; `first` is the id of the one that encrypts."""

	first: str
	keys: dict[str, Fernet]


def key_path() -> Path:
	"""Where the key is; a relative place is one in the site's folder."""
	return Path(frappe.get_site_path(frappe.conf.get(PLACE) or FILE))


def key_id(key: str) -> str:
	"""What names a key without giving it away: the first hexadecimal digits of its digest."""
	return sha256(key.encode()).hexdigest()[:ID_LENGTH]


def read_keys() -> KeyRing:
	"""The keys as they are in the file now; NoteKeyMissing when there is none.

	Read each time: what a process keeps in memory may be older than the file.
	"""
	path = key_path()
	try:
		lines = path.read_text(encoding="ascii").split()
		keys = {key_id(line): Fernet(line) for line in lines}
	except FileNotFoundError:
		raise_missing()
	except (OSError, ValueError):  # no right to read it, or lines that are no keys
		_raise_damaged()
	if not keys:
		_raise_damaged()
	return KeyRing(key_id(lines[0]), keys)


def ensure_key() -> KeyRing:
	"""The keys to encrypt with: made now on a site that has none, and stored durably in any case.

	Whichever process is first makes the key; all others take that one. Where something is sealed already, or
	where the site's configuration names another place, the missing file is to be brought back by hand:
	NoteKeyMissing.
	"""
	path = key_path()
	if not path.exists():
		if frappe.conf.get(PLACE):
			raise_missing()
		# Looked for again afterwards: another process may have made the key, and sealed, in between.
		if anything_sealed() and not path.exists():
			raise_missing()
		create_key()
	if not frappe.conf.get(PLACE):
		_ensure_on_disk(path)
	return read_keys()


def create_key() -> bool:
	"""Make the file with a new key, unless it is there; returns whether it was made here."""
	path = key_path()
	temporary = _write_beside(path, [Fernet.generate_key().decode()])
	try:
		os.link(temporary, path)  # whole, and never over another process's key
	except FileExistsError:
		return False
	finally:
		os.unlink(temporary)
	_fsync(path.parent)
	return True


def add_key() -> str:
	"""Put a new key before the others, which stay to read what they encrypted; returns its id."""
	with filelock(FILE):
		read_keys()
		path = key_path()
		key = Fernet.generate_key().decode()
		os.replace(_write_beside(path, [key, *path.read_text(encoding="ascii").split()]), path)
		_fsync(path.parent)
	return key_id(key)


def anything_sealed() -> bool:
	"""Whether there are words that only a key of this file opens."""
	return any(frappe.db.exists(doctype, {"content": ("like", f"%{SEPARATOR}%")}) for doctype in SEALED)


def raise_missing() -> NoReturn:  # type: ignore[misc]  # frappe.throw never returns
	frappe.throw(
		_(
			"The key for the mentoring notes is missing, or it is another one. Ask your administrator to restore the file {0} that the site had before. It isn't in the site's backups."
		).format(key_path().name),
		exc=NoteKeyMissing,
	)


def _raise_damaged() -> None:
	frappe.throw(
		_(
			"The key for the mentoring notes can't be read. Ask your administrator to restore the file {0}, with one key per line, readable by the user that runs the site."
		).format(key_path().name),
		exc=NoteKeyMissing,
	)


def _write_beside(path: Path, keys: list[str]) -> str:
	"""A new file in the same folder with these keys, stored durably, readable for this user alone."""
	handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
	with open(handle, "w", encoding="ascii") as file:
		file.write("".join(f"{key}\n" for key in keys))
		file.flush()
		os.fsync(file.fileno())
	return temporary


def _ensure_on_disk(path: Path) -> None:
	"""Wait until the file and its name are on the disk: the process that made it may not be that far yet.

	Once in each process; a database that is ahead of the disk would keep notes whose key a power cut took.
	"""
	there = path.stat()
	which = (there.st_dev, there.st_ino, there.st_ctime_ns)
	if which not in _written_to_disk:
		_fsync(path)
		_fsync(path.parent)
		_written_to_disk.add(which)


def _fsync(path: Path) -> None:
	handle = os.open(path, os.O_RDONLY)
	try:
		os.fsync(handle)
	finally:
		os.close(handle)
