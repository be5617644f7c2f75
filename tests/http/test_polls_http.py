"""Polls over HTTP: by the link of a mail without a login, and two who answer at the same moment."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import frappe
import pytest
from frappe.utils import add_days, add_to_date, get_system_timezone, now_datetime, nowdate

from mentor_ispe.concurrency.retries import run_in_transaction
from mentor_ispe.domain.sessions.local_times import moved
from mentor_ispe.permissions import signed_links
from mentor_ispe.services.polls import polling
from tests.http.portal_groups import visitor, world
from tests.http.rounds import look_again
from tests.http.visitor import Visitor

__all__ = ["visitor", "world"]  # fixtures, used by name

POLL = "Mentoring Poll"


@pytest.fixture
def poll(world):
	"""Ben asks Ana and Cal; closed afterwards."""
	look_again()
	days = [f"{add_days(nowdate(), day)} 12:00:00" for day in (20, 21, 22)]
	doc = polling.open_poll(world.name, world.profile["ben"], days)
	frappe.db.commit()
	yield doc
	look_again()
	frappe.db.set_value(POLL, doc.name, "status", "Closed")
	for meeting in frappe.get_all(
		"Mentoring Session", {"name": frappe.db.get_value(POLL, doc.name, "session")}
	):
		frappe.db.set_value("Mentoring Session", meeting.name, "status", "Cancelled")
	frappe.db.commit()


def link(world, poll, who: str, time: int = 2) -> str:
	token = signed_links.make(signed_links.POLL, world.profile[who], poll.name, poll.ends_on)
	return f"/mentoring/poll?token={token}&time={time}"


def answers(poll) -> dict[str, str]:
	look_again()
	return {row.profile: row.numbers for row in frappe.get_doc(POLL, poll.name).answers}


def ticked(page) -> list[str]:
	return [box["value"] for box in page.form("poll").find_all("input", checked=True)]


def test_a_guest_answers_by_one_button_and_opening_the_link_changes_nothing(visitor, world, poll, base_url):
	guest, address = Visitor(base_url), link(world, poll, "cal")
	page = guest.get(address)
	assert page.status == 200
	assert ticked(page) == ["2"], "the time of the link is chosen"
	assert world.profile["cal"] not in answers(poll)
	done = guest.send(page, "poll")
	assert "You have answered" in done.words
	assert answers(poll)[world.profile["cal"]] == "2"
	again = guest.send(guest.get(address), "poll", numbers=["1", "3"])
	assert ticked(again) == ["1", "3"]
	assert answers(poll)[world.profile["cal"]] == "1, 3"


def test_nothing_chosen_is_told_and_none_is_an_answer(visitor, world, poll, base_url):
	guest, address = Visitor(base_url), link(world, poll, "cal", 0)
	page = guest.send(guest.get(address), "poll")
	assert "Choose the times that work for you" in page.words
	assert world.profile["cal"] not in answers(poll)
	assert "none of these times" in guest.send(guest.get(address), "poll", ("none", "1")).words
	assert answers(poll)[world.profile["cal"]] == ""


def test_what_is_refused_is_told_to_a_guest_and_keeps_what_was_typed(visitor, world, poll, base_url):
	guest, address = Visitor(base_url), link(world, poll, "cal")
	words = "Too long. " * 501
	page = guest.send(guest.get(address), "poll", words=words, numbers=["1"])
	assert page.said
	assert words.strip() in page.form("poll").find("textarea").get_text()
	assert world.profile["cal"] not in answers(poll)
	assert not Visitor(base_url).get(link(world, poll, "ana")).said, "of this link alone"
	assert not guest.get(address).said, "once"


def test_the_page_of_a_link_says_whose_answer_it_is_whoever_is_signed_in(visitor, world, poll):
	page = visitor("ben").get(link(world, poll, "cal"))
	name = frappe.db.get_value("Mentoring Profile", world.profile["cal"], "full_name")
	assert f"You are answering as {name}." in page.words


def test_times_to_choose_have_their_weekday(visitor, world, poll, base_url):
	page = Visitor(base_url).get(link(world, poll, "cal"))
	labels = [label.get_text() for label in page.form("poll").select(".mentoring-check label")]
	assert len(labels) == len(poll.slots)
	assert all(re.match(r"[A-Z][a-z]{2}, [A-Z][a-z]{2} \d", label) for label in labels), labels


def test_a_link_of_the_mail_opens_nothing_else(visitor, world, poll, base_url):
	guest = Visitor(base_url)
	token = link(world, poll, "cal").split("token=")[1].split("&")[0]
	for wrong in (token[:-1], "x" * 200, ""):
		page = guest.get(f"/mentoring/poll?token={wrong}")
		assert not page.has_form("poll")
		assert world.name not in page.text
		assert (
			guest.post("polls.answer_by_link", token=wrong, numbers=["1"], back="/mentoring/poll").status
			< 500
		)
	assert guest.get(f"{world.base}?token={token}").address.startswith("/login")
	expired = signed_links.make(
		signed_links.POLL, world.profile["cal"], poll.name, add_to_date(now_datetime(), minutes=-1)
	)
	guest.post("polls.answer_by_link", token=expired, numbers=["1"], back="/mentoring/poll")
	stranger = signed_links.make(signed_links.POLL, world.profile["eve"], poll.name, poll.ends_on)
	guest.post("polls.answer_by_link", token=stranger, numbers=["1"], back="/mentoring/poll")
	assert set(answers(poll)) == {world.profile["ben"]}


def test_another_group_neither_answers_nor_closes_nor_reads(visitor, world, poll):
	eve = visitor("eve")
	token = eve.token("/mentoring/profile")
	for endpoint in ("polls.answer", "polls.close"):
		eve.post(endpoint, poll=poll.name, numbers=["1"], back="/mentoring", csrf_token=token)
	eve.post("polls.ask", group=world.name, slots=["2031-01-01T10:00"], back="/mentoring", csrf_token=token)
	assert set(answers(poll)) == {world.profile["ben"]}
	assert frappe.db.get_value(POLL, poll.name, "status") == "Open"


def test_a_poll_is_asked_and_answered_on_the_page(visitor, world):
	ben, path = visitor("ben"), f"{world.base}/meetings"
	page = ben.send(path, "ask-poll", slots=[f"{add_days(nowdate(), day)}T12:00" for day in (30, 31)])
	assert "Your poll is open" in page.said, page.said
	answered = visitor("ana").send(path, "poll", numbers=["1"])
	assert "answer has been saved" in answered.said
	assert "The meeting is scheduled" in visitor("cal").send(path, "poll", numbers=["1"]).said
	look_again()
	session = frappe.get_all(POLL, {"mentoring_group": world.name, "status": "Decided"}, pluck="session")[0]
	local = f"{add_days(nowdate(), 30)}T12:00"
	assert local in ben.get(f"{path}/{session}").text, "on the clock of whoever asked"
	ben.send(f"{path}/{session}", "cancel", reason="Tried")


def _answer_at_once(base_url: str, tokens: list[str], meanwhile=lambda: None) -> None:
	def by_link(token: str):
		return Visitor(base_url).post(
			"polls.answer_by_link", token=token, numbers=["1", "2"], back="/mentoring/poll"
		)

	with ThreadPoolExecutor(len(tokens)) as pool:
		sent = [pool.submit(by_link, token) for token in tokens]
		meanwhile()
		assert all(each.result().status == 200 for each in sent)


def _token(world, poll, who: str) -> str:
	return link(world, poll, who).split("token=")[1].split("&")[0]


def _is_one_meeting(world, poll) -> bool:
	look_again()
	days = add_days(nowdate(), 20), add_days(nowdate(), 23)
	planned = {"mentoring_group": world.name, "status": "Planned", "starts_on": ("between", days)}
	found = frappe.get_all("Mentoring Session", planned, pluck="name")
	return found == [frappe.db.get_value(POLL, poll.name, "session")]


def test_two_last_answers_at_once_make_one_meeting(world, poll, base_url):
	_answer_at_once(base_url, [_token(world, poll, who) for who in ("ana", "cal", "ana", "cal")])
	assert set(answers(poll)) == {world.profile[who] for who in ("ana", "ben", "cal")}
	assert _is_one_meeting(world, poll)


def test_the_last_answer_and_the_job_at_once_make_one_meeting(world, poll, base_url, monkeypatch):
	Visitor(base_url).get(link(world, poll, "ana"))
	_answer_at_once(base_url, [_token(world, poll, "ana")])
	later = add_to_date(now_datetime(), days=10)

	def job() -> None:
		with monkeypatch.context() as patch:
			patch.setattr(polling, "now_datetime", lambda: later)
			run_in_transaction(lambda: polling.decide_due(poll.name))

	_answer_at_once(base_url, [_token(world, poll, "cal")], job)
	assert _is_one_meeting(world, poll)


def test_a_no_takes_words_and_leads_to_other_times_for_that_meeting(visitor, world):
	cal, meeting = visitor("cal"), f"{world.base}/meetings/{world.coming}"
	page = cal.send(meeting, f"answer-{world.coming}", ("said", "No"), words="I travel that week.")
	assert "answer has been saved" in page.said
	assert "I travel that week." in visitor("ana").get(f"{world.base}/messages").words
	address = page.soup.find("a", string="Suggest another time")["href"]
	theirs = visitor("ana").get(meeting).soup.find("a", string="Suggest another time")
	assert theirs["href"] == address, "the mail about the No leads the others here"
	asked = cal.send(
		address.split("#")[0], "ask-poll", slots=[f"{add_days(nowdate(), day)}T12:00" for day in (13, 14)]
	)
	assert "Your poll is open" in asked.said, asked.said
	for name in ("ana", "ben"):
		page = visitor(name).send(f"{world.base}/meetings", "poll", numbers=["2"])
	assert "The meeting is scheduled" in page.said
	look_again()
	starts_on = frappe.db.get_value("Mentoring Session", world.coming, "starts_on")
	local = moved(starts_on, ZoneInfo(get_system_timezone()), ZoneInfo("Europe/Berlin"))
	assert f"{local:%Y-%m-%d %H:%M}" == f"{add_days(nowdate(), 14)} 12:00", "on the clock of whoever asked"
	assert "12:00 PM Berlin" in cal.get(meeting).words
