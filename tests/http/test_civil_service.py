"""A civil service's lists of mentors and mentees, from the files to active pairs, over HTTP.

The lists are data of others and lie beside the checkout (../shared, or MENTOR_SHARED); without them this
test is skipped. It may run again and again on one site: people and memberships are found and brought up to
date, the program and the cycle are new each time.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
import requests

CHECKOUT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("MENTOR_SHARED") or CHECKOUT.parent / "shared")
LISTS = SHARED / "data" / "civil_service_small"
MAPPING = CHECKOUT / "examples" / "civil_service" / "mapping.toml"
TRAITS = ("Gay", "Lesbian", "Transgender", "Non-binary", "Bisexual", "Asexual")

# The service's grades, most junior first.
GRADES = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]
MENTOR, MENTEE = "Mentor", "Mentee"
WORKERS = 8
T, R = TypeVar("T"), TypeVar("R")

SETTINGS = "resource/Mentoring Settings/Mentoring Settings"
SITES = Path(os.environ.get("MENTOR_BENCH", ""), "sites")
PYTHON = Path(os.environ.get("MENTOR_BENCH", ""), "env", "bin", "python")
# What Frappe's own endpoint does for one user after the other, each with a save.
MAKE_KEYS = """
import json, sys, frappe
from frappe.utils.password import set_encrypted_password
from mentor_ispe.services.members.logins import link_waiting
site, *users = sys.argv[1:]
frappe.init(site=site, sites_path=".")
frappe.connect()
keys = {}
for user in users:
	key = frappe.db.get_value("User", user, "api_key") or frappe.generate_hash(length=15)
	secret = frappe.generate_hash(length=15)
	frappe.db.set_value("User", user, "api_key", key)
	set_encrypted_password("User", user, secret, "api_secret")
	keys[user] = f"{key}:{secret}"
	link_waiting(user)  # as when they sign in for the first time
