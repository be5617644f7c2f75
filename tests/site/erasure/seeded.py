"""A site with somebody in every text of every table, and a search for words in the whole database and all files.

What is seeded is read from the DocTypes, so that a table or a field that is added is covered by itself.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import frappe
import icalendar
from frappe.utils import cstr

from mentor_ispe.readings.copied_fields import copies_of
from mentor_ispe.services.erasure import own_records, sweep
from mentor_ispe.services.sessions import sealing
from tests import factories as make
from tests.canaries import world as worlds

# What the person says of themselves has the first word in it; what a neighbor says has the other. They are long: what
# is encrypted has short ones by chance.
PERSON, NEIGHBOR = "zqvwhispered", "zqnoticed"
FULL_NAME, FIRST, LAST = "Zqvenobia Zqvartermain", "Zqvenobia", "Zqvartermain"
LOGIN, ADDRESS, SPEAKER = "zqv.login@example.org", "zqv.profile@example.org", "zqv.speaker@example.org"
PHONE = "+49 30 86753099421"
DIGITS = "86753099421"
IDENTIFYING = (PERSON, "zqvenobia", "zqvartermain", "zqv.login", "zqv.profile", "zqv.speaker", DIGITS)


@dataclass
class Seeded:
	"""Who is to be erased, their neighbor, and the groups of both."""

	profile: str
	neighbor: str
	groups: list[str]


def seed(login: str | None = LOGIN, address: str = ADDRESS) -> Seeded:
	"""People in groups with records of every kind, and words in all of them."""
	there = {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in worlds.doctypes(tables=True)}
	people = {name: worlds._make_person(name) for name in ("ana", "ben", "cal", "fay", "cleo", "dan")}
	moderated = worlds._make_group(people, "ana", ["ben", "cal", "fay"], "Group", requires_moderator=1)
	pair = worlds._make_group(people, "ben", ["dan"], "One-on-One")
	for group in (moderated, pair):
		worlds._write_notes(group, people["ben"]["profile"])
	worlds.Filler(people, {"ana": moderated, "cleo": pair}, "Administrator").fill()
	# What is still looked into stays until it is closed.
	frappe.db.set_value("Mentoring Concern", {"status": ("not in", ["Resolved"])}, "status", "Resolved")
	profile, neighbor = people["ben"]["profile"], people["dan"]["profile"]
	_put_words(profile, there)
	_identify(people["ben"]["user"], profile, login, address)
	_put_sealed()
	_put_in_the_platform(profile, moderated.name)
	return Seeded(profile, neighbor, [moderated.name, pair.name])


def _identify(user: str, profile: str, login: str | None, address: str) -> None:
	"""Who is known by a login, by another address, as a speaker and on the roll."""
	values = {"full_name": FULL_NAME, "email": address, "membership_email": None, "membership_record": None}
	if login:
		frappe.db.set_value(
			"User", user, {"full_name": FULL_NAME, "first_name": FIRST, "last_name": LAST, "phone": PHONE}
		)
		frappe.rename_doc("User", user, login, force=True, show_alert=False)
	else:
		frappe.delete_doc("User", user, force=True)
		contact = frappe.new_doc("Contact")
		contact.update({"first_name": FIRST, "last_name": LAST})
		contact.add_email(address, is_primary=True)
		contact.add_phone(PHONE, is_primary_phone=True)
		values |= {"user": None, "contact": contact.insert().name}
	frappe.db.set_value("Mentoring Profile", profile, values)
	for doctype, field, link, target in copies_of("full_name"):
		if target in ("Mentoring Profile", "Mentor", "Mentee"):
			of = (
				[profile]
				if target == "Mentoring Profile"
				else frappe.get_all(target, {"profile": profile}, pluck="name")
			)
			frappe.db.set_value(doctype, {link: ("in", of)}, field, FULL_NAME)
	for doctype in ("Guest Speaker", "Membership Roll Entry"):
		row = frappe.new_doc(doctype)
		row.update({"full_name": FULL_NAME, "email": address, "from_date": "2026-01-01", "active": 1})
		row.update(
			{
				"member_number": make.unique("M"),
				"organisation": f"{PERSON} works",
				"biography": f"{PERSON} own",
			}
		)
		row.insert()


def _put_words(profile: str, there: dict[str, set[str]]) -> None:
	"""One's own words into one's own records; words of a neighbor who names the person into all others."""
	for doctype in worlds.doctypes(tables=True):
		meta = frappe.get_meta(doctype)
		columns = [*own_columns(doctype)]
		for row in frappe.get_all(doctype, {"name": ("not in", there[doctype] or [""])}, ["*"]):
			own = is_own(doctype, row, profile)
			values = {
				column: _words(meta.get_field(column), own, doctype)
				for column in columns
				if not meta.get_field(column).unique and (own or (doctype, column) not in OF_OTHERS)
			}
			if values:
				frappe.db.set_value(doctype, row.name, values, update_modified=False)


def number_own_words(profile: str) -> dict[str, tuple[str, str]]:
	"""A word of its own into each text of each of the person's records; {word: (DocType, field)}."""
	found = {}
	for doctype in worlds.doctypes(tables=True):
		meta = frappe.get_meta(doctype)
		for row in frappe.get_all(doctype, fields=["*"]):
			address = doctype in ("Guest Speaker", "Membership Roll Entry") and row.email == ADDRESS
			if not (address or is_own(doctype, row, profile)):
				continue
			texts = [
				column
				for column in own_columns(doctype)
				if not meta.get_field(column).unique and "email" not in column and column != "full_name"
			]
			words = {column: f"{PERSON}{len(found) + number}x" for number, column in enumerate(texts)}
			for column, word in words.items():
				found[word] = (doctype, column)
			if words:
				frappe.db.set_value(doctype, row.name, words, update_modified=False)
	return found


