"""Staff don't see the records of groups that they sit in themselves, or sat in.

A coordinator or a System Manager may be a mentor or a mentee as well. What others of their group say to
the coordinators may be about them: private answers, concerns, reasons, the health that is worked out of
these, and every mail, comment or assignment about such a record. So the whole group is closed to them in
the Desk, by every list, form and endpoint of Frappe; they use the members' pages as the others do, and
another coordinator looks after the group, or a System Manager where there is none. Services that act for
the association (a match run that is published, the nightly jobs) ignore it, as they ignore the rest.

Members hold no permission on these records at all, see permissions/gate.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.permissions import push_perm_check_log
from frappe.query_builder import DocType
from frappe.query_builder.functions import Coalesce
from frappe.utils import cstr
from pypika.queries import QueryBuilder, Table
from pypika.terms import Criterion, Field, LiteralValue, Not, Term

from mentor_ispe.permissions.conflict_table import ABOUT, LEADS, REFERENCES, Lead
from mentor_ispe.readings.seats import GROUP, groups_with, seats

NOTICE = "Mentoring Notice"

# What a hook on a DocType of another app answers when it has nothing against: the next hook is asked.
# Before Frappe 16 a True ends the questions.
NOTHING_AGAINST = True if find_spec("frappe.model.qb_query") else None


@dataclass(frozen=True)
class Conflict:
	"""The groups that are closed to one user."""

	groups: frozenset[str]

	@cached_property
	def people(self) -> frozenset[str]:
		"""The profiles of everybody who sits or sat in one of them."""
		return frozenset(_people_of(self.groups))

	def touches(self, lead: Lead, values: Document | frappe._dict) -> bool:
		"""Whether these values of a record lead to a closed group."""
		group = cstr(values.get(lead.group))
		if group or lead.person is None:
			return group in self.groups
		return cstr(values.get(lead.person)) in self.people

	def leaves_open(self, doctype: str) -> Criterion:
		"""The condition under which a row of the DocType is open; no value is empty in it."""
		if doctype in LEADS:
			return self._leaves_open(DocType(doctype), LEADS[doctype])
		return self._leaves_reference_open(DocType(doctype), *REFERENCES[doctype])

	def _leaves_open(self, table: Table, lead: Lead) -> Criterion:
		group = _words(table[lead.group])
		condition = group.notin(_texts(self.groups))
		if lead.person:
			person = _words(table[lead.person])
			condition &= (group != _text("")) | person.notin(_texts(self.people))
		return condition

	def _leaves_reference_open(self, table: Table, of_type: str, of_name: str) -> Criterion:
		kind, name = table[of_type], table[of_name]
		about = ABOUT if table._table_name != f"tab{NOTICE}" else tuple(LEADS)
		found = _words(kind).notin(_texts(about))
		for doctype in about:
			of = DocType(doctype)
			names = frappe.qb.from_(of).select(of.name).where(self.leaves_open(doctype))
			found |= (kind == _text(doctype)) & name.isin(names)
		return found


_asked: ContextVar[tuple[str, Conflict | None] | None] = ContextVar("mentoring_conflict_asked", default=None)


@contextmanager
def asked_once(user: str) -> Iterator[None]:
	"""Ask for the user's conflict now; in the block, every list is narrowed by that. For what only reads."""
	token = _asked.set((user, conflict_of(user)))
	try:
		yield
	finally:
		_asked.reset(token)


def conflict_of(user: str) -> Conflict | None:
	"""The groups that are closed to the user; None, as for nearly everybody who works in the Desk, for none."""
	if user in ("Administrator", "Guest"):
		return None
	asked = _asked.get()
	if asked and asked[0] == user:
		return asked[1]
	groups = groups_ever_in(profiles_of(user))
	return Conflict(frozenset(groups)) if groups else None


def groups_closed_to(user: str | None = None) -> set[str]:
	"""The names of the groups whose records the user doesn't see as staff."""
	conflict = conflict_of(user or frappe.session.user)
	return set(conflict.groups) if conflict else set()


def list_condition(user: str | None = None, doctype: str | None = None) -> str:
	"""What Frappe adds to every list of the DocType, as SQL text; empty for those without a conflict."""
	conflict = conflict_of(user or frappe.session.user)
	if conflict is None:
		return ""
	return f"({conflict.leaves_open(doctype).get_sql(quote_char='`', with_namespace=True)})"


def only_open(query: QueryBuilder, doctype: str) -> QueryBuilder:
	"""The query of a report without the rows of the DocType that are closed to who asks."""
	conflict = conflict_of(frappe.session.user)
	return query.where(conflict.leaves_open(doctype)) if conflict else query


def has_permission(doc: Document, ptype: str = "read", user: str | None = None, debug: bool = False) -> bool:
	"""Whether a record of ours is open to the user, as it is stored and as it would become."""
	return _is_open(doc, user)


def has_permission_on_reference(
	doc: Document, ptype: str = "read", user: str | None = None, debug: bool = False
) -> bool | None:
	"""The same for a record of Frappe that is about one of ours: a comment, a file, an assignment."""
	return NOTHING_AGAINST if _is_open(doc, user) else False


