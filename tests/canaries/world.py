"""A site with something private in every field, and who may read it.

A moderated group (Ana mentors Ben, who moderates, Cal, and Fay, who withdrew) and a pair (Cleo mentors Dan)
of two programs. The records that its steps need are made by the app; then every DocType of ours gets
records about each of four people, found from its fields, so that a new DocType is there by itself. At the
end a random word, a canary, is put into every text of every record.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from types import SimpleNamespace
from typing import Any

import frappe
from frappe.sessions import get_expiry_period
from frappe.utils import add_days, nowdate

from mentor_ispe.domain.sharing import DEFAULTS, NOBODY
from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.applications import commands
from mentor_ispe.services.conversation import writing as messages
from mentor_ispe.services.conversation.files import Upload
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from mentor_ispe.services.sessions import planning, recording
from tests import factories as make
from tests.http.people import make_staff
from tests.permission_matrix import NO_WORDS, REPEATED, TEXTS

MODULE = "Mentor ISPE"
# What is written in these is a canary.
ENCRYPTED = (
	("Mentoring Session Note", "content"),
	("Mentoring Action Item", "content"),
	("Mentoring Message", "content"),
	("Mentoring Message File", "content"),
)
STARTS = "zq"
LENGTH = 14


def make_word() -> str:
	return STARTS + secrets.token_hex((LENGTH - len(STARTS)) // 2)


def make_absent_word(word: str, there: set[str]) -> str:
	"""A word that no record holds, and that stands to every other one as `word` does.

	What compares a word with those that the caller may read (`strcmp`, an order) then answers alike about both,
	unless it reads `word` itself. They differ in the eighth letter, since a call may ask for the first eight.
	"""
	at = 7
	for letter in sorted("0123456789abcdef", key=lambda each: abs(int(each, 16) - int(word[at], 16))):
		absent = word[:at] + letter + word[at + 1 :]
		low, high = sorted((word, absent))
		if absent not in there and not any(low < other < high for other in there):
			return absent
	raise AssertionError(f"Every neighbor of {word} is taken")


@dataclass
class Canary:
	"""A word and where it is. `profiles` and `group` are what its record is about; `doctype` is the table's."""

	word: str
	doctype: str
	field: str
	name: str
	parent_doctype: str = ""
	parent: str = ""
	profiles: list[str] = field(default_factory=list)
	group: str = ""
	program: str = ""
	values: dict[str, Any] = field(default_factory=dict)

	def __str__(self) -> str:
		return f"{self.doctype}.{self.field} of {self.name}"


@dataclass
class World:
	"""People by name with their `profile`, `user` and `session`; records by DocType; canaries."""

	people: dict[str, dict[str, str]]
	groups: dict[str, dict[str, Any]]
	records: dict[str, list[str]]
	canaries: list[Canary]
	files: list[str]

	def to_json(self) -> str:
		return json.dumps(asdict(self), default=str)

	@classmethod
	def from_json(cls, text: str) -> World:
		values = json.loads(text)
		values["canaries"] = [Canary(**each) for each in values["canaries"]]
		return cls(**values)


# Who calls. A coordinator without a conflict reads almost everything, and is left out.
# Whom an app that knows nothing of ours can't tell from one another.
KINDS = (("guest",), ("outsider", "member", "former", "mentor"), ("committee", "conflict"))
CALLERS = tuple(caller for kind in KINDS for caller in kind)
ROLE_OF = {"member": "ben", "former": "fay", "mentor": "cleo", "conflict": "ana"}


