"""The pages of a pair that earns credit, and of a group that hasn't started."""

from __future__ import annotations

from types import SimpleNamespace

import frappe
import pytest

from mentor_ispe.services.groups import commands
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.people import make_member
from tests.http.visitor import Visitor


@pytest.fixture(scope="module")
def two(site, base_url) -> SimpleNamespace:
	"""A mentor and a mentee with their browsers."""
	people = [make_member(full_name=name, employer=f"{name} Ltd") for name in ("Gil", "Hana")]
	return SimpleNamespace(
		profiles=[profile for profile, _user in people],
		visitors=[Visitor(base_url, user) for _profile, user in people],
	)


def test_a_pair_sees_its_credit_rule_by_rule_with_the_pdf_and_ends_by_the_mentee(two):
	group = make.make_active_group(profiles=two.profiles, format="One-on-One", credit_scheme="HRCI").name
	frappe.db.commit()
	mentee = two.visitors[1]
	base = f"/mentoring/groups/{group}"
	page = mentee.get(f"{base}/hours")
	assert page.status == 200
	assert len(page.soup.select("#mentoring-main tbody tr")) == 5
	assert page.soup.find("a", href=f"/api/method/mentor_ispe.api.goals.credit_record_pdf?group={group}")
	assert not mentee.get(f"{base}/more").soup.find("form", id="leave-form")
	ended = mentee.send(f"{base}/more", "end-form", kind="Goals Met", reason="We are done")
	assert "has ended" in ended.said
	done = mentee.send(base, "finish")
	assert "You're done" in done.said, done.said
	assert not done.soup.find("form", id="finish")

	certificate = mentee.get(f"{base}/hours").soup.select_one("#certificate-head ~ p a")["href"]
	file = mentee.get(certificate)
	assert file.status == 200
	assert file.text.startswith("%PDF-")
	mentor = two.visitors[0]
	assert not mentor.get(f"{base}/hours").soup.select("#certificate-head"), "the mentor's part goes on"
	assert mentor.get(certificate).status == 403


def test_who_accepted_sees_the_people_and_waits_for_the_start(two):
	cycle = make.make_cycle().name
	mentor = make.make_mentor(cycle, profile=two.profiles[0])
	mentee = make.make_mentee(cycle, profile=two.profiles[1])
	group = propose(cycle, [mentee.name], mentor.name).name
	frappe.db.commit()
	asked = two.visitors[1].get(f"/mentoring/groups/{group}")
	assert "/mentoring/match/" in asked.address
	for profile in two.profiles:
		commands.accept(group, profile)
	frappe.db.commit()
	page = two.visitors[1].get(f"/mentoring/groups/{group}")
	assert "hasn't started yet" in page.words
	assert "Gil Ltd" in page.words
	assert two.visitors[1].get(f"/mentoring/groups/{group}/meetings").status == 404
