"""Tell the coordinators of a message: with its words, if the person who tells wants that."""

from __future__ import annotations

from frappe import _

from mentor_ispe.clock import moment_text
from mentor_ispe.services.conversation import reading


def with_message(words: str, message: str, profile: str) -> str:
	"""What somebody tells, with the message that it is about; of the group's other messages nothing.

	PermissionError when they don't read that message.
	"""
	found = reading.one(message, profile)
	said = [found["text"], found["file"]["name"] if found["file"] else ""]
	quoted = "\n".join(part for part in said if part) or _("This message was deleted.")
	head = _("Message from {0}, {1}:").format(found["full_name"], moment_text(found["written_on"]))
	return f"{words.strip()}\n\n{head}\n{quoted}"