def own_columns(doctype: str) -> list[str]:
	"""The texts of a DocType that people write, as the DocType says."""
	meta = frappe.get_meta(doctype)
	return [
		column
		for column in sweep.text_columns(doctype)
		if (df := meta.get_field(column)) and not df.fetch_from and (doctype, column) not in KEYS
	]


# Keys that the app makes, and words that it chooses itself.
KEYS = {pair for pair in worlds.NO_WORDS if pair[0] != "Mentoring Settings"} | {
	("Mentoring Profile", "chapter"),
	("Mentoring Profile", "email"),
	("Membership Roll Entry", "email"),
	("Mentoring Profile", "time_zone"),
	("Guest Speaker", "time_zone"),
	("Mentoring Program", "credit_scheme"),
	("Mentee", "declined_mentors"),
	("Mentoring Group", "mentor_name"),
	("Mentoring Group", "all_mentors"),
}


# What everybody else is called, and where they work and live: there the person's name would be another's.
OF_OTHERS = {
	("Mentoring Profile", "full_name"),
	("Mentoring Profile", "employer"),
	("Mentoring Profile", "city"),
	("Guest Speaker", "full_name"),
	("Membership Roll Entry", "full_name"),
}


def is_own(doctype: str, row: frappe._dict, profile: str) -> bool:
	tables = own_records.EMPTIED | own_records.DELETED
	if doctype == "Mentoring Group Member":
		return row.profile == profile
	if row.get("parenttype"):
		link = tables.get(row.parenttype)
		if row.parenttype == "Mentoring Concern" or not link:
			return False
		return (
			row.parent == profile
			if link == "name"
			else frappe.db.get_value(row.parenttype, row.parent, link) == profile
		)
	link = tables.get(doctype)
	return bool(link) and row.get(link) == profile


def _words(df: Any, own: bool, doctype: str) -> str:
	if df.options == "Email":
		return ADDRESS if own else "zqn@example.org"
	if df.fieldtype in ("Code", "JSON"):
		return frappe.as_json({"a": _said(own, True), "stories": []})
	if df.fieldname == "calendar":
		return _calendar(_said(own, parts=True))
	if df.options == "URL":
		return f"https://example.org/?to={ADDRESS.replace('@', '%40')}"
	return _said(own, df.fieldtype not in SHORT and doctype not in sweep.ASSOCIATIONS)


SHORT = ("Data", "Read Only", "Phone", "Autocomplete")


def _said(own: bool, parts: bool) -> str:
	if own:
		return f"{PERSON} own words {FULL_NAME}"
	said = f"{NEIGHBOR} met {FULL_NAME} ({LAST}, {FIRST}), {ADDRESS}"
	return f"{said}. {LAST} said so to {FIRST}. Call {PHONE}" if parts else said


