"""The conversation of a group at the members' pages, without scripts; and two who write at the same moment."""

from __future__ import annotations

import io
from types import SimpleNamespace

import frappe
import pytest
from PIL import Image

from mentor_ispe.services.conversation import reading, writing
from mentor_ispe.services.groups.commands import propose
from tests import factories as make
from tests.http.client import at_once
from tests.http.people import make_member
from tests.http.rounds import look_again
from tests.http.visitor import Visitor

API = "mentor_ispe.api.messages"


@pytest.fixture(scope="module")
def pair(site, base_url, signed_in) -> SimpleNamespace:
	"""Mara mentors Tom."""
	people = {name: make_member(full_name=f"{name} Test") for name in ("Mara", "Tom")}
	group = make.make_active_group(
		format="One-on-One", profiles=[profile for profile, _user in people.values()]
	)
	frappe.db.commit()
	return SimpleNamespace(
		name=group.name,
		page=f"/mentoring/groups/{group.name}/messages",
		mara=Visitor(base_url, people["Mara"][1]),
		tom=Visitor(base_url, people["Tom"][1]),
		clients=[signed_in(user) for _profile, user in people.values()],
		mentor=group.mentor,
	)


def items(page) -> list[str]:
	return [" ".join(item.get_text(" ").split()) for item in page.soup.select(".mentoring-message")]


def test_two_people_write_read_and_delete(pair):
	assert "Say hello to Tom Test." in pair.mara.get(pair.page).words
	assert "Say hello to Tom Test" in pair.mara.get(f"/mentoring/groups/{pair.name}").words
	page = pair.mara.send(pair.page, "message", text="Hello Tom\nhow are you? https://example.org/a.")
	assert page.address.endswith("#newest")
	assert "how are you?" in items(page)[-1]
	assert "Mara Test wrote to you" in pair.tom.get("/mentoring").words
	theirs = pair.tom.get(pair.page)
	assert theirs.soup.select_one(".mentoring-text a")["href"] == "https://example.org/a"
	assert not theirs.has_form("messages.delete")
	assert "wrote to you" not in pair.tom.get("/mentoring").words
	assert "Read by Tom Test" in items(pair.mara.get(pair.page))[-1]
	deleted = pair.mara.send(pair.page, "messages.delete", number=-1)
	assert "has been deleted" in deleted.said
	assert "This message was deleted." in items(pair.tom.get(pair.page))[-1]
	assert "how are you" not in pair.tom.get(pair.page).text


def test_what_is_refused_keeps_what_was_typed(pair):
	page = pair.mara.send(pair.page, "message", text="x" * 5_001)
	assert page.refused
	assert "5000" in page.said.replace(",", "")
	assert page.form("message").find("textarea").get_text().strip() == "x" * 5_001
	assert pair.mara.send(pair.page, "message", text="  ").refused


def test_read_marks_are_switched_off(pair):
	pair.tom.send(pair.page, "read-marks", show=None)
	pair.mara.send(pair.page, "message", text="Did you read this?")
	pair.tom.get(pair.page)
	assert "Read by" not in items(pair.mara.get(pair.page))[-1]
	pair.tom.send(pair.page, "read-marks", show="1")
	assert "Read by Tom Test" in items(pair.mara.get(pair.page))[-1]