def make_world() -> World:
	"""Made by Administrator, and committed: the callers come on other connections."""
	there = {doctype: set(frappe.get_all(doctype, pluck="name")) for doctype in doctypes(tables=True)}
	people = {name: _make_person(name) for name in ("ana", "ben", "cal", "fay", "cleo", "dan")}
	outsider = make.make_user(email=f"{make_word()}@example.org").name
	committee, coordinator = make_staff(COMMITTEE), make_staff(COORDINATOR)
	moderated = _make_group(people, "ana", ["ben", "cal", "fay"], "Group", requires_moderator=1)
	pair = _make_group(people, "cleo", ["dan"], "One-on-One")
	commands.withdraw("Mentee", moderated.parts["fay"], "No time")
	words = [_write_notes(moderated, people["ben"]["profile"]), _write_notes(pair, people["dan"]["profile"])]
	login = frappe.get_doc("User", people["ana"]["user"])
	login.append_roles(COORDINATOR)
	login.user_type = "System User"
	login.save()
	for name in ("ben", "dan"):
		commands.keep_draft(people[name]["profile"], _open_cycle(), {"goals": "words", "motivation": "words"})
	filler = Filler(people, {"ana": moderated, "cleo": pair}, coordinator)
	filler.fill()
	canaries = [*_of_notes(words, moderated, pair), *put_words(people, there)]
	canaries += _tokens(people)
	files = _attach(filler, canaries)
	callers = {name: people[each] for name, each in ROLE_OF.items()}
	callers |= {"guest": {"profile": "", "user": "Guest"}, "outsider": {"profile": "", "user": outsider}}
	callers["committee"] = {"profile": "", "user": committee}
	callers["coordinator"] = {"profile": "", "user": coordinator}
	callers["manager"] = {"profile": "", "user": make_staff("System Manager")}
	for name in CALLERS:
		caller = callers[name]
		caller["session"] = _sign_in(caller["user"]) if name != "guest" else ""
	frappe.db.commit()
	frappe.clear_cache()
	return World(
		callers | people,
		{group.mentor: vars(group) for group in (moderated, pair)},
		{
			doctype: [name for name in frappe.get_all(doctype, pluck="name") if name not in there[doctype]]
			for doctype in doctypes()
		},
		canaries,
		files,
	)


def doctypes(tables: bool = False) -> list[str]:
	"""Our DocTypes; with `tables`, those of tables too."""
	filters = {"module": MODULE, "is_virtual": 0, "issingle": 0}
	return frappe.get_all(
		"DocType", filters | ({} if tables else {"istable": 0}), pluck="name", order_by="name"
	)


def texts(doctype: str) -> list[str]:
	"""The fields of a DocType that hold words."""
	return [
		df.fieldname
		for df in frappe.get_meta(doctype).fields
		if df.fieldtype in TEXTS
		and not df.is_virtual
		and (doctype, df.fieldname) not in (*NO_WORDS, *ENCRYPTED)
	]


# The records ------------------------------------------------------------------------------------


def _make_person(name: str) -> dict[str, str]:
	"""Everything about them is hidden from others, as far as they may choose."""
	hidden = {f"show_{field}": NOBODY for field in DEFAULTS}
	user = make.make_user(email=f"{make_word()}@example.org", roles=["Mentoring Member"]).name
	profile = make.make_profile(
		email=user,
		user=user,
		full_name=make_word(),
		time_zone="Europe/Berlin",
		career_stage="Senior" if name in ("ana", "cleo") else "Student",
		**hidden,
	)
	return {"profile": profile.name, "user": user, "full_name": profile.full_name}


def _make_group(
	people: dict, mentor: str, mentees: list[str], format: str, **program: Any
) -> SimpleNamespace:
	sizes = {"group_size_min": 2, "group_size_max": 6} if format == "Group" else {}
	recipients = [{"email": f"{make_word()}@example.org"}]
	doc = make.make_program(
		format=format,
		guest_speakers_per_year=2,
		feedback_days=30,
		recipients=recipients,
		report_to_addresses=1,
		**sizes,
		**program,
	)
	cycle = make.make_cycle(doc.name).name
	head = make.make_mentor(cycle, profile=people[mentor]["profile"], seats_offered=len(mentees)).name
	parts = {
		name: make.make_mentee(cycle, profile=people[name]["profile"], willing_to_moderate=1).name
		for name in mentees
	}
	moderator = parts[mentees[0]] if program else None
	group = propose(cycle, list(parts.values()), head, moderator=moderator).name
	make.accept_all(group)
	group_commands.activate(group)
	frappe.db.set_value("Mentoring Group", group, "start_date", add_days(nowdate(), -21))
	for row in frappe.get_all("Mentoring Group Member", {"parent": group}, pluck="name"):
		frappe.db.set_value("Mentoring Group Member", row, "joined_on", add_days(nowdate(), -21))
	return SimpleNamespace(
		name=group,
		cycle=cycle,
		program=doc.name,
		head=head,
		parts=parts,
		mentor=mentor,
		people=[people[name]["profile"] for name in (mentor, *mentees)],
	)