frappe.db.commit()
print(json.dumps(keys))
"""

pytestmark = [
	pytest.mark.skipif(not os.environ.get("MENTOR_BASE_URL"), reason="no served site (MENTOR_BASE_URL)"),
	pytest.mark.skipif(not LISTS.is_dir(), reason=f"the lists of the civil service are not at {LISTS}"),
]


@dataclass
class Client:
	"""A REST client of one user, by API key."""

	key: str
	session: requests.Session = field(default_factory=requests.Session)

	def __post_init__(self) -> None:
		self.session.headers["Authorization"] = f"token {self.key}"
		self.session.trust_env = False  # the site is on this machine, whatever proxy there is
		self.base = os.environ["MENTOR_BASE_URL"].rstrip("/")

	def send(self, method: str, path: str, **body: Any) -> requests.Response:
		return self.session.request(method, f"{self.base}/api/{path}", json=body or None, timeout=120)

	def call(self, method: str, **body: Any) -> Any:
		"""Call one of our endpoints, which has to work."""
		return done(self.send("POST", f"method/{method}", **body))["message"]

	def refused(self, method: str, **body: Any) -> str:
		"""Call one of our endpoints, which has to refuse; return its words."""
		response = self.send("POST", f"method/{method}", **body)
		assert response.status_code == 417, response.text
		return words(response)

	def insert(self, doctype: str, **values: Any) -> str:
		return done(self.send("POST", f"resource/{doctype}", **values))["data"]["name"]

	def rows(self, doctype: str, fields: Iterable[str], **filters: Any) -> list[dict[str, Any]]:
		response = self.session.get(
			f"{self.base}/api/resource/{doctype}",
			params={
				"fields": json.dumps(list(fields)),
				"filters": json.dumps(filters),
				"limit_page_length": 0,
			},
			timeout=120,
		)
		return done(response)["data"]


@dataclass
class Person:
	"""Somebody on one of the lists; seniority and seats are what the coordinator goes by."""

	email: str
	grade: int
	organisation: str
	sides: tuple[str, ...]
	number: int
	client: Client | None = None
	profile: str = ""
	applications: dict[str, str] = field(default_factory=dict)

	@property
	def lapsed(self) -> bool:
		return self.number % 10 == 7

	@property
	def seats(self) -> int:
		return 1 + self.number % 3


def done(response: requests.Response) -> dict[str, Any]:
	assert response.ok, f"{response.status_code} {response.url}\n{words(response)}\n{response.text[-1500:]}"
	return response.json()


def words(response: requests.Response) -> str:
	"""What the server said to the user."""
	messages = json.loads(response.json().get("_server_messages") or "[]")
	return " ".join(str(json.loads(message)["message"]) for message in messages)


def together(act: Callable[[T], R], things: Iterable[T]) -> list[R]:
	"""Do something for many at the same time, as many people would."""
	with ThreadPoolExecutor(WORKERS) as pool:
		return list(pool.map(act, things))


def bench(*args: str) -> str:
	"""Run a bench command on the test site and return what it printed."""
	finished = subprocess.run(
		[
			str(PYTHON),
			"-m",
			"frappe.utils.bench_helper",
			"frappe",
			"--site",
			os.environ["MENTOR_TEST_SITE"],
			*args,
		],
		cwd=SITES,
		capture_output=True,
		text=True,
		check=False,
	)
	assert finished.returncode == 0, finished.stdout + finished.stderr
	return finished.stdout


def import_list(name: str, side: str, *options: str) -> str:
	return bench(
		"mentoring-import-people",
		str(LISTS / name),
		"--mapping",
		str(MAPPING),
		"--as",
		side,
		"--logins",
		*options,
	)


def read_list(name: str, side: str) -> list[Person]:
	with (LISTS / name).open(encoding="utf-8-sig", newline="") as file:
		return [
			Person(
				email=row["email address"],
				grade=GRADES.index(row["grade"]),
				organisation=row["organisation"],
				sides=(MENTOR, MENTEE) if row["both mentor and mentee"] == "yes" else (side,),
				number=number,
			)
			for number, row in enumerate(csv.DictReader(file))
		]


def make_clients(users: Iterable[str]) -> dict[str, Client]:
	"""Give each of these users an API key, all in one go on the site itself."""
	finished = subprocess.run(
		[str(PYTHON), "-c", MAKE_KEYS, os.environ["MENTOR_TEST_SITE"], *users],
		cwd=SITES,
		capture_output=True,
		text=True,
		check=False,
	)
	assert finished.returncode == 0, finished.stderr
	return {user: Client(key) for user, key in json.loads(finished.stdout.splitlines()[-1]).items()}


@pytest.fixture
def admin() -> Iterable[Client]:
	"""Administrator, on a site that asks Non Profit for memberships; the setting is put back."""
	if "non_profit" not in bench("list-apps"):
		pytest.skip("Non Profit is not installed on the test site")
	client = make_clients(["Administrator"])["Administrator"]
	settings = done(client.send("GET", SETTINGS))["data"]
	done(client.send("PUT", SETTINGS, membership_source="Non Profit"))
	yield client
	done(client.send("PUT", SETTINGS, membership_source=settings["membership_source"]))


def make_coordinator(admin: Client) -> str:
	email = "coordinator.of.civil.service@example.org"
	if not admin.rows("User", ["name"], name=email):
		roles = [{"role": "Mentoring Coordinator"}]
		admin.insert("User", email=email, first_name="Coordinator", send_welcome_email=0, roles=roles)
	return email


def make_memberships(admin: Client, people: list[Person]) -> None:
	"""Give everybody a Member; a paid Membership from today, or one that ended long ago."""
	kind = "Civil Service"
	if not admin.rows("Membership Type", ["name"], name=kind):
		admin.insert("Membership Type", membership_type=kind, amount=10)
	company = admin.rows("Company", ["name"])[0]["name"]
	members = {row["email_id"]: row["name"] for row in admin.rows("Member", ["name", "email_id"])}
	memberships = admin.rows("Membership", ["name", "member", "to_date", "membership_status"])
	today = date.today()
	usable = {
		row["member"]
		for row in memberships
		if row["membership_status"] != "Cancelled"
		and row["to_date"] > (today + timedelta(days=2)).isoformat()
	}

	def make(person: Person) -> None:
		member = members.get(person.email) or admin.insert(
			"Member", member_name=person.email, email_id=person.email, membership_type=kind
		)
		if member in usable or (person.lapsed and member in {row["member"] for row in memberships}):
			return
		admin.insert(
			"Membership",
			member=member,
			membership_type=kind,
			membership_status="Current",  # what the column says doesn't count, the dates do
			from_date=(today - timedelta(days=800 if person.lapsed else 1)).isoformat(),
			to_date=today.isoformat(),  # Non Profit counts it anew from its billing cycle
			paid=1,
			company=company,
		)

	# One after the other: Non Profit numbers its members by a series, which new sites fight over.
	for person in people:
		make(person)


def make_cycle(coordinator: Client) -> str:
	run = uuid.uuid4().hex[:8]
	program = coordinator.insert(
		"Mentoring Program",
		program_name=f"Civil Service {run}",
		format="One-on-One",
		status="Published",
		length_months=12,
		minimum_hours_per_month=1,
		default_seats=1,
		max_seats=3,
		may_be_both=1,
		employers_apart=1,
		criteria=[
			{"criterion": "Career Stage", "weight": 60, "is_hard": 1},
			{"criterion": "Country", "weight": 40},
		],
	)
	today = date.today()
	return coordinator.insert(
		"Mentoring Cycle",
		cycle_name=f"Civil Service {run}",
		program=program,
		status="Open",
		application_from=(today - timedelta(days=5)).isoformat(),
		application_until=(today + timedelta(days=5)).isoformat(),
		start_date=(today + timedelta(days=6)).isoformat(),
		end_date=(today + timedelta(days=371)).isoformat(),
	)


def apply_everybody(people: list[Person], cycle: str) -> None:
	"""Let everybody apply on their sides with their own key; the lapsed are told why they can't."""

	def apply(person: Person) -> None:
		for side in person.sides:
			values = {"seats_offered": person.seats} if side == MENTOR else {"goals": "Move up a grade"}
			request = {"cycle": cycle, "role": side, "values": values}
			if person.lapsed:
				assert "lapsed" in person.client.refused("mentor_ispe.api.member.apply", **request)
			else:
				person.applications[side] = person.client.call("mentor_ispe.api.member.apply", **request)[
					"name"
				]

	together(apply, people)


