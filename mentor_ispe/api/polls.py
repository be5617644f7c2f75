"""Polls of times for a group's next meeting, over HTTP; by a link in a mail also without a login."""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from typing import Annotated
from urllib.parse import quote

import frappe
from frappe import _
from pydantic import Field

from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.api.inputs import Flag, Minutes, Moment, MomentOrNone
from mentor_ispe.concurrency import locks
from mentor_ispe.domain.sessions.polls import DECIDED, MOST, OPEN
from mentor_ispe.domain.violations import N_
from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.permissions.gate import GUEST, MEMBER, WRITE, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import Asked, HtmlForm, Noted
from mentor_ispe.portal.times import Clock
from mentor_ispe.services.polls import polling, queries

Numbers = Annotated[list[Annotated[int, Field(ge=1, le=MOST)]] | None, Field(max_length=MOST)]
Words = Annotated[str, Field(max_length=5_000)]


def _on_site(asked: Asked) -> Asked:
	"""The form has the times on the reader's clock."""
	clock = Clock.of(own_profile())
	asked["slots"] = [clock.of_site(at) for at in asked["slots"]]
	return asked


def _is_asked(_done: dict, asked: Asked) -> str:
	words = _("Your poll is open. The others get an email and answer with one tap.")
	if queries.why_not_yet(asked["group"], own_profile()):
		return Noted(words + " " + _("The meeting can't be scheduled yet. See below what is missing."))
	return words


@endpoint(
	MEMBER,
	form=HtmlForm(_is_asked, fields=_on_site),
)
def ask(
	group: str,
	slots: Annotated[list[Moment], Field(max_length=2 * MOST)],
	ends_on: MomentOrNone = None,
	duration_minutes: Minutes | None = None,
	session: str | None = None,
	mode: str | None = None,
	location: str | None = None,
	link: str | None = None,
) -> dict:
	"""Ask one's group which of two to six times suit them; the best becomes the meeting, or the new time of `session`.

	Length and place are those of the last meeting where nothing is said.
	"""
	locks.lock_group(group)
	enter(group, WRITE)
	return _poll(
		polling.open_poll(
			group,
			own_profile(),
			slots,
			ends_on,
			duration_minutes or None,
			session or None,
			mode=mode,
			location=location,
			link=link,
		)
	)


@endpoint(MEMBER, methods=READS)
def current(group: str) -> dict | None:
	"""The open poll of one's group, null when there is none."""
	found = queries.current(group, enter(group, WRITE))
	if found is None:
		return None
	return {
		"name": found.name,
		"ends_on": found.ends_on,
		"duration_minutes": found.minutes,
		"mode": found.mode,
		"location": found.location,
		"link": found.link,
		"slots": [{"number": number, "starts_on": at} for number, at in found.slots],
		"mine": found.mine,
		"answered": found.answered,
		"people": found.people,
	}


def _is_answered(done: dict, _asked: Asked) -> str:
	if done["status"] == DECIDED:
		return _("The meeting is scheduled. Everyone gets an invitation.")
	if done["status"] == OPEN:
		return _("Your answer has been saved.")
	return Noted(
		_("No meeting could be scheduled at any of these times. The poll is closed. Suggest other times.")
	)


@endpoint(MEMBER, form=HtmlForm(_is_answered))
def answer(poll: str, numbers: Numbers = None, none: Flag = 0, words: Words = "") -> dict:
	"""Say which of the times suit one; with `none`, that none does. `words` go to the others as a message."""
	return _poll(polling.answer(poll, own_profile(), _chosen(numbers, none), words))


def _poll_page(done: dict, asked: Asked) -> str:
	"""Nobody is signed in, so the page itself says what is missing."""
	return f"/mentoring/poll?token={quote(asked['token'])}" + ("&choose=1" if not done else "")


@endpoint(GUEST, private=True, form=HtmlForm(page=_poll_page))
def answer_by_link(token: str, numbers: Numbers = None, none: Flag = 0, words: Words = "") -> dict:
	"""The same for whoever has the link of a mail, until the poll ends; nothing else opens by it.

	Empty where nothing was chosen: nothing is saved.
	"""
	if not numbers and not none:
		return {}
	found = queries.by_link(token)
	if found is None:
		raise frappe.PermissionError(_("This link no longer works. Answer on your group's page."))
	poll, profile = found
	return _poll(polling.answer(poll.name, profile, _chosen(numbers, none), words))


@endpoint(MEMBER, form=HtmlForm(N_("The poll is closed.")))
def close(poll: str) -> dict:
	"""Close a poll that one opened, without a meeting."""
	return _poll(polling.close(poll, own_profile()))


def _chosen(numbers: list[int] | None, none: int) -> list[int]:
	if not numbers and not none:
		frappe.throw(_("Choose the times that work for you, or press “None of these”."), exc=RuleViolation)
	return [] if none else list(numbers or ())


def _poll(doc) -> dict:
	return {"name": doc.name, "status": doc.status, "session": doc.session}