def _write_notes(group: SimpleNamespace, writer: str) -> dict[str, str]:
	words = {name: make_word() for name in ("summary", "next_focus", "item", "message", "file")}
	planning.plan(group.name, f"{add_days(nowdate(), 10)} 17:00:00")
	group.session = recording.record_unplanned(
		group.name,
		make.earlier_today(3),
		writer,
		summary=words["summary"],
		next_focus=words["next_focus"],
		new_items=[{"words": words["item"]}],
	).name
	file = Upload(f"{words['file']}.pdf", f"%PDF-1.4 {words['file']}".encode())
	group.message = messages.send(group.name, writer, words["message"], file)
	return words


def _open_cycle() -> str:
	return make.make_cycle().name


def _sign_in(user: str) -> str:
	"""The id of a session of this user, as after signing in: what is private opens to nothing less."""
	sid, now = frappe.generate_hash(), frappe.utils.now()
	data = {
		"user": user,
		"session_ip": "127.0.0.1",
		"last_updated": now,
		"creation": now,
		"session_expiry": get_expiry_period(),
		"full_name": frappe.db.get_value("User", user, "full_name"),
		"user_type": frappe.db.get_value("User", user, "user_type"),
	}
	table = frappe.qb.DocType("Sessions")
	frappe.qb.into(table).columns(
		table.sessiondata, table.user, table.lastupdate, table.sid, table.status
	).insert((str(data), user, now, sid, "Active")).run()
	return sid