def find_pairs(people: list[Person], seats: Counter, met: set[tuple[str, str]], matched: set[str]):
	"""The coordinator's choice: the least senior mentor who is senior to the mentee, of another organisation."""
	mentors = sorted((one for one in people if MENTOR in one.applications), key=lambda one: one.grade)
	pairs = []
	mentees = [one for one in people if MENTEE in one.applications and one.email not in matched]
	for mentee in sorted(mentees, key=lambda one: -one.grade):
		for mentor in mentors:
			fits = mentor.grade > mentee.grade and mentor.organisation != mentee.organisation
			if fits and seats[mentor.email] < mentor.seats and (mentor.email, mentee.email) not in met:
				seats[mentor.email] += 1
				pairs.append((mentor, mentee))
				break
	return pairs


def propose(coordinator: Client, cycle: str, mentor: Person, mentee: Person) -> str:
	name = mentee.applications[MENTEE]
	return coordinator.call(
		"mentor_ispe.api.coordinator.propose",
		cycle=cycle,
		mentor=mentor.applications[MENTOR],
		mentees=[name],
		reasons={name: f"{mentor.grade - mentee.grade} grades apart, in different departments"},
	)["name"]


def answer(pair: tuple[str, Person, Person]) -> bool:
	"""Both answer with their own key; every tenth mentee and every twelfth mentor says no."""
	group, mentor, mentee = pair
	for person, no in ((mentee, mentee.number % 10 == 3), (mentor, mentor.number % 12 == 5)):
		if no:
			person.client.call(
				"mentor_ispe.api.member.decline", group=group, reason="We know each other too well"
			)
			return False
		person.client.call("mentor_ispe.api.member.accept", group=group)
	return True