def _calendar(words: str) -> str:
	"""Its lines are folded after 75 bytes, wherever that is in a name."""
	event = icalendar.Event(summary=words, description=words)
	file = icalendar.Calendar()
	file.add_component(event)
	return file.to_ical().decode()


def _put_sealed() -> None:
	for doctype in sealing.SEALED:
		for name in frappe.get_all(doctype, {"content": ("is", "set")}, pluck="name"):
			sealing.reword(doctype, name, lambda text: _said(own=False, parts=True))


def _put_in_the_platform(profile: str, group: str) -> None:
	"""What Frappe copies: logs, comments, mails, files, what was deleted."""
	for doctype, reference in sweep.PLATFORM.items():
		doc = frappe.new_doc(doctype)
		for df in doc.meta.fields:
			if df.fieldtype in sweep.TEXTS and df.fieldname not in ("hash_tag",):
				doc.set(df.fieldname, _said(own=False, parts=df.fieldtype not in SHORT))
			elif df.fieldtype == "Dynamic Link":
				doc.set(df.fieldname, group)
		if reference:
			doc.set(reference, "Mentoring Group")
		doc.name = frappe.generate_hash(length=10)
		doc.owner = doc.modified_by = "Administrator"
		doc.creation = doc.modified = frappe.utils.now()
		doc.db_insert()
	_queue_mail(ADDRESS, group, PERSON)
	_queue_mail("zqn@example.org", group, NEIGHBOR)
	frappe.get_doc(
		{
			"doctype": "File",
			"file_name": f"{frappe.generate_hash(length=8)}.txt",
			"content": f"{PERSON} {FULL_NAME}",
			"is_private": 1,
			"attached_to_doctype": "Mentoring Profile",
			"attached_to_name": profile,
		}
	).insert()


def _queue_mail(recipient: str, group: str, said: str) -> None:
	from frappe.email.doctype.email_queue.email_queue import QueueBuilder

	QueueBuilder(
		recipients=[recipient],
		sender="office@example.org",
		subject=f"{FULL_NAME} – über etwas",
		message=f"<p>{said} says: {FULL_NAME} … {ADDRESS}</p>",
		reference_doctype="Mentoring Group",
		reference_name=group,
		add_unsubscribe_link=0,
	).process()


# The search -------------------------------------------------------------------------------------


def find(*words: str) -> Counter[str]:
	"""How many cells of which column of the database hold one of the words, and which files."""
	found: Counter[str] = Counter()
	for table in frappe.db.get_tables(cached=False):
		columns = _columns(table)
		if not columns:
			continue
		of = frappe.qb.Table(table)
		query = frappe.qb.from_(of).select(*(of[column] for column in columns))
		# All of ours begin alike: fewer patterns, and the exact words are looked for below.
		beginnings = {word[:3] if word.startswith("zq") else word for word in words}
		query = query.where(sweep._any_like(of, columns, [f"%{word}%" for word in sorted(beginnings)]))
		for row in query.run(as_dict=True):
			found.update(
				f"{table}.{column}"
				for column, value in row.items()
				if any(word in cstr(value).lower() for word in words)
			)
	for message in frappe.get_all("Email Queue", pluck="message"):
		if any(word in decoded(message).lower() for word in words):
			found["Email Queue, decoded"] += 1
	return found


@cache
def _columns(table: str) -> list[str]:
	kinds = ("char", "text", "json", "blob")
	return [
		column["name"]
		for column in frappe.db.get_table_columns_description(table)
		if any(kind in cstr(column["type"]).lower() for kind in kinds)
	]


def decoded(message: str) -> str:
	"""Everything that a mail says."""
	from email import message_from_string, policy

	mail = message_from_string(message, policy=policy.default)
	headers = [cstr(value) for value in mail.values()]
	return "\n".join(
		[*headers, *(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")]
	)


def files_with(*words: str) -> list[str]:
	"""The files of the site, also inside of workbooks and archives, that hold one of the words."""
	places = [Path(frappe.get_site_path(kind, "files")) for kind in ("private", "public")]
	return [
		str(path)
		for place in places
		for path in sorted(place.rglob("*"))
		if path.is_file()
		and any(word.encode() in content.lower() for content in _contents(path) for word in words)
	]


def _contents(path: Path) -> Iterator[bytes]:
	content = path.read_bytes()
	yield content
	if zipfile.is_zipfile(io.BytesIO(content)):
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			yield from (archive.read(name) for name in archive.namelist())
