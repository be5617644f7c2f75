"""Feedback over HTTP, for oneself only: the person is always the one signed in."""

# No postponed annotations here: Frappe checks the arguments of a request against them.

from mentor_ispe.api.endpoint import READS, SELDOM, endpoint
from mentor_ispe.api.values import FeedbackValues
from mentor_ispe.domain.violations import N_
from mentor_ispe.permissions.gate import MEMBER, SHARED, enter
from mentor_ispe.permissions.own_session import own_profile
from mentor_ispe.portal.html_form import HtmlForm
from mentor_ispe.services.feedback import commands as giving
from mentor_ispe.services.feedback import queries


@endpoint(MEMBER, methods=READS)
def my_requests() -> list[dict]:
	"""What one was asked and hasn't answered: open ones by their day, then missed ones, still to be answered."""
	return queries.my_requests(own_profile())


@endpoint(MEMBER, once=True, form=HtmlForm(N_("Thank you. Your feedback has been saved.")))
def give(
	values: FeedbackValues,
	request: str | None = None,
	kind: str | None = None,
	group: str | None = None,
	session: str | None = None,
	cycle: str | None = None,
) -> dict:
	"""Give feedback: the answer to a request, or of one's own accord about a kind and a group or cycle."""
	doc = giving.give(own_profile(), values, request, kind, group, session, cycle)
	return {"name": doc.name, "kind": doc.kind, "request": doc.request}


@endpoint(MEMBER, form=HtmlForm(N_("Your feedback has been changed.")))
def change(feedback: str, values: FeedbackValues) -> dict:
	"""Change one's own answer while that is possible; consent to publish is taken back at any time."""
	doc = giving.change(own_profile(), feedback, values)
	return {"name": doc.name, "kind": doc.kind, "request": doc.request}


@endpoint(MEMBER, once=True, an_hour=SELDOM, form=HtmlForm(N_("Thank you for sharing your story.")))
def tell_story(
	story: str, group: str | None = None, cycle: str | None = None, may_publish: bool = False
) -> dict:
	"""Tell a success story of one's group or cycle; others see it only when `may_publish` is set."""
	doc = giving.tell_story(own_profile(), story, group, cycle, may_publish)
	return {"name": doc.name, "kind": doc.kind, "request": doc.request}


@endpoint(MEMBER, methods=READS)
def my_feedback() -> list[dict]:
	"""All that one gave, with one's own words to the coordinators, and until when it can be changed."""
	return queries.my_feedback(own_profile())


@endpoint(MEMBER, methods=READS)
def group_feedback(group: str) -> list[dict]:
	"""What the people of one's group said to the group; nothing that was for the coordinators."""
	enter(group, SHARED)
	return queries.group_feedback(group)
