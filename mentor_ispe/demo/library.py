"""The demo's library, speakers and workshops, and what its groups asked of the committee."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import now_datetime

from mentor_ispe.demo import clock
from mentor_ispe.demo.manifest import made, make
from mentor_ispe.membership import commitment
from mentor_ispe.program_templates import read_toml
from mentor_ispe.readings.seats import profiles_in
from mentor_ispe.services import concerns
from mentor_ispe.services.library import speakers
from mentor_ispe.services.readiness import workshops

RESOURCE, SPEAKER, WORKSHOP = "Mentoring Resource", "Guest Speaker", "Mentoring Workshop"
REQUEST, CONCERN, GROUP = "Guest Speaker Request", "Mentoring Concern", "Mentoring Group"


def make_library(today: date) -> None:
	"""Make what is missing of it; groups and cycles that the demo hasn't got are passed by."""
	plans = read_toml(Path(__file__).with_name("library.toml"))
	for values in plans["resources"]:
		_make_once(RESOURCE, "title", {"published": 1, **values}, "topics")
	for values in plans["speakers"]:
		_make_once(SPEAKER, "full_name", values, "expertise")
	for plan in plans["workshops"]:
		_play_workshop(plan, today)
	for plan in plans["requests"]:
		_play_request(plan, today)
	for plan in plans["concerns"]:
		_play_concern(plan, today)


def _make_once(doctype: str, titled_by: str, values: dict[str, Any], topics: str) -> str:
	name = frappe.db.get_value(doctype, {titled_by: values[titled_by]})
	if made(doctype, name):
		return name
	rows = [{"topic": topic} for topic in values.get(topics, ())]
	return make({"doctype": doctype, **values, topics: rows}).name


def _play_workshop(plan: dict[str, Any], today: date) -> None:
	program = frappe.db.get_value("Mentoring Cycle", plan["cycle"], "program")
	name = frappe.db.get_value(WORKSHOP, {"title": plan["title"]})
	if not program or made(WORKSHOP, name):
		return
	starts_on = datetime.combine(today + timedelta(days=plan["day"]), time(16))
	announced = plan.get("announced", 0)
	with _on(today, announced):
		doc = make(
			{
				"doctype": WORKSHOP,
				"title": plan["title"],
				"program": program,
				"cycle": plan["cycle"],
				"audience": plan["audience"],
				"is_training": plan.get("is_training", True),
				"starts_on": starts_on,
				"duration_minutes": 90,
				"link": "https://meet.example.org/workshop",
				"places": plan.get("places", 0),
				"description": plan["description"],
			}
		)
		if "announced" in plan:
			workshops.announce(doc.name)
			for profile in _willing(doc)[:6]:
				workshops.sign_up(doc.name, profile)
	if plan["day"] < 0:
		there = [row.profile for row in frappe.get_doc(WORKSHOP, doc.name).participants]
		with _on(today, plan["day"] + 1):
			workshops.attendance(doc.name, there[plan.get("missed", 0) :])


def _willing(doc) -> list[str]:
	"""Those who were told of the workshop and whose membership lets them sign up that day."""
	told = frappe.get_all(
		"Mentoring Notice",
		{"reference_doctype": WORKSHOP, "reference_name": doc.name, "profile": ("is", "set")},
		pluck="profile",
		order_by="profile",
	)
	refusals = commitment.refusals(told, doc.program)
	return [profile for profile in told if not refusals[profile]]


def _play_request(plan: dict[str, Any], today: date) -> None:
	group = _group(plan["group"])
	if not group or frappe.db.exists(REQUEST, {"mentoring_group": group}):
		return
	with _on(today, plan["day"]):
		name = speakers.request(group, _in_charge(group), plan["topic"], plan["message"]).name
	if "declined" in plan:
		with _on(today, plan["answered"]):
			speakers.decline(name, plan["declined"])
	elif "arranged" in plan:
		speaker = frappe.db.get_value(SPEAKER, {"full_name": plan["speaker"]})
		with _on(today, plan["arranged"]):
			speakers.arrange(
				name,
				datetime.combine(today + timedelta(days=plan["session"]), time(17)),
				speaker,
				mode="Online",
				link="https://meet.example.org/mentoring",
			)


def _play_concern(plan: dict[str, Any], today: date) -> None:
	group = _group(plan["group"])
	if not group or frappe.db.exists(CONCERN, {"mentoring_group": group}):
		return
	with _on(today, plan["day"]):
		raiser = profiles_in(group, ("Active",))[-1]
		name = concerns.raise_concern(group, raiser, plan["kind"], plan["words"]).name
	if "mediation" in plan:
		with _on(today, plan["mediation"]):
			concerns.take_step(name, "In Mediation", plan["note"], plan["answer"], "coordinator@example.org")


def _group(title: str) -> str | None:
	"""The demo's running group of this name, if it has one."""
	found = frappe.get_all(GROUP, {"title": title, "status": "Active"}, ["name", "cycle"])
	return next((row.name for row in found if made("Mentoring Cycle", row.cycle)), None)


def _in_charge(group: str) -> str:
	moderator = frappe.db.get_value(
		"Mentoring Group Member", {"parent": group, "is_moderator": 1, "status": "Active"}, "profile"
	)
	return moderator or profiles_in(group, ("Active",))[0]


def _on(today: date, day: int):
	return clock.at(min(datetime.combine(today + timedelta(days=day), time(11)), now_datetime()))