def test_a_picture_is_shown(pair):
	out = io.BytesIO()
	Image.new("RGB", (30, 20), "navy").save(out, "PNG")
	form = pair.mara.get(pair.page).form("message")
	values = {
		name: form.find("input", attrs={"name": name})["value"]
		for name in ("csrf_token", "group", "token", "back")
	}
	sent = pair.mara.session.post(
		f"{pair.mara.base_url}{form['action']}",
		data={**values, "form": "message", "text": ""},
		files={"file": ("office.png", out.getvalue())},
		headers={"Origin": pair.mara.base_url},
		timeout=60,
	)
	assert sent.status_code == 200
	image = pair.tom.get(pair.page).soup.select(".mentoring-picture")[-1]
	assert image["alt"] == "Picture: office.jpg"
	answer = pair.tom.session.get(f"{pair.tom.base_url}{image['src']}", timeout=60)
	assert answer.headers["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize("quote", [None, "1"])
def test_a_concern_is_raised_from_a_message_with_its_words_or_without(pair, quote):
	words = f"You are useless {make.unique('said')}"
	pair.mara.send(pair.page, "message", text="Before that, something else")
	pair.mara.send(pair.page, "message", text=words)
	link = pair.tom.get(pair.page).soup.select(".mentoring-message a[href*='concern']")[-1]
	page = pair.tom.get(link["href"])
	assert words in page.words
	answer = pair.tom.send(page, "concern-form", words="This hurt me", quote=quote)
	assert not answer.refused
	look_again()
	concern = frappe.get_last_doc("Mentoring Concern", {"mentoring_group": pair.name})
	assert "This hurt me" in concern.concern
	assert (words in concern.concern) == bool(quote)
	assert "something else" not in concern.concern


def test_people_who_write_at_the_same_moment_lose_nothing_and_read_one_order(pair):
	count = 12
	answers = at_once(
		[
			lambda number=number: pair.clients[number % 2].call(
				f"{API}.send", group=pair.name, text=f"At once {number}", token=f"at once {number // 2}"
			)
			for number in range(count)
		]
	)
	assert [answer.status for answer in answers] == [200] * count
	read = [
		[(m["number"], m["text"]) for m in client.call(f"{API}.messages", group=pair.name).result["messages"]]
		for client in pair.clients
	]
	assert read[0] == read[1]
	assert {text for _number, text in read[0] if text.startswith("At once")} == {
		f"At once {number}" for number in range(count)
	}
	look_again()
	numbers = frappe.get_all(
		writing.MESSAGE, {"mentoring_group": pair.name}, pluck="number", order_by="number"
	)
	assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_form_sent_at_the_same_moment_is_one_message(pair):
	before = len(everything(pair))
	at_once(
		[
			lambda: pair.clients[0].call(f"{API}.send", group=pair.name, text="Twice", token="the same form")
			for _time in range(6)
		]
	)
	assert len(everything(pair)) == before + 1


def everything(pair) -> list[str]:
	look_again()
	return frappe.get_all(writing.MESSAGE, {"mentoring_group": pair.name}, pluck="name")


def test_earlier_messages(pair):
	for number in range(reading.PAGE + 3):
		writing.send(pair.name, pair.mentor, f"Filling {number}")
	frappe.db.commit()
	page = pair.tom.get(pair.page)
	assert len(items(page)) == reading.PAGE
	earlier = next(link for link in page.soup.find_all("a") if link.get_text() == "Show earlier messages")
	before = pair.tom.get(earlier["href"])
	assert "Filling 2" in items(before)[-1]
	assert "Show latest messages" in before.words


def test_on_accepting_one_shares_ones_address(site, base_url):
	people = [make_member(full_name=name) for name in ("Ines Test", "Omar Test")]
	cycle = make.make_cycle().name
	mentee = make.make_mentee(cycle, profile=people[1][0]).name
	group = propose(cycle, [mentee], make.make_mentor(cycle, profile=people[0][0]).name).name
	frappe.db.commit()
	ines, omar = (Visitor(base_url, user) for _profile, user in people)
	page = ines.get(f"/mentoring/match/{group}")
	assert page.form("member.accept").find("input", type="checkbox").has_attr("checked")
	ines.send(page, "member.accept")
	accepted = omar.send(f"/mentoring/match/{group}", "member.accept", share_email=None)
	assert "You can already write to each other" in accepted.words
	theirs = omar.get(f"/mentoring/groups/{group}")
	assert theirs.soup.find("a", href=f"mailto:{people[0][1]}")
	assert people[1][1] not in ines.get(f"/mentoring/groups/{group}").text.replace("user_id", "")
	assert not omar.send(f"/mentoring/groups/{group}/messages", "message", text="Hello Ines").refused
