"""People and programs that the portal's tests start from."""

from __future__ import annotations

import frappe
import pytest

from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_member
from tests.http.visitor import Page, Visitor

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def visit(site, base_url):
	"""`visit(user)`: a browser at the portal; a guest's without one."""
	return lambda user=None: Visitor(base_url, user)


def make_newcomer(name: str = "Nora New") -> str:
	"""A member with a login and a membership, who has never been here."""
	user = make.make_user(first_name=name.split()[0], last_name=name.split()[1]).name
	make.make_roll_entry(user, full_name=name)
	frappe.db.commit()
	return user


def make_open_cycle(**program):
	agreement = make.make_agreement(text="<p>What is said stays here.</p>")
	doc = make.make_program(
		agreements=[{"agreement": agreement, "required_of": "Everyone"}], reply_weeks=8, **program
	)
	cycle = make.make_cycle(doc.name)
	frappe.db.commit()
	return cycle.name, agreement


def make_match(reason: str = "Both make vaccines", **values):
	"""A member who is proposed to a mentor: (login, group)."""
	profile, user = make_member(**values)
	cycle = make.make_cycle().name
	mentor, mentee = make.make_mentor(cycle), make.make_mentee(cycle, profile=profile)
	group = propose(cycle, [mentee.name], mentor.name, reasons={mentee.name: reason})
	frappe.db.commit()
	return user, group


def fresh(doctype: str, name: str | dict, field: str):
	frappe.db.rollback()
	return frappe.db.get_value(doctype, name, field)


def apply_up_to_agreements(visitor: Visitor, cycle: str, role: str = "Mentee", **answers) -> Page:
	"""Go through the first screens as somebody new."""
	about = visitor.get(f"/mentoring/apply/{cycle}?as={role}")
	questions = visitor.send(about, "member.save_profile", career_stage="Student", employer="School")
	assert "step=questions" in questions.address, questions.said or questions.words[:1500]
	return visitor.send(questions, "application.keep_draft", **answers)