def test_imported_people_become_active_pairs_and_the_lapsed_stay_out(admin):
	for name, side in (("mentors.csv", "mentor"), ("mentees.csv", "mentee")):
		import_list(name, side)
	again = import_list("mentees.csv", "mentee")
	assert "0 created, 0 updated, 50 unchanged; 0 logins created" in again
	people = [*read_list("mentors.csv", MENTOR), *read_list("mentees.csv", MENTEE)]
	profiles = {
		row["email"]: row
		for row in admin.rows(
			"Mentoring Profile", ["name", "email", "user", "career_stage", "biography", "country"]
		)
	}
	for person in people:
		assert not profiles[person.email]["user"], "nobody has signed in yet"
		assert profiles[person.email]["country"] == "United Kingdom"
		person.profile = profiles[person.email]["name"]
	assert not [row for row in profiles.values() if any(trait in str(row) for trait in TRAITS)]

	make_memberships(admin, people)
	login = make_coordinator(admin)
	clients = make_clients([login, *(person.email for person in people)])
	coordinator = clients[login]
	for person in people:
		person.client = clients[person.email]
	cycle = make_cycle(coordinator)

	apply_everybody(people, cycle)
	lapsed = next(person for person in people if person.lapsed)
	assert "lapsed" in coordinator.refused(
		"mentor_ispe.api.coordinator.apply_for", profile=lapsed.profile, cycle=cycle, role=lapsed.sides[0]
	)
	for side in (MENTOR, MENTEE):
		names = [person.applications[side] for person in people if side in person.applications]
		answered = coordinator.call(
			"mentor_ispe.api.coordinator.approve", doctype=side, names=names, note="Welcome"
		)
		assert (len(answered["done"]), answered["refused"]) == (len(names), [])
	coordinator.call("mentor_ispe.api.coordinator.set_cycle_status", cycle=cycle, status="Matching")

	seats, met, matched, active, declined = Counter(), set(), set(), [], []
	for attempt in range(2):
		pairs = find_pairs(people, seats, met, matched)
		groups = together(lambda pair: propose(coordinator, cycle, *pair), pairs)
		if attempt == 0:
			check_full_mentor(coordinator, cycle, people, seats, pairs)
		proposed = [(group, *pair) for group, pair in zip(groups, pairs, strict=True)]
		for (group, mentor, mentee), accepted in zip(proposed, together(answer, proposed), strict=True):
			met.add((mentor.email, mentee.email))
			if accepted:
				matched.add(mentee.email)
				active.append(group)
			else:
				seats[mentor.email] -= 1
				declined.append((mentor, mentee))
	together(lambda group: coordinator.call("mentor_ispe.api.coordinator.activate", group=group), active)
	coordinator.call("mentor_ispe.api.coordinator.set_cycle_status", cycle=cycle, status="Running")

	mentor, mentee = next(pair for pair in declined if pair[1].email not in matched)
	assert "declined" in coordinator.refused(
		"mentor_ispe.api.coordinator.propose",
		cycle=cycle,
		mentor=mentor.applications[MENTOR],
		mentees=[mentee.applications[MENTEE]],
	)
	check_outcome(admin, cycle, people, seats, active, len(declined))
	print(f"{len(people)} people, {len(active)} active pairs, {len(declined)} declined")


def check_full_mentor(
	coordinator: Client, cycle: str, people: list[Person], seats: Counter, pairs: list[tuple[Person, Person]]
) -> None:
	"""A mentor whose seats are taken can't be proposed to one more."""
	seated = {mentee.email for _mentor, mentee in pairs}
	waiting = [one for one in people if MENTEE in one.applications and one.email not in seated]
	full = next(
		(mentor, mentee)
		for mentor in people
		if MENTOR in mentor.applications and seats[mentor.email] == mentor.seats
		for mentee in waiting
		if mentee.organisation != mentor.organisation
	)
	mentor, mentee = full
	assert "places" in coordinator.refused(
		"mentor_ispe.api.coordinator.propose",
		cycle=cycle,
		mentor=mentor.applications[MENTOR],
		mentees=[mentee.applications[MENTEE]],
	)


def check_outcome(
	admin: Client, cycle: str, people: list[Person], seats: Counter, active: list[str], declined: int
) -> None:
	"""What the records say in the end is what was done, and no rule was broken on the way."""
	mentors = {
		row["profile"]: row
		for row in admin.rows(MENTOR, ["profile", "seats_offered", "seats_taken"], cycle=cycle)
	}
	mentees = admin.rows(MENTEE, ["profile", "status", "mentoring_group"], cycle=cycle)
	groups = admin.rows("Mentoring Group", ["name", "status", "mentor"], cycle=cycle)
	entitled = {
		side: {one.profile for one in people if side in one.sides and not one.lapsed}
		for side in (MENTOR, MENTEE)
	}
	assert set(mentors) == entitled[MENTOR]
	assert {row["profile"] for row in mentees} == entitled[MENTEE]
	assert all(row["seats_taken"] <= row["seats_offered"] for row in mentors.values())
	taken = {person.profile: seats[person.email] for person in people if MENTOR in person.applications}
	assert {profile: row["seats_taken"] for profile, row in mentors.items()} == taken
	assert Counter(group["status"] for group in groups) == {"Active": len(active), "Cancelled": declined}
	seated = [row["mentoring_group"] for row in mentees if row["status"] == "Active"]
	assert sorted(seated) == sorted(active)
	assert len(active) > 30
	assert declined > 3
