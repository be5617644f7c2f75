"""What staff who write the mails ask for: every mail with its words, a preview, a test, and to keep a wording."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from dataclasses import asdict
from typing import Annotated, Literal

import frappe
from frappe import _
from pydantic import AfterValidator, Field

from mentor_ispe.api.endpoint import endpoint
from mentor_ispe.api.inputs import exists
from mentor_ispe.mails import preview as previews
from mentor_ispe.mails.default_templates import MAILS
from mentor_ispe.mails.wordings import overview, stored
from mentor_ispe.permissions.gate import COORDINATOR_ONLY


def _known(mail: str) -> str:
	if mail not in MAILS:
		words = frappe.utils.escape_html(_("There is no email called {0}.").format(mail))
		frappe.throw(words, exc=frappe.DoesNotExistError)
	return mail


Mail = Annotated[str, Field(max_length=140), AfterValidator(_known)]
Language = Annotated[str, Field(max_length=20), exists("Language")]
Program = Annotated[str, Field(max_length=140), exists("Mentoring Program")]


@endpoint(COORDINATOR_ONLY)
def wordings(program: Program = "") -> list[dict]:
	"""Every mail: its subject, who gets it and when, and in which languages it is worded for the program, or for all."""
	return [asdict(entry) for entry in overview.entries(program or None)]


@endpoint(COORDINATOR_ONLY)
def wording(mail: Mail, language: Language = "en", program: Program = "") -> dict:
	"""One mail for the editor: what goes out now, the original, the fields that it can have, its languages."""
	return overview.opened(mail, language, program or None)


@endpoint(COORDINATOR_ONLY)
def preview(
	mail: Mail,
	language: Language = "",
	program: Program = "",
	subject: str = "",
	message: str = "",
	values: Literal["sample", "least", "latest"] = "sample",
	profile: Annotated[str, exists("Mentoring Profile")] = "",
	notice: Annotated[str, Field(max_length=140)] = "",
) -> dict:
	"""The mail as it would go out: its subject, HTML, plain text, and the notice it was made of.

	With a `subject` or `message` of an editor, else as it is kept; with the values of a `notice`, or as `values` says.
	Without a `language`, in that of the person it goes to.
	"""
	draft = previews.drafted(mail, language or "en", subject, message) if subject or message else None
	asked = previews.Values(values, profile or None, notice or None)
	return asdict(previews.preview(mail, language or None, asked, program or None, draft))


@endpoint(COORDINATOR_ONLY)
def send_test(
	mail: Mail, language: Language = "en", program: Program = "", subject: str = "", message: str = ""
) -> dict:
	"""Send the mail with made-up values to the signed-in person; `sent_to` is their address."""
	draft = previews.drafted(mail, language, subject, message) if subject or message else None
	return {"sent_to": previews.send_test(mail, language, program or None, draft)}


@endpoint(COORDINATOR_ONLY)
def save_wording(
	mail: Mail,
	subject: str,
	message: str,
	language: Language = "en",
	program: Program = "",
	modified: str = "",
) -> dict:
	"""Keep a wording; `modified` is what `wording` gave. The mail for the editor, as it is now."""
	stored.save(mail, language, program or None, subject, message, modified or None)
	return overview.opened(mail, language, program or None)


@endpoint(COORDINATOR_ONLY)
def reset_wording(mail: Mail, language: Language = "en", program: Program = "", modified: str = "") -> dict:
	"""Go back to the original; `modified` is what `wording` gave. The mail for the editor, as it is now."""
	stored.back_to_original(mail, language, program or None, modified or None)
	return overview.opened(mail, language, program or None)