class Filler:
	"""Records of every DocType about four people, with what their links and choices need."""

	LINKS = {"User": "user", "Mentoring Profile": "profile"}
	STAFF = ("made_by", "taken_by", "opened_by", "decided_by", "published_by", "assigned_to", "recorded_by")
	MADE_ALREADY = frozenset(
		{
			"Mentoring Profile",
			"Mentoring Program",
			"Mentoring Cycle",
			"Mentor",
			"Mentee",
			"Mentoring Group",
			"Mentoring Session",
			"Mentoring Session Note",
			"Mentoring Action Item",
			"Mentoring Message",
			"Mentoring Message File",
			"Mentoring Read Mark",
			"Membership Roll Entry",
			"Mentoring Application Draft",
		}
	)
	VALUES: dict[str, dict[str, Any]] = {
		"Mentoring Resource": {"published": 1, "public": 0},
		"Mentoring Agreement": {"status": "Published", "version": 1},
		"Guest Speaker": {"active": 1},
		"Mentoring Workshop": {"status": "Planned"},
		"Mentoring Notice": {"status": "Sent"},
		"Mentoring Erasure": {"status": "Done"},
	}
	# DocTypes of which each person gets one for each of these values.
	KINDS: dict[str, tuple[dict[str, Any], ...]] = {
		"Mentoring Goal": ({"shared": 0}, {"shared": 1}),
		"Mentoring Feedback": (
			{"kind": "Check-in"},
			{"kind": "Program", "mentoring_group": None},
			{"kind": "Success Story", "may_publish": 0},
		),
	}

	def __init__(self, people: dict, groups: dict[str, SimpleNamespace], coordinator: str):
		self.people, self.groups, self.coordinator = people, groups, coordinator
		self.made: dict[tuple[str, str], str] = {}

	def fill(self) -> None:
		order = [doctype for doctype in doctypes() if doctype not in self.MADE_ALREADY]
		# What others link to comes first: twice, as links go both ways.
		for name, group in (("ben", "ana"), ("cal", "ana"), ("ana", "ana"), ("dan", "cleo")):
			for again in (False, True):
				for doctype in order:
					for kind in self.KINDS.get(doctype, ({},)):
						self._store(doctype, name, self.groups[group], kind, again)

	def _store(self, doctype: str, name: str, group: SimpleNamespace, kind: dict, again: bool) -> None:
		key = (f"{doctype}{sorted(kind.items())}", name)
		if not again:
			doc = frappe.get_doc({"doctype": doctype})
			meta = doc.meta
			for df in meta.fields:
				if df.fieldtype in ("Table", "Table MultiSelect"):
					row = doc.append(df.fieldname, {})
					self._complete(row, name, group)
			self._complete(doc, name, group)
			doc.update(self.VALUES.get(doctype, {}) | kind)
			doc.name = frappe.generate_hash(length=10)
			doc.owner = doc.modified_by = "Administrator"
			doc.creation = doc.modified = frappe.utils.now()
			if meta.autoname and meta.autoname.startswith("field:"):
				doc.set(meta.autoname[6:], doc.name)
			doc.db_insert()
			for row in doc.get_all_children():
				row.name = frappe.generate_hash(length=10)
				row.parent, row.parenttype = doc.name, doctype
				row.db_insert()
			self.made[key] = doc.name
			self.made.setdefault((doctype, name), doc.name)
			return
		doc = frappe.get_doc(doctype, self.made[key])
		for each in (doc, *doc.get_all_children()):
			links = {
				df.fieldname: value
				for df in each.meta.get_link_fields()
				if not each.get(df.fieldname)
				and df.fieldname not in (*kind, "joined_in")
				and (value := self._link(each.doctype, df, name, group))
			}
			if links:
				frappe.db.set_value(each.doctype, each.name, links, update_modified=False)

	def _complete(self, doc: Any, name: str, group: SimpleNamespace) -> None:
		for df in doc.meta.fields:
			if df.fieldtype == "Link":
				doc.set(df.fieldname, self._link(doc.doctype, df, name, group))
			elif df.fieldtype == "Select":
				doc.set(df.fieldname, next(filter(None, (df.options or "").split("\n")), None))
			elif df.fieldtype in ("Date", "Datetime"):
				doc.set(df.fieldname, nowdate())
			elif df.fieldtype in ("Int", "Float", "Percent", "Rating"):
				doc.set(df.fieldname, 0.4 if df.fieldtype == "Rating" else 1)
			elif df.fieldtype == "Dynamic Link":
				doc.set(df.fieldname, group.name)  # the DocType that it is of is Mentoring Group
			elif df.fieldtype in ("Code", "JSON"):
				doc.set(df.fieldname, "{}")
			elif df.fieldname in REPEATED and doc.doctype != "Guest Speaker":
				doc.set(df.fieldname, self.people[name]["full_name"])

	def _link(self, doctype: str, df: Any, name: str, group: SimpleNamespace) -> str | None:
		if df.options == "User":
			return self.coordinator if df.fieldname in self.STAFF else self.people[name]["user"]
		if df.options == "Mentoring Profile":
			return self.people[name]["profile"]
		fixed = {
			"Mentoring Group": group.name,
			"Mentoring Cycle": group.cycle,
			"Mentoring Program": group.program,
			"Mentoring Session": getattr(group, "session", None),
			"Mentor": group.head,
			"Mentee": group.parts.get(name) or next(iter(group.parts.values())),
			"DocType": "Mentoring Group",
			"Country": "Germany",
			"Language": "en",
		}
		if df.options in fixed:
			# One record follows another only where the app made it so.
			return (
				None
				if df.fieldname in ("extends", "carried_to", "extended_to", "other_mentee")
				else fixed[df.options]
			)
		return self.made.get((df.options, name))


# The words --------------------------------------------------------------------------------------


def put_words(people: dict, there: dict[str, set[str]]) -> list[Canary]:
	"""A word into every text of every record that the world added."""
	found = [
		Canary(
			each["full_name"],
			"Mentoring Profile",
			"full_name",
			each["profile"],
			values={"profile": each["profile"]},
		)
		for each in people.values()
	]
	for doctype in doctypes(tables=True):
		for row in _rows(doctype, there):
			found += _put(doctype, row)
	return found


