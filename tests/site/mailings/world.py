"""A cycle with a mentor, three mentees and their group, and a coordinator; written straight to the database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import frappe

from mentor_ispe.roles import COORDINATOR
from mentor_ispe.services.mailings.audience import Chosen
from mentor_ispe.services.mailings.commands import Letter
from tests import factories as make
from tests.site.permissions.records import make_user, store

LETTER = Letter("News for {First name}", "<p>Hi {First name}, see you soon.</p>", "en")


def make_world() -> SimpleNamespace:
	program = make.make_program(contact_email="circles@example.org", format="Group")
	cycle = make.make_cycle(program.name)
	world = SimpleNamespace(program=program.name, cycle=cycle.name)
	world.mentor = add_person(world, "Mentor", "Mara Lindqvist")
	world.mentees = [add_person(world, "Mentee", name) for name in ("Tom Okafor", "Ann Li", "Bo Öz")]
	world.group = add_group(world, world.mentor, world.mentees[:2])
	world.coordinator = make_user("cora", COORDINATOR, user_type="System User")
	return world


def add_person(world: SimpleNamespace, part: str, full_name: str, **profile: Any) -> SimpleNamespace:
	"""Somebody in the cycle: the `name` of the application, the `profile` and its `address`."""
	address = profile.pop("email", f"{frappe.generate_hash(length=8)}@example.org")
	person = store("Mentoring Profile", full_name=full_name, email=address, **profile).name
	record = store(
		part, profile=person, full_name=full_name, cycle=world.cycle, program=world.program, status="Active"
	)
	return SimpleNamespace(name=record.name, profile=person, address=address, full_name=full_name)


def add_group(world: SimpleNamespace, mentor: Any, mentees: list[Any], **values: Any) -> str:
	seats = [("Mentor", mentor), *(("Mentee", mentee) for mentee in mentees)]
	return store(
		"Mentoring Group",
		title=f"{mentor.full_name}'s group",
		cycle=world.cycle,
		program=world.program,
		status="Active",
		seats=[
			{
				"role": role,
				"participant_type": role,
				"participant": person.name,
				"profile": person.profile,
				"full_name": person.full_name,
				"status": "Active",
				"parentfield": "seats",
				"idx": place,
			}
			for place, (role, person) in enumerate(seats, 1)
		],
		**values,
	).name


def mentees(world: SimpleNamespace, *more: str) -> Chosen:
	return Chosen("Mentee", (*(each.name for each in world.mentees), *more))
