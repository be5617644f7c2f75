"""Leave nothing of ours behind.

Frappe drops the module with its DocTypes, workspace, cards and charts; the rest goes here. All of it
goes *before* Frappe's own part: what is deleted afterwards isn't committed, and a dry run, which calls
this too and commits nothing, stays without effect.
"""

from __future__ import annotations

import click
import frappe

from mentor_ispe.demo import manifest
from mentor_ispe.mails import email_templates
from mentor_ispe.mails.push import site_key
from mentor_ispe.mentor_ispe.doctype.mentoring_settings import website
from mentor_ispe.services.desk.landing import clear_starts
from mentor_ispe.services.sessions.note_key import key_path
from mentor_ispe.setup import onboarding
from mentor_ispe.setup.desk import remove_block
from mentor_ispe.setup.roles import remove_roles

MODULE = "Mentor ISPE"

# What Frappe and the site's people put beside our documents and DocTypes, with the field that names the
# DocType. (The site's own scripts and notifications on them stay: they are its work.)
TRACES = {
	"Comment": "reference_doctype",
	"Custom DocPerm": "parent",
	"Custom Field": "dt",
	"Deleted Document": "deleted_doctype",
	"DocShare": "share_doctype",
	"Document Follow": "ref_doctype",
	"Kanban Board": "reference_doctype",
	"List Filter": "reference_doctype",
	"List View Settings": "name",
	"Notification Log": "document_type",
	"Property Setter": "doc_type",
	"Singles": "doctype",
	"Tag Link": "document_type",
	"ToDo": "reference_type",
	"User Permission": "allow",
	"Version": "ref_doctype",
	"View Log": "reference_doctype",
}


def before_uninstall() -> None:
	"""Remove roles, the mails' wording, jobs, and what people's work left in Frappe's own tables."""
	website.remove_from_website()
	remove_traces()
	remove_roles()
	clear_starts()
	email_templates.delete_ours()
	site_key.remove_key()
	remove_onboarding()
	remove_block()
	remove_jobs_and_patch_log()
	tell_of_note_key()


def remove_traces() -> None:
	"""Delete what is about our documents: comments and versions repeat what the documents said."""
	doctypes = frappe.get_all("DocType", filters={"module": MODULE}, pluck="name")
	boards = frappe.get_all("Kanban Board", {"reference_doctype": ["in", doctypes]}, pluck="name")
	frappe.db.delete("Kanban Board Column", {"parent": ["in", boards or [""]]})
	for doctype, field in TRACES.items():
		frappe.db.delete(doctype, {field: ["in", doctypes]})
	for name in frappe.get_all("File", filters={"attached_to_doctype": ["in", doctypes]}, pluck="name"):
		frappe.delete_doc("File", name, ignore_permissions=True, force=True)
	frappe.db.delete("DefaultValue", {"parent": manifest.PARENT})  # what the demo remembered of itself


def remove_onboarding() -> None:
	"""Delete the steps of the onboarding, which belong to no module; the rest goes with the module."""
	steps = frappe.get_all("Onboarding Step Map", {"parent": onboarding.ONBOARDING}, pluck="step")
	frappe.db.delete("Onboarding Step", {"name": ["in", steps or [""]]})


def tell_of_note_key() -> None:
	"""Leave the key of the notes where it is: the backup that Frappe makes before an uninstall needs it."""
	if key_path().exists():
		click.echo(
			f"The key of the mentoring notes stays in {key_path()}: the backups of this site need it. "
			"Delete it together with the last of them."
		)


def remove_jobs_and_patch_log() -> None:
	"""Forget the scheduled jobs, with their logs, and that our patches ran: a new install starts anew."""
	jobs = frappe.get_all("Scheduled Job Type", filters={"method": ["like", "mentor_ispe.%"]}, pluck="name")
	frappe.db.delete("Scheduled Job Log", {"scheduled_job_type": ["in", jobs]})
	frappe.db.delete("Scheduled Job Type", {"name": ["in", jobs]})
	frappe.db.delete("Patch Log", {"patch": ["like", "mentor_ispe.%"]})
