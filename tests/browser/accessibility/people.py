"""Who comes to the pages, and the programs that are open to them."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
from frappe.utils import add_days, nowdate

from mentor_ispe.services.applications import commands
from mentor_ispe.services.groups import commands as group_commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_member

NAMES = (
	*("ana", "ben", "cal"),  # a group in full swing: mentor, moderator, mentee
	*("eve", "fay"),  # a group where nothing has happened yet
	*("gil", "hana"),  # a pair that earns credit
	*("pam", "pia", "pet"),  # a circle
	*("ida", "jan"),  # a pair that ended early
	*("kim", "leo"),  # a pair that came to its end
	*("nix", "lux"),  # nothing applied for; lapsed
	*("amy", "abe"),  # applied; approved
	*("mia", "moe", "max"),  # match waiting, accepted, declined
)
ZONES = {"ana": "America/Los_Angeles", "ben": "Asia/Tokyo", "cal": "Europe/Berlin"}


def make_people() -> dict[str, tuple[str, str]]:
	"""Everyone by first name, as (profile, login); "new" has a login and a membership, and no profile."""
	people = {
		name: make_member(
			full_name=f"{name.title()} Test",
			job_title="Process Engineer",
			biography=f"I am {name.title()}.\nI like to listen.",
			time_zone=ZONES.get(name),
		)
		for name in NAMES
	}
	user = make.make_user(first_name="Nora", last_name="New").name
	make.make_roll_entry(user, full_name="Nora New")
	return {**people, "new": ("", user)}


def make_programs() -> SimpleNamespace:
	"""A program of pairs with all that can be asked (`open` cycle), one that opens later, one that is closed."""
	frappe.db.set_single_value("Mentoring Settings", "renewal_url", "https://example.org/renew")
	topics = [insert("Mentoring Topic", topic=make.unique(word)) for word in ("Leadership", "Vaccines")]
	if not frappe.db.exists("Mentoring Industry", "Pharma of tests"):
		insert("Mentoring Industry", industry="Pharma of tests")
	agreement = make.make_agreement(
		title=make.unique("Code of Conduct"), text="<h2>Confidence</h2><p>What is said stays between us.</p>"
	)
	program = make.make_program(
		summary="An experienced member and you, an hour a month for a year.",
		description='<p>Matched by <a href="https://example.org">industry</a> and topics.</p><ul><li>One</li></ul>',
		expectations_everyone="<p>Meet at least once a month.</p>",
		expectations_mentors="<h4>Listen</h4><p>First of all.</p>",
		reply_weeks=8,
		minimum_hours_per_month=1,
		may_be_both=1,
		mentees_rank=1,
		mentees_ask=1,
		training_for_mentors=1,
		training_for_mentees=1,
		contact_email="mentoring@example.org",
		agreements=[{"agreement": agreement, "required_of": "Everyone"}],
		criteria=[
			{"criterion": each, "weight": 10}
			for each in ("Industry", "Topics", "Career Stage", "Country", "Languages", "Learning Style")
		],
	)
	cycle = make.make_cycle(
		program.name,
		places=20,
		announcement_date=add_days(nowdate(), 18),
		kickoff_on=f"{add_days(nowdate(), 20)} 17:00:00",
	)
	later = make.make_cycle(
		application_from=add_days(nowdate(), 5), application_until=add_days(nowdate(), 10)
	)
	closed = make.make_cycle(make.make_program(contact_email="mentoring@example.org").name, status="Open")
	frappe.db.set_value("Mentoring Cycle", closed.name, "status", "Matching")
	return SimpleNamespace(
		program=program.name,
		open=cycle.name,
		later=later.name,
		closed=closed.name,
		agreement=agreement,
		topics=topics,
	)


def apply_and_match(people: dict[str, tuple[str, str]], programs: SimpleNamespace) -> dict[str, str]:
	"""Bring people to each stage before a group starts; returns the matches of mia, moe and max."""
	profile = {name: found for name, (found, _user) in people.items()}
	mentors = [
		make.make_mentor(programs.open, motivation="Somebody helped me once.", seats_offered=2)
		for _number in range(3)
	]
	amy = frappe.get_doc("Mentoring Profile", profile["amy"])
	amy.update({"industry": "Pharma of tests", "learning_style": "Visual", "languages": [{"language": "en"}]})
	amy.save()
	answers = {"Mentee": {"goals": "To lead", "topics": programs.topics[:1]}}
	commands.send(profile["amy"], programs.open, answers, [programs.agreement])
	make.make_mentee(programs.open, profile=profile["abe"], goals="To learn to say no")
	make.make_mentor(programs.open, profile=profile["abe"], seats_offered=2)
	matches = {}
	for mentor, name in zip(mentors, ("mia", "moe", "max"), strict=True):
		mentee = make.make_mentee(programs.open, profile=profile[name], goals="To change careers")
		group = propose(
			programs.open, [mentee.name], mentor.name, reasons={mentee.name: "Both work in pharma."}
		)
		matches[name] = group.name
		if name == "moe":
			for one in (mentor, mentee):
				group_commands.accept(group.name, one.profile)
		elif name == "max":
			group_commands.decline(group.name, mentee.profile, "We know each other too well")
	return matches


def insert(doctype: str, **values) -> str:
	return frappe.get_doc({"doctype": doctype, **values}).insert().name
