"""What people leave at a record: comments, likes, tasks, tags, and that they follow it.

The holes, all seen on Frappe 15.101:
- frappe.templates.includes.comments.comments.add_comment takes any record and the name of the author from
  the request, and writes a mail about it to the record's owner; the Desk's own endpoint takes the name as
  well. frappe.desk.like.toggle_like takes any record, and tells its owner.
- Everybody may insert a ToDo about any record, in the name of whoever is said to assign it; both names and
  the words stand in the record's timeline then.
- Everybody may read and write every Tag Link, and each says the title of its record: a person's name.
- Who is mentioned in a comment, is given a task or a share gets a mail with the words of whoever wrote it;
  everybody may do so at their own User.
- A Document Follow has the changes of a record mailed, whether or not the follower may read it.

This can go when each asks for the record, and for the session's name.
"""

from __future__ import annotations

import frappe
from frappe import _
from frappe.desk.notifications import extract_mentions
from frappe.model.document import Document
from frappe.permissions import get_doctypes_with_read
from frappe.utils import get_fullname

from mentor_ispe.hardening import keeps_the_site
from mentor_ispe.permissions.gate import works_in_the_desk

# What a person writes; everything else the site notes by itself.
BY_PEOPLE = ("Comment", "Like")
OUR_RULE = "mentor_ispe.permissions.conflict_of_interest.list_condition"


def check_comment(doc: Document, method: str | None = None) -> None:
	"""Put the writer's name on a comment, at a record that they may read; before it is inserted."""
	if doc.comment_type not in BY_PEOPLE or keeps_the_site():
		return
	user = frappe.session.user
	if user != "Guest":
		doc.comment_email, doc.comment_by = user, get_fullname(user)
	if extract_mentions(doc.content):
		_check_tells_others()
	if not frappe.get_meta(doc.reference_doctype).has_web_view:
		_check(doc.reference_doctype, doc.reference_name)


def check_task(doc: Document, method: str | None = None) -> None:
	"""Let a task be about a record that its maker may read, in their own name; before it is kept.

	Those that an assignment makes were asked about already; whether one may be made is asked by its request,
	as rules of the site make some while a member works.
	"""
	if keeps_the_site():
		return
	by_a_person = frappe.form_dict.get("assign_to") or not doc.flags.ignore_permissions
	if by_a_person and doc.allocated_to not in (None, "", frappe.session.user):
		_check_tells_others()
	if doc.flags.ignore_permissions:
		return
	if doc.is_new():
		doc.assigned_by = frappe.session.user
	if doc.reference_type and (
		doc.has_value_changed("reference_type") or doc.has_value_changed("reference_name")
	):
		_check(doc.reference_type, doc.reference_name)


def check_share(doc: Document, method: str | None = None) -> None:
	"""Let shares be given in the Desk; called before one is kept. Those of one's own login are made by Frappe."""
	if not keeps_the_site() and frappe.form_dict.get("user") and doc.user != frappe.session.user:
		_check_tells_others()


def check_tag(doc: Document, method: str | None = None) -> None:
	"""Let a tag stand at a record that its maker may read; before it is kept."""
	if not keeps_the_site():
		_check(doc.document_type, doc.document_name)


def check_follower(doc: Document, method: str | None = None) -> None:
	"""Let a record be followed by those who may read it; before that is kept."""
	if not keeps_the_site(doc.user) and not _may_read(doc.ref_doctype, doc.ref_docname, doc.user):
		_refuse()


def may_see_tag(
	doc: Document, ptype: str | None = None, user: str | None = None, debug: bool = False
) -> bool:
	"""Whether the record of a tag may be read."""
	user = user or frappe.session.user
	if keeps_the_site(user) or doc.is_new():
		return True
	return _may_read(doc.document_type, doc.document_name, user)


def tags_shown(user: str | None = None, doctype: str | None = None) -> str:
	"""The condition of lists of tags: those of DocTypes that the user may read without a rule of another app.

	Our own rule asks lists of tags by itself.
	"""
	if keeps_the_site(user):
		return ""
	rules = frappe.get_hooks("permission_query_conditions", {})
	readable = sorted(name for name in get_doctypes_with_read() if set(rules.get(name, ())) <= {OUR_RULE})
	names = ", ".join(frappe.db.escape(name) for name in readable)
	return f"`tabTag Link`.`document_type` in ({names})" if names else "1 = 0"


def _check_tells_others() -> None:
	"""Let only those who have the Desk do what writes a mail to others."""
	if not works_in_the_desk():
		frappe.throw(_("You can notify others only in the Desk."), frappe.PermissionError)


def _check(doctype: str | None, name: str | None) -> None:
	if not _may_read(doctype, name):
		_refuse()


def _may_read(doctype: str | None, name: str | None, user: str | None = None) -> bool:
	"""Whether the user may read the record; False as well when there is none."""
	if not doctype or not name or not frappe.db.exists(doctype, name):
		return False
	return bool(frappe.has_permission(doctype, "read", name, user=user))


def _refuse() -> None:
	frappe.throw(_("You don't have permission to read this record."), frappe.PermissionError)
