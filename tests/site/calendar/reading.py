"""Calendar files read with a parser that isn't the one that writes them."""

from __future__ import annotations

import vobject


def event_of(file: str):
	"""The only event of the file."""
	(event,) = vobject.readOne(file).vevent_list
	return event


def method_of(file: str) -> str:
	return vobject.readOne(file).method.value


def addresses(event) -> set[str]:
	"""Who is invited, by address."""
	return {attendee.value.lower().removeprefix("mailto:") for attendee in event.contents.get("attendee", ())}