def refuse_follower(doc: Document, method: str | None = None) -> None:
	"""Nobody follows a record of a group: Frappe mails its changes without asking who may read it."""
	if doc.ref_doctype in ABOUT:
		frappe.throw(
			_("You can't follow records of groups by email. Read them in the Desk."),
			frappe.PermissionError,
		)


def refuse_share(doc: Document, method: str | None = None) -> None:
	"""A share is a permission that asks none of these rules, so records of ours aren't shared one by one."""
	if frappe.get_meta(doc.share_doctype).module == "Mentor ISPE":
		frappe.throw(
			_(
				"You can't share records of the mentoring programs one by one. Give the person a role instead."
			),
			frappe.PermissionError,
		)


def profiles_of(user: str) -> list[str]:
	"""The profiles that are those of the login, by link or by address, or were before they moved to another one."""
	profile = DocType("Mentoring Profile")
	address = user.lower()  # as addresses are kept
	theirs = (profile.user == user) | (profile.email == address) | (profile.membership_email == address)
	left = frappe.get_all(
		"Mentoring Login Move", {"old_address": user, "status": "Moved"}, pluck="profile", order_by=None
	)
	if left:
		theirs |= profile.name.isin(left)
	return frappe.qb.from_(profile).select(profile.name).where(theirs).run(pluck=True)


def groups_ever_in(profiles: Iterable[str]) -> set[str]:
	"""The groups in which these people have or had a place of any kind, with those that they go on from or in."""
	profiles = sorted(profiles)
	if not profiles:
		return set()
	found, group = set(groups_with(profiles)), DocType(GROUP)
	if not found:
		return found
	chain = frappe.qb.from_(group).select(group.name)
	chain = chain.where(group.extends.isin(sorted(found)) | group.extended_to.isin(sorted(found)))
	return found | set(chain.run(pluck=True))


def logins_in(groups: Iterable[str]) -> dict[str, set[str]]:
	"""The logins, by link or by address, that each of these groups is closed to; three queries."""
	names = sorted(set(groups))
	group, profile = DocType(GROUP), DocType("Mentoring Profile")
	chain = frappe.qb.from_(group).select(group.name, group.extends, group.extended_to)
	chains = {
		name: {other for other in (name, *others) if other}
		for name, *others in chain.where(group.name.isin(names or [""])).run()
	}
	seated = _seats(set().union(*chains.values()))
	logins = {
		name: {login for login in addresses if login}
		for name, *addresses in frappe.qb.from_(profile)
		.select(profile.name, profile.user, profile.email, profile.membership_email)
		.where(profile.name.isin(sorted({person for _group, person in seated}) or [""]))
		.run()
	}
	return {
		name: {
			login
			for other, person in seated
			if other in chains.get(name, ())
			for login in logins.get(person, ())
		}
		for name in names
	}


def _people_of(groups: Iterable[str]) -> set[str]:
	return {person for _group, person in _seats(groups)}


def _seats(groups: Iterable[str]) -> list[tuple[str, str]]:
	"""(group, profile) of every seat of any kind."""
	return [(seat.group, seat.profile) for seat in seats(sorted(groups)) if seat.profile]


def group_of(doctype: str, name: str) -> str | None:
	"""The group that a record leads to, of a DocType of LEADS; None for what belongs to no group."""
	lead = LEADS.get(doctype)
	return frappe.db.get_value(doctype, name, lead.group) if lead else None


def _is_open(doc: Document, user: str | None) -> bool:
	conflict = conflict_of(user or frappe.session.user)
	if conflict is None:
		return True
	if not _would_be_open(conflict, doc) or not _stored_is_open(conflict, doc):
		push_perm_check_log(
			_(
				"You are or were in this group yourself, so you can't open it in the Desk. Ask another coordinator or a System Manager. Your own view of it is under My groups on the members' pages."
			)
		)
		return False
	return True


def _would_be_open(conflict: Conflict, doc: Document) -> bool:
	lead = LEADS.get(doc.doctype)
	if lead:
		return not conflict.touches(lead, doc)
	of_type, of_name = REFERENCES[doc.doctype]
	kind, name = doc.get(of_type), doc.get(of_name)
	if kind not in ABOUT or not name:
		return True
	table = DocType(kind)
	there = frappe.qb.from_(table).select(table.name).where(table.name == cstr(name))
	return bool(there.where(conflict.leaves_open(kind)).run())


def _stored_is_open(conflict: Conflict, doc: Document) -> bool:
	if doc.is_new() or not doc.name:
		return True
	table = DocType(doc.doctype)
	there = frappe.qb.from_(table).select(table.name).where(table.name == doc.name)
	# Not `.negate()`: what is negated already stays as it is.
	return not there.where(Not(conflict.leaves_open(doc.doctype))).run()


def _words(column: Field) -> Term:
	return Coalesce(column, _text(""))


def _texts(values: Iterable[str]) -> list[LiteralValue]:
	"""As the database itself quotes them, since these conditions end as text; never an empty list."""
	return [_text(value) for value in sorted(values)] or [_text("")]


def _text(value: str) -> LiteralValue:
	return LiteralValue(frappe.db.escape(value, percent=False))
