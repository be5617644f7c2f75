"""The conversation of one's group over HTTP; the person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
import io
from typing import Annotated

import frappe
from pydantic import Field
from werkzeug.utils import send_file
from werkzeug.wrappers import Response

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.files import private_file
from mentor_ispe.api.inputs import Count, Flag
from mentor_ispe.domain.message_files import PICTURES
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal import conversation_page
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.services.conversation import reading, settings, writing
from mentor_ispe.services.conversation.files import Upload

# Far more than two people type; a script that floods a group is stopped.
MESSAGES_AN_HOUR = 200
Token = Annotated[str, Field(max_length=64)]


@endpoint(MEMBER, an_hour=MESSAGES_AN_HOUR, form=HtmlForm(anchor="newest"))
def send(group: str, text: str = "", token: Token = "") -> dict:
	"""Write a message; a form may bring one picture or file with it, called `file`.

	What is sent again with the same `token` is the message that it was, and isn't written twice.
	"""
	return {"name": writing.send(group, own_profile(), text, _upload(), token)}


@endpoint(MEMBER, form=HtmlForm(N_("Your message has been deleted.")))
def delete(message: str) -> dict:
	"""Delete a message that one wrote; the others see that it was deleted."""
	writing.delete(message, own_profile())
	return {"name": message}


@endpoint(MEMBER, methods=READS)
def messages(group: str, before: Count = 0) -> dict:
	"""A page of the conversation, the newest, or those before a number; see `services/conversation/reading.py`."""
	return reading.page(group, own_profile(), before)


@endpoint(MEMBER)
def newer(group: str, after: Count) -> dict:
	"""What came after the message of this number, as the HTML of the page; it counts as read."""
	return conversation_page.newer(group, own_profile(), after)


@endpoint(MEMBER, form=HtmlForm(N_("Your choice has been saved.")))
def show_read_marks(show: Flag) -> dict:
	"""Choose whether others see which of their messages one has read; in all of one's groups."""
	settings.show_read_marks(own_profile(), bool(show))
	return {"show": show}


@endpoint(MEMBER, methods=READS)
def file(message: str) -> Response:
	"""The picture or file of a message, for those who read the conversation; nothing of it runs in a browser."""
	found = reading.file_of(message, own_profile())
	response = send_file(
		io.BytesIO(found.content),
		environ=frappe.request.environ,
		mimetype=found.kind,
		as_attachment=found.kind not in PICTURES,
		download_name=found.name,
	)
	return private_file(response, "no-cache")


def _upload() -> Upload | None:
	sent = frappe.request.files.get("file") if frappe.request else None
	if sent is None or not sent.filename:
		return None
	return Upload(sent.filename, sent.read())
