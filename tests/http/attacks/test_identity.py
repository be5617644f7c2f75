"""Attacks on who somebody is: their login, their address, their membership. Each test is named after one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email import message_from_string
from functools import partial

import frappe
import pytest
from frappe.utils import add_days, add_to_date, now_datetime, nowdate

from mentor_ispe.roles import COORDINATOR, MEMBER
from tests import factories as make
from tests.http.client import COORDINATOR_API, MEMBER_API, Answer, Client, at_once
from tests.http.people import make_api_key, make_member, make_password, make_staff
from tests.http.rounds import look_again
from tests.http.visitor import Visitor

PROFILE, MOVE = "Mentoring Profile", "Mentoring Login Move"
BULK_UPDATE = "frappe.desk.doctype.bulk_update.bulk_update.submit_cancel_or_update_docs"


def identity(profile: str) -> tuple[str | None, str]:
	look_again()
	return frappe.db.get_value(PROFILE, profile, ["user", "email"])


@pytest.fixture(scope="module")
def attacker(site, base_url) -> tuple[str, Client]:
	"""A coordinator without a profile: (login, client)."""
	user = make_staff(COORDINATOR)
	return user, Client(base_url, make_api_key(user))


@pytest.fixture(scope="module")
def manager(site, base_url) -> tuple[str, Client]:
	"""A System Manager who is a coordinator as well: (login, client)."""
	user = make_staff(COORDINATOR, "System Manager")
	return user, Client(base_url, make_api_key(user))


# C3: a coordinator becomes a member

WAYS: dict[str, Callable[[Client, str, dict], Answer]] = {
	"rest_v1": lambda client, name, values: client.put(f"/api/resource/{PROFILE}/{name}", values),
	"rest_v2": lambda client, name, values: client.request(
		"PATCH", f"/api/v2/document/{PROFILE}/{name}", json=values
	),
	"set_value": lambda client, name, values: client.call(
		"frappe.client.set_value", doctype=PROFILE, name=name, fieldname=values
	),
	"save": lambda client, name, values: client.call(
		"frappe.client.save", doc=stored_doc(client, name) | values
	),
	"form": lambda client, name, values: client.call(
		"frappe.desk.form.save.savedocs", doc=json.dumps(stored_doc(client, name) | values), action="Save"
	),
	"bulk_update": lambda client, name, values: client.call(
		"frappe.client.bulk_update", docs=json.dumps([{"doctype": PROFILE, "docname": name, **values}])
	),
	"list_edit": lambda client, name, values: client.call(
		BULK_UPDATE, doctype=PROFILE, docnames=json.dumps([name]), action="update", data=json.dumps(values)
	),
}


def stored_doc(client: Client, name: str) -> dict:
	return client.get(f"/api/resource/{PROFILE}/{name}").body["data"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("change", ["user", "email_and_empty_user", "empty_user", "email"])
def test_c3_a_coordinator_becomes_a_member(attacker, way, change):
	profile, user = make_member()
	mine, client = attacker
	values = {
		"user": {"user": mine},
		"email_and_empty_user": {"email": mine, "user": None},
		"empty_user": {"user": ""},
		"email": {"email": f"other-{frappe.generate_hash(length=8)}@example.org"},
	}[change]
	answer = WAYS[way](client, profile, values)
	if way not in ("bulk_update", "list_edit"):  # which answer with a list of what failed
		assert answer.status == 417, answer.text[:500]
		assert "login" in answer.words or "your own" in answer.words
	assert identity(profile) == (user, user)
	assert not client.call(f"{MEMBER_API}.my_status").ok


def test_c3_a_coordinator_makes_a_profile_with_a_login(attacker):
	mine, client = attacker
	other = make.make_user().name
	frappe.db.commit()
	for user in (mine, other):
		values = {"full_name": "Somebody", "email": f"x-{frappe.generate_hash(length=8)}@example.org"}
		answer = client.post(f"/api/resource/{PROFILE}", {**values, "user": user})
		assert answer.status == 417, answer.text[:500]
	look_again()
	assert not frappe.db.exists(PROFILE, {"user": ("in", (mine, other))})


def test_c3_a_coordinator_gives_their_address_to_a_profile_that_waits(attacker, base_url):
	mine, client = attacker
	profile = make.make_profile().name
	frappe.db.commit()
	before = identity(profile)
	assert client.put(f"/api/resource/{PROFILE}/{profile}", {"email": mine}).status == 417
	Visitor(base_url, mine)  # signs in
	assert identity(profile) == before


def test_c3_a_coordinator_imports_themselves_into_a_profile(attacker):
	profile, user = make_member()
	mine, client = attacker
	answer = client.post("/api/resource/Data Import", {"reference_doctype": PROFILE, "import_type": "Update"})
	assert answer.status == 403
	values = [{"doctype": PROFILE, "name": profile, "user": mine}]
	assert not client.call("frappe.client.insert_many", docs=json.dumps(values)).ok
	assert identity(profile) == (user, user)


@pytest.mark.parametrize("merge", [0, 1])
def test_c3_a_coordinator_renames_a_profile_or_a_login(attacker, merge):
	profile, user = make_member()
	other, _user = make_member()
	mine, client = attacker
	rename = partial(client.call, "frappe.client.rename_doc", merge=merge)
	assert not rename(doctype=PROFILE, old_name=profile, new_name=other if merge else "taken").ok
	assert not rename(doctype="User", old_name=user, new_name=mine if merge else f"new-{mine}").ok
	assert identity(profile) == (user, user)


def test_c3_a_system_manager_links_a_profile_to_themselves(manager):
	profile, user = make_member()
	mine, client = manager
	for values in ({"user": mine}, {"user": None}, {"user": None, "email": mine}, {"email": mine}):
		assert client.put(f"/api/resource/{PROFILE}/{profile}", values).status == 417
	merged = client.call("frappe.client.rename_doc", doctype="User", old_name=user, new_name=mine, merge=True)
	assert not merged.ok
	assert identity(profile) == (user, user)


def test_c3_what_a_system_manager_changes_leaves_a_trace_and_is_told(manager):
	profile, user = make_member()
	other = make.make_user().name
	frappe.db.commit()
	mine, client = manager
	assert client.put(f"/api/resource/{PROFILE}/{profile}", {"user": other}).ok
	assert identity(profile) == (other, user)
	traces = frappe.get_all(
		"Comment", {"reference_doctype": PROFILE, "reference_name": profile}, pluck="content"
	)
	assert [text for text in traces if user in text and other in text and mine in text]
	versions = frappe.get_all("Version", {"docname": profile}, ["owner", "data"])
	assert [row for row in versions if row.owner == mine and user in row.data and other in row.data]
	assert client.put(f"/api/resource/{PROFILE}/{profile}", {"user": user, "email": other}).ok
	look_again()
	told = frappe.get_all("Mentoring Notice", {"template": "Mentoring: Address Changed"}, pluck="recipient")
	assert user in told
	assert other not in told


# C4: a coordinator who is party to a concern steps out of their own profile


def test_c4_a_coordinator_unlinks_themselves(manager, base_url, outgoing_mail):
	staff = make_staff(COORDINATOR)
	profile = make.make_profile(email=staff, user=staff).name
	frappe.db.commit()
	client = Client(base_url, make_api_key(staff))
	other = make.make_user().name
	frappe.db.commit()
	for values in ({"user": None}, {"user": other}, {"email": other}):
		assert client.put(f"/api/resource/{PROFILE}/{profile}", values).status == 417
	asked = client.call(f"{COORDINATOR_API}.move_login", profile=profile, address=other)
	assert asked.status == 417
	assert "System Manager" in asked.words
	assert not client.delete(f"/api/resource/User/{staff}").ok
	assert identity(profile) == (staff, staff)


def test_c4_a_system_manager_unlinks_themselves(base_url, site):
	staff = make_staff(COORDINATOR, "System Manager")
	profile = make.make_profile(email=staff, user=staff).name
	other = make.make_user().name
	frappe.db.commit()
	client = Client(base_url, make_api_key(staff))
	for values in ({"user": None}, {"user": other}, {"user": other, "email": other}):
		assert client.put(f"/api/resource/{PROFILE}/{profile}", values).status == 417
	assert identity(profile) == (staff, staff)


# C8: an outsider takes a member's address


@pytest.fixture
def outsider(site, base_url) -> tuple[str, Client]:
	"""Somebody with a login of the site and no membership."""
	user = make.make_user().name
	frappe.db.commit()
	return user, Client(base_url, make_api_key(user))


def test_c8_an_outsider_renames_their_login_to_a_members_address(outsider):
	user, client = outsider
	waiting = make.make_profile()
	frappe.db.commit()
	for merge in (0, 1):
		renamed = client.call(
			"frappe.client.rename_doc", doctype="User", old_name=user, new_name=waiting.email, merge=merge
		)
		assert not renamed.ok
	look_again()
	assert frappe.db.exists("User", user)
	assert not frappe.db.exists("User", waiting.email)


@pytest.mark.parametrize("field", ["email", "username", "name"])
def test_c8_an_outsider_writes_a_members_address_into_their_login(outsider, field):
	user, client = outsider
	waiting = make.make_profile()
	frappe.db.commit()
	client.put(f"/api/resource/User/{user}", {field: waiting.email})
	client = Client(client.base_url).log_in(user, make_password(user))  # saving a login makes its key void
	saved = client.call(f"{MEMBER_API}.save_profile", values={"full_name": "Me"})
	assert saved.ok, saved.text[:500]
	assert identity(waiting.name) == (None, waiting.email)
	own = frappe.db.get_value(PROFILE, {"user": user}, ["name", "email"])
	assert own != (waiting.name, waiting.email)
	assert own[1] == user
	status = client.call(f"{MEMBER_API}.my_status")
	assert status.ok, status.text[:2000]
	assert status.result["membership"]["state"] == "Never"


def test_c8_whoever_signs_up_with_a_members_address_has_no_session(guest, base_url):
	waiting = make.make_profile()
	frappe.db.commit()
	guest.call(
		"frappe.core.doctype.user.user.sign_up", email=waiting.email, full_name="Mallory", redirect_to=""
	)
	assert identity(waiting.name) == (None, waiting.email)
	for password in ("", "Mallory", waiting.email):
		answer = Client(base_url).call("login", usr=waiting.email, pwd=password)
		assert answer.status in (401, 417)
	assert identity(waiting.name) == (None, waiting.email)


def test_c8_its_owner_signs_in_and_has_the_profile(base_url, site):
	waiting = make.make_profile()
	make.make_user(email=waiting.email)
	frappe.db.commit()
	assert identity(waiting.name) == (None, waiting.email)
	Visitor(base_url, waiting.email)
	assert identity(waiting.name) == (waiting.email, waiting.email)


def test_nothing_tells_a_guest_whether_an_address_is_a_members(guest, site):
	member, _user = make_member()
	known = frappe.db.get_value(PROFILE, member, "email")
	for method, values in {
		f"{COORDINATOR_API}.move_login": {"profile": member},
		"mentor_ispe.api.my_data.move_login": {},
		"mentor_ispe.api.my_data.confirm_login_move": {"key": "x"},
	}.items():
		answers = [
			guest.call(method, address=address, **values)
			if "confirm" not in method
			else guest.call(method, key=address)
			for address in (known, f"nobody-{frappe.generate_hash(length=8)}@example.org")
		]
		assert len({(answer.status, answer.words) for answer in answers}) == 1


# The move of a login


@pytest.fixture
def moving(base_url, outgoing_mail):
	"""A member who asks for their login to move: (profile, old, new, {address: key})."""
	profile, old = make_member()
	new = f"moved-{frappe.generate_hash(length=8)}@example.org"
	return ask(base_url, profile, old, new)


def ask(base_url: str, profile: str, old: str, new: str) -> tuple[str, str, str, dict[str, str]]:
	visitor = Visitor(base_url, old)
	said = visitor.send("/mentoring/data", "my_data.move_login", address=new).said
	assert new in said
	assert "Open the link in both" in said
	return profile, old, new, mailed_keys(old, new)


def mailed_keys(*addresses: str) -> dict[str, str]:
	"""The key in the latest mail to each of these."""
	look_again()
	keys = {}
	for address in addresses:
		queues = frappe.get_all("Email Queue Recipient", {"recipient": address}, pluck="parent")
		for message in frappe.get_all(
			"Email Queue", {"name": ("in", queues)}, pluck="message", order_by="creation"
		):
			for part in message_from_string(message).walk():
				if part.get_content_type() == "text/plain":
					text = part.get_payload(decode=True).decode()
					if found := re.search(r"/mentoring/move\?key=(\w+)", text):
						keys[address] = found.group(1)
	return keys


def page_of(base_url: str, key: str, user: str | None = None):
	return Visitor(base_url, user).get(f"/mentoring/move?key={key}")


def press(base_url: str, key: str, button: str = "confirm", user: str | None = None):
	"""Open the link and press the button, as a guest or signed in."""
	visitor = Visitor(base_url, user)
	page = visitor.get(f"/mentoring/move?key={key}")
	values = {"key": key, "back": page.address, "form": "move"}
	if token := page.soup.find("input", attrs={"name": "csrf_token"}):
		values["csrf_token"] = token["value"]
	return visitor.post(f"my_data.{button}_login_move", **values)


def test_a_login_moves_when_both_addresses_have_confirmed(moving, base_url):
	profile, old, new, keys = moving
	assert "as soon as the other address" in press(base_url, keys[new]).words
	assert identity(profile) == (old, old)
	assert "sign in with the new address" in press(base_url, keys[old]).words
	assert identity(profile) == (new, new)
	assert frappe.db.exists("User", {"name": new, "enabled": 1})


def test_opening_a_link_moves_nothing(moving, base_url):
	profile, old, _new, keys = moving
	for key in keys.values():
		assert page_of(base_url, key).has_form("my_data.confirm_login_move")
	assert identity(profile) == (old, old)
	guest = Client(base_url)
	for key in keys.values():
		assert not guest.get("/api/method/mentor_ispe.api.my_data.confirm_login_move", key=key).ok
	assert identity(profile) == (old, old)


def test_a_link_works_once(moving, base_url):
	profile, old, new, keys = moving
	press(base_url, keys[new])
	press(base_url, keys[new])
	assert identity(profile) == (old, old)
	press(base_url, keys[old])
	press(base_url, keys[old])
	assert identity(profile) == (new, new)


def test_an_expired_link_moves_nothing(moving, base_url):
	profile, old, _new, keys = moving
	frappe.db.set_value(MOVE, {"profile": profile}, "expires_on", add_to_date(now_datetime(), minutes=-1))
	frappe.db.commit()
	for key in keys.values():
		assert "expired" in press(base_url, key).words
	assert identity(profile) == (old, old)


def test_a_forged_link_moves_nothing(moving, base_url):
	profile, old, _new, keys = moving
	hashed = frappe.db.get_value(MOVE, {"profile": profile}, ["old_key", "new_key"])
	for key in (*hashed, "", "' or 1=1 --", "\x00", "ü", keys[old][:-1]):
		assert "isn't valid" in press(base_url, key).words
	assert page_of(base_url, "x").soup.select_one("#mentoring-main a[href='/mentoring/data#login']")
	assert identity(profile) == (old, old)


def test_somebody_else_who_is_signed_in_confirms_nothing(moving, base_url):
	profile, old, _new, keys = moving
	other = make.make_user().name
	frappe.db.commit()
	for key in keys.values():
		assert "Sign out" in press(base_url, key, user=other).said
	assert identity(profile) == (old, old)


def test_a_coordinator_who_asks_reads_no_key(attacker, base_url, outgoing_mail):
	profile, old = make_member()
	new = f"moved-{frappe.generate_hash(length=8)}@example.org"
	mine, client = attacker
	assert not client.call(f"{COORDINATOR_API}.move_login", profile=profile, address=mine).ok
	assert client.call(f"{COORDINATOR_API}.move_login", profile=profile, address=new).ok
	keys = mailed_keys(old, new)
	read = [
		client.get(f"/api/resource/{doctype}", fields='["*"]', limit_page_length=0)
		for doctype in (MOVE, "Mentoring Notice", "Email Queue", "Communication", "Error Log")
	]
	hashes = frappe.db.get_value(MOVE, {"profile": profile}, ["old_key", "new_key"])
	for secret in (*keys.values(), *hashes):
		assert not [answer for answer in read if secret in answer.text]
	move = frappe.db.get_value(MOVE, {"profile": profile})
	now = str(now_datetime())
	for values in ({"old_confirmed_on": now}, {"status": "Moved"}, {"old_key": "x"}):
		assert client.put(f"/api/resource/{MOVE}/{move}", values).status == 403
	assert identity(profile) == (old, old)


def test_either_address_refuses_the_move(moving, base_url):
	profile, old, new, keys = moving
	assert "You declined the move" in press(base_url, keys[old], "refuse").words
	assert "Nothing has changed" in press(base_url, keys[new]).words
	assert identity(profile) == (old, old)


def test_two_confirmations_at_once_move_the_login(base_url, outgoing_mail):
	for _round in range(3):
		profile, old = make_member()
		new = f"moved-{frappe.generate_hash(length=8)}@example.org"
		_profile, _old, _new, keys = ask(base_url, profile, old, new)
		at_once([partial(_confirm, base_url, key) for key in keys.values()])
		assert identity(profile) == (new, new)


def test_one_address_that_confirms_many_times_at_once_moves_nothing(moving, base_url):
	profile, old, new, keys = moving
	at_once([partial(_confirm, base_url, keys[new])] * 10)
	assert identity(profile) == (old, old)
	look_again()
	assert frappe.db.get_value(MOVE, {"profile": profile}, "status") == "Waiting"


def _confirm(base_url: str, key: str) -> Answer:
	return Client(base_url).request(
		"POST", "/api/method/mentor_ispe.api.my_data.confirm_login_move", data={"key": key}
	)


def test_the_membership_moves_with_the_person(moving, base_url):
	profile, old, new, keys = moving
	for key in keys.values():
		press(base_url, key)
	status = Client(base_url, make_api_key(new)).call(f"{MEMBER_API}.my_status")
	assert status.result["profile"] == profile
	assert status.result["membership"]["state"] == "Active"
	# The old login is somebody without a profile, and nobody else's address.
	old_client = Client(base_url, make_api_key(old))
	assert not old_client.call(f"{MEMBER_API}.my_status").ok
	assert not old_client.call(f"{MEMBER_API}.save_profile", values={"full_name": "Again"}).ok


# M9: a membership that lapsed and that the nightly sweep hasn't seen


@pytest.fixture
def lapsed(site, base_url):
	"""Somebody who takes part in a cycle in every way, and whose membership ended a year ago."""
	user = make.make_user(roles=[MEMBER]).name
	profile = make.make_profile(email=user, user=user).name
	program = make.make_program(mentees_rank=1, mentors_rank=1, mentees_ask=1, max_seats=5).name
	cycle = make.make_cycle(program).name
	make.make_mentee(cycle, profile=profile)
	other = make.make_cycle(make.make_program(max_seats=5).name).name
	mentor = make.make_mentor(cycle).name
	seats = make.make_mentor(other, profile=profile, seats_offered=1).name
	workshop = frappe.get_doc(
		{
			"doctype": "Mentoring Workshop",
			"title": make.unique("Workshop"),
			"program": program,
			"audience": "Everyone",
			"starts_on": add_to_date(now_datetime(), days=5),
			"duration_minutes": 60,
			"mode": "Online",
		}
	).insert()
	third = make.make_cycle(make.make_program().name).name
	frappe.db.set_value(
		"Membership Roll Entry",
		{"email": user},
		{"from_date": add_days(nowdate(), -900), "to_date": add_days(nowdate(), -400)},
	)
	frappe.db.commit()
	return Client(base_url, make_api_key(user)), {
		"mentor_cards": (f"{MEMBER_API}.mentor_cards", {"cycle": cycle}),
		"rank": (f"{MEMBER_API}.rank", {"cycle": cycle, "role": "Mentee", "names": [mentor]}),
		"ask_mentor": (f"{MEMBER_API}.ask_mentor", {"mentor": mentor}),
		"apply": (f"{MEMBER_API}.apply", {"cycle": third, "role": "Mentee"}),
		"workshop": ("mentor_ispe.api.library.sign_up", {"workshop": workshop.name}),
		"seats": ("mentor_ispe.api.my_data.set_seats", {"mentor": seats, "seats_now": "3"}),
	}


@pytest.mark.parametrize("step", ["mentor_cards", "rank", "ask_mentor", "apply", "workshop"])
def test_m9_a_lapsed_member_commits_before_the_sweep(lapsed, step):
	client, steps = lapsed
	method, values = steps[step]
	answer = client.call(method, **values)
	assert answer.status == 417, answer.text[:500]
	assert "lapsed" in answer.words


def test_m9_a_lapsed_mentor_offers_more_seats(lapsed):
	client, steps = lapsed
	method, values = steps["seats"]
	client.call(method, **values)
	look_again()
	assert frappe.db.get_value("Mentor", values["mentor"], "seats_offered") == 1


# M10: records under another's rules


def test_m10_a_coordinator_merges_two_programs(attacker):
	_user, client = attacker
	pair, circle = make.make_program().name, make.make_program(format="Peer Circle").name
	cycle = make.make_cycle(pair).name
	frappe.db.commit()
	answer = client.call(
		"frappe.client.rename_doc", doctype="Mentoring Program", old_name=pair, new_name=circle, merge=True
	)
	assert answer.status == 417
	assert "can't be merged" in answer.words
	look_again()
	assert frappe.db.get_value("Mentoring Cycle", cycle, "program") == pair


@pytest.mark.parametrize("merge", [0, 1])
def test_m10_a_coordinator_renames_or_merges_anything_else(attacker, merge):
	_user, client = attacker
	allowed = {"Mentoring Program", "Mentoring Topic", "Mentoring Industry"}
	for doctype in frappe.get_all(
		"DocType", {"module": "Mentor ISPE", "istable": 0, "issingle": 0}, pluck="name"
	):
		names = frappe.get_all(doctype, pluck="name", limit=2)
		if doctype in allowed or len(names) < 2:
			assert doctype in allowed or not frappe.get_meta(doctype).allow_rename
			continue
		answer = client.call(
			"frappe.client.rename_doc",
			doctype=doctype,
			old_name=names[0],
			new_name=names[1] if merge else f"new-{names[0]}",
			merge=merge,
		)
		assert answer.status in (403, 417), doctype
	look_again()


def test_m10_topics_are_merged(attacker):
	_user, client = attacker
	old, new = (
		frappe.get_doc({"doctype": "Mentoring Topic", "topic": make.unique("Topic")}).insert().name
		for _ in range(2)
	)
	frappe.db.commit()
	assert client.call(
		"frappe.client.rename_doc", doctype="Mentoring Topic", old_name=old, new_name=new, merge=True
	).ok
	look_again()
	assert not frappe.db.exists("Mentoring Topic", old)