def _rows(doctype: str, there: dict[str, set[str]]) -> Iterator[frappe._dict]:
	"""What the world added to the site."""
	for row in frappe.get_all(doctype, fields=["*"], order_by="creation, name"):
		if row.name not in there[doctype]:
			yield row


def _put(doctype: str, row: frappe._dict) -> list[Canary]:
	meta = frappe.get_meta(doctype)
	found, changed = [], {}
	about = {
		"name": row.name,
		"parent_doctype": row.get("parenttype") or "",
		"parent": row.get("parent") or "",
		"values": {
			key: value for key, value in row.items() if isinstance(value, int | str) and len(str(value)) < 150
		},
	}
	for fieldname in texts(doctype):
		df, value = meta.get_field(fieldname), row.get(fieldname)
		if fieldname in REPEATED and doctype != "Guest Speaker":
			continue
		word = make_word()
		if value and value.startswith(STARTS) and "@" in value:
			word = value[:LENGTH]  # the address that a person signs in with
		elif meta.autoname == f"field:{fieldname}":
			continue
		elif df.fieldtype in ("Code", "JSON"):
			changed[fieldname] = _in_json(value, word)
		elif df.options == "Email" or "email" in fieldname:
			changed[fieldname] = f"{word}@example.org"
		elif df.options == "URL" or fieldname in ("link", "url", "renewal_url"):
			changed[fieldname] = f"https://example.org/{word}"
		else:
			changed[fieldname] = word
		found.append(Canary(word, doctype, fieldname, **about))
	if changed:
		frappe.db.set_value(doctype, row.name, changed, update_modified=False)
	return found


def _in_json(value: str | None, word: str) -> str:
	there = json.loads(value or "{}")
	if isinstance(there, list):
		return json.dumps([*there, word])
	return json.dumps({**there, "word": word})


def _of_notes(words: list[dict[str, str]], *groups: SimpleNamespace) -> list[Canary]:
	found = []
	for group, said in zip(groups, words, strict=True):
		note = frappe.db.get_value("Mentoring Session Note", {"session": group.session})
		item = frappe.db.get_value("Mentoring Action Item", {"session": group.session})
		values = {"mentoring_group": group.name}
		for key in ("summary", "next_focus"):
			found.append(Canary(said[key], "Mentoring Session Note", "content", note, values=values))
		found.append(Canary(said["item"], "Mentoring Action Item", "content", item, values=values))
		found.append(Canary(said["message"], "Mentoring Message", "content", group.message, values=values))
		found.append(Canary(said["file"], "Mentoring Message File", "content", group.message, values=values))
	return found


def _tokens(people: dict) -> list[Canary]:
	from frappe.utils.password import set_encrypted_password

	found = []
	for person in people.values():
		word = make_word()
		set_encrypted_password("Mentoring Profile", person["profile"], word, "calendar_token")
		values = {"profile": person["profile"]}
		found.append(Canary(word, "Mentoring Profile", "calendar_token", person["profile"], values=values))
	return found


def _attach(filler: Filler, canaries: list[Canary]) -> list[str]:
	"""A private file to each resource and to the committee's report."""
	urls = []
	for doctype, fieldname in (
		("Mentoring Resource", "attachment"),
		("Mentoring Committee Report", "spreadsheet"),
	):
		for name in sorted({made for (kind, _), made in filler.made.items() if kind == doctype}):
			word = make_word()
			file = frappe.get_doc(
				{
					"doctype": "File",
					"file_name": f"{frappe.generate_hash(length=8)}.txt",
					"content": word,
					"is_private": 1,
					"attached_to_doctype": doctype,
					"attached_to_name": name,
					"attached_to_field": fieldname,
				}
			).insert()
			frappe.db.set_value(doctype, name, fieldname, file.file_url, update_modified=False)
			row = frappe.db.get_value(doctype, name, ["*"], as_dict=True)
			canaries.append(Canary(word, doctype, fieldname, name, values={"program": row.program}))
			urls.append(file.file_url)
	return urls
