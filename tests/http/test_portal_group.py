"""A group's pages: every form with its success and a refusal."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import frappe
import pytest
import vobject
from frappe.utils import add_days, nowdate

from mentor_ispe.clock import today
from mentor_ispe.domain.spoken_dates import spoken_time
from mentor_ispe.services.feedback.asking import ask_in
from mentor_ispe.services.sessions import recording
from tests.http.portal_groups import SCRIPT, plan, visitor, world
from tests.http.rounds import look_again

__all__ = ["plan", "visitor", "world"]  # fixtures, used by name

SECTIONS = ("", "/meetings", "/charter", "/goals", "/feedback", "/hours", "/more", "/concern")


def value(doctype: str, name: str, field: str):
	look_again()
	return frappe.db.get_value(doctype, name, field)


def found(doctype: str, **filters) -> str:
	look_again()
	return frappe.get_all(doctype, filters, pluck="name", limit=1)[0]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens_for_members_with_one_heading_and_a_way_to_raise_a_concern(
	visitor, world, section
):
	page = visitor("cal").get(world.base + section)
	assert page.status == 200
	assert len(page.soup.find_all("h1")) == 1
	assert page.soup.find("a", href=f"{world.base}/concern")
	levels = [int(tag.name[1]) for tag in page.soup.select("#mentoring-main :is(h1, h2, h3, h4)")]
	assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_overview_shows_what_is_next_the_people_and_what_they_share(visitor, world):
	page = visitor("cal").get(world.base)
	assert "Next step" in page.words
	assert "I am ana" in page.words
	assert "I am ben" in page.words
	assert world.people["ana"][1] not in page.text, "addresses aren't shown"


def test_groups_page_shows_seats_to_the_mentor_and_the_queue_to_the_moderator(visitor, world):
	mentor, moderator, mentee = (
		visitor(name).get("/mentoring/groups").words for name in ("ana", "ben", "cal")
	)
	assert "2 of 4 taken, 2 left" in mentor
	assert "Record the meeting" in moderator
	assert "Your tasks as moderator" in moderator
	assert "Your tasks as moderator" not in mentee


def test_answering_an_invitation_and_an_answer_that_is_none(visitor, world):
	cal, path, form = visitor("cal"), f"{world.base}/meetings/{world.coming}", f"answer-{world.coming}"
	page = cal.send(path, form, ("said", "Maybe"))
	assert "answer has been saved" in page.said
	assert "You said: Maybe" in page.words
	assert cal.send(path, form, ("said", "Perhaps")).refused


def test_a_time_is_typed_on_the_readers_clock_and_shown_on_everyones(visitor, world):
	day = add_days(nowdate(), 40)
	page = visitor("ben").send(f"{world.base}/meetings", "plan-one", starts_on=f"{day}T08:00", focus=SCRIPT)
	assert "is scheduled" in page.said, page.said
	name = page.address.split("/")[-1].split("#")[0]
	assert f"{day}T08:00" in page.form("change").find("input", attrs={"name": "starts_on"})["value"]
	assert "8:00 AM Tokyo" in page.words
	assert SCRIPT not in page.text
	theirs = visitor("cal").get(f"{world.base}/meetings/{name}")
	assert f"{day}T08:00" not in theirs.text.replace(f'datetime="{day}T08:00', "")


def test_checking_a_time_shows_everyones_clock_and_saves_nothing(visitor, world):
	before = len(frappe.get_all("Mentoring Session", {"mentoring_group": world.name}))
	ben, day = visitor("ben"), add_days(nowdate(), 50)
	page = ben.send(
		f"{world.base}/meetings",
		"plan-one",
		_endpoint="sessions.check_time",
		starts_on=f"{day}T23:30",
		focus="Our plans",
	)
	assert "Nothing has been saved yet" in page.said
	form = page.form("plan-one")
	assert form.find("input", attrs={"name": "starts_on"})["value"] == f"{day}T23:30"
	assert form.find("input", attrs={"name": "focus"})["value"] == "Our plans"
	clocks = form.find(attrs={"data-clocks": True})
	assert "11:30 PM Tokyo at night" in " ".join(clocks.get_text(" ", strip=True).split())
	look_again()
	assert len(frappe.get_all("Mentoring Session", {"mentoring_group": world.name})) == before


def test_a_suggested_time_fills_the_form(visitor, world):
	page = visitor("ben").get(f"{world.base}/meetings")
	links = page.soup.select("[aria-labelledby=suggested] a")
	assert links
	chosen = visitor("ben").get(links[-1]["href"])
	typed = chosen.form("plan-one").find("input", attrs={"name": "starts_on"})["value"]
	shown = chosen.form("plan-one").find(attrs={"data-clocks": True}).get_text(" ", strip=True)
	assert f"{spoken_time(datetime.fromisoformat(typed), 'en')} Tokyo" in shown
	assert ": at night" in page.words, "nobody lives by day in all three zones"
	assert "Fairest times" in page.words
	assert "Best times for everyone" not in page.words


def test_enter_plans_and_the_time_is_checked_by_the_second_button(visitor, world):
	form = visitor("ben").get(f"{world.base}/meetings").form("plan-one")
	first, second = form.find_all("button", attrs={"type": "submit"})
	assert (first.text, first.get("formaction")) == ("Schedule this meeting", None)
	assert second["formaction"].endswith("sessions.check_time")


def test_a_meeting_is_added_to_a_calendar_from_its_page(visitor, world, plan):
	session = plan(33)
	ben = visitor("ben")
	page = ben.get(f"{world.base}/meetings/{session}")
	(link,) = page.soup.find_all("a", string="Add to calendar")
	file = ben.get(link["href"])
	assert file.status == 200
	event = vobject.readOne(file.text).vevent
	look_again()
	assert event.uid.value == frappe.db.get_value(
		"Mentoring Session Attendance", {"parent": session, "profile": world.profile["ben"]}, "calendar_uid"
	)


def test_nobody_reads_the_clocks_of_another_group(visitor, world):
	asked = {"group": world.other, "starts_on": f"{add_days(nowdate(), 50)}T08:00"}
	page = visitor("ben").post("sessions.check_time", back=world.base, **asked)
	assert "Eve" not in page.text


def test_a_refused_plan_keeps_what_was_typed(visitor, world):
	page = visitor("ben").send(
		f"{world.base}/meetings", "plan-one", starts_on=f"{add_days(nowdate(), -3)}T08:00", focus="Our plans"
	)
	assert page.refused
	assert "This time has passed" in page.said
	assert page.form("plan-one").find("input", attrs={"name": "focus"})["value"] == "Our plans"


def test_nonsense_for_a_time_is_refused_in_words(visitor, world):
	page = visitor("ben").send(f"{world.base}/meetings", "plan-one", starts_on="soon")
	assert page.refused
	assert "use the format YYYY-MM-DD HH:MM" in page.said


def test_a_series(visitor, world):
	start = f"{add_days(nowdate(), 60)}T10:00"
	path = f"{world.base}/meetings"
	page = visitor("ben").send(path, "plan-series", starts_on=start, every="2", unit="Week", times="3")
	assert page.said.startswith("3 meetings are scheduled"), page.said
	assert visitor("ben").send(path, "plan-series", starts_on=start, times="many").refused


def test_a_change_of_the_place_keeps_the_time_that_somebody_else_moved_to_meanwhile(visitor, world, plan):
	name, day = plan(123), add_days(nowdate(), 124)
	path = f"{world.base}/meetings/{name}"
	opened_before = visitor("ana").get(path)
	assert (
		"has been changed"
		in visitor("ben").send(path, "change", starts_on=f"{day}T10:00", focus="Papers").said
	)
	moved_to = value("Mentoring Session", name, "starts_on")
	assert "has been changed" in visitor("ana").send(opened_before, "change", location="Room 7").said
	assert value("Mentoring Session", name, "starts_on") == moved_to
	assert value("Mentoring Session", name, "focus") == "Papers"
	assert value("Mentoring Session", name, "location") == "Room 7"


def test_changing_preparing_and_cancelling_a_meeting(visitor, world, plan):
	ben, name = visitor("ben"), plan(120)
	path = f"{world.base}/meetings/{name}"
	assert "has been changed" in ben.send(path, "change", location="Room 7").said
	assert ben.send(path, "change", duration_minutes="0").refused
	page = ben.send(path, "prepare", agenda=f"First this\nThen {SCRIPT}")
	assert "First this Then <script>alert(1)</script>" in page.words
	assert SCRIPT not in page.text
	assert page.form("prepare").find("textarea").get_text() == f"First this\nThen {SCRIPT}"
	cal = visitor("cal")
	shown = cal.get(path)
	assert "To move or cancel it, ask Ana Test, Ben Test." in shown.words
	assert "Suggest another time" in shown.words
	refused = cal.post("sessions.cancel", session=name, reason="Mine", back=path, csrf_token=cal.token(path))
	assert "Ask Ana Test, Ben Test" in refused.said
	assert ben.send(path, "cancel", reason=" ").refused
	assert "has been canceled" in ben.send(path, "cancel", reason="Ana is ill").said
	assert value("Mentoring Session", name, "status") == "Cancelled"
	shown = cal.get(path)
	assert "Canceled by Ben Test" in shown.words
	assert "Schedule this meeting again" not in shown.words
	assert ben.send(path, "plan-again", starts_on="").refused
	again = ben.send(path, "plan-again", starts_on=f"{add_days(nowdate(), 121)}T08:00")
	assert "rescheduled for" in again.said, again.said
	assert "8:00 AM Tokyo" in again.words
	assert value("Mentoring Session", name, "status") == "Planned"
	assert ben.post(
		"sessions.plan_again",
		session=name,
		starts_on=f"{add_days(nowdate(), 122)}T08:00",
		back=path,
		csrf_token=ben.token(path),
	).refused, "only what was cancelled"


def test_recording_a_meeting_writing_its_notes_and_what_is_to_be_done(visitor, world):
	ben, path = visitor("ben"), f"{world.base}/meetings/{world.begun}"
	minutes = {
		f"attendance__{world.profile[one]}": spent for one, spent in (("ana", 50), ("ben", 45), ("cal", 0))
	}
	wrong = {**minutes, f"attendance__{world.profile['ana']}": "long"}
	page = ben.send(path, "record-form", summary="What we said", **wrong)
	assert page.refused
	assert page.form("record-form").find("textarea", attrs={"name": "summary"}).get_text() == "What we said"
	page = ben.send(
		path,
		"record-form",
		summary=f"Between us {SCRIPT}",
		new_items__1__words="Write a letter",
		new_items__1__assigned_to=world.profile["cal"],
		**minutes,
	)
	assert "has been recorded" in page.said, page.said
	assert "Write a letter · Cal Test" in page.words
	assert "50 minutes" in page.words
	assert "Absent" in page.words
	assert "Between us" in page.words
	assert SCRIPT not in page.text
	assert "Nobody outside your group" in page.words
	assert "corrected" in ben.send(path, "correct", **{f"attendance__{world.profile['cal']}": 30}).said
	assert ben.send(path, "correct", **{f"attendance__{world.profile['cal']}": -1}).refused
	assert "notes have been saved" in ben.send(path, "notes", summary="In short").said
	assert ben.send(path, "notes", summary="x" * 20_001).refused
	assert "Saved" in ben.send(path, "add-item", words="Call Eve").said
	assert ben.send(path, "add-item", words=" ").refused
	item = found("Mentoring Action Item", session=world.begun)
	assert "Saved" in visitor("cal").send(path, f"item-{item}", ("status", "Done")).said
	assert (
		visitor("cal")
		.post(
			"sessions.close_action_item",
			item=item,
			status="Lost",
			back=path,
			csrf_token=visitor("cal").token(world.base + "/goals"),
		)
		.refused
	)


def test_recording_a_meeting_nobody_planned(visitor, world):
	ben, path = visitor("ben"), f"{world.base}/meetings"
	minutes = {f"attendance__{world.profile[one]}": 30 for one in ("ana", "ben")}
	ahead = ben.send(path, "record-unplanned", starts_on=f"{add_days(nowdate(), 30)}T09:00", **minutes)
	assert ahead.refused
	page = ben.send(path, "record-unplanned", starts_on=f"{add_days(nowdate(), -10)}T09:00", **minutes)
	assert "has been recorded" in page.said, page.said


def test_the_charter_is_written_agreed_to_and_not_overwritten(visitor, world):
	cal, path = visitor("cal"), f"{world.base}/charter"
	first = cal.get(path).form("charter").find("input", attrs={"name": "version"})["value"]
	page = cal.send(
		path,
		"charter",
		charter_expectations=f"Be on time {SCRIPT}",
		charter_meet_every="2",
		charter="One\nTwo",
	)
	assert "charter has been saved" in page.said, page.said
	assert SCRIPT not in page.text
	assert "One Two" in page.words
	assert not page.has_form("agree"), "whoever writes agrees by that"
	assert "You agreed" in visitor("ana").send(path, "agree").said
	late = visitor("ben").send(path, "charter", version=first, charter_expectations="Mine")
	assert late.refused
	assert "Someone else changed" in late.said
	assert late.form("charter").find("textarea").get_text() == "Mine", "nothing typed is lost"
	assert visitor("ben").send(path, "agree", version=first).refused
	assert visitor("ben").send(path, "charter", charter_meet_every="two").refused


def test_goals_with_steps_and_review(visitor, world):
	cal, path = visitor("cal"), f"{world.base}/goals"
	assert cal.send(path, "edit-", title="").refused
	page = cal.send(
		path,
		"edit-",
		title=f"Speak {SCRIPT}",
		steps__1__step="Join a club",
		steps__1__due_on=add_days(nowdate(), 9),
	)
	assert "goal has been saved" in page.said, page.said
	assert SCRIPT not in page.text
	name = found("Mentoring Goal", profile=world.profile["cal"])
	assert "✓" in cal.send(path, f"tick-{name}-1", ("done", "1")).words
	assert cal.post(
		"goals.complete_goal_step", name=name, step="7", back=path, csrf_token=cal.token(path)
	).refused
	assert "saved" in cal.send(path, f"edit-{name}", title="Speak up", progress="40").said
	assert cal.send(path, f"edit-{name}", progress="500").refused
	assert "Speak up" in visitor("ana").get(path).words
	assert cal.send(path, f"review-{name}", status="Achieved", review=" ").refused
	assert (
		"review has been saved" in cal.send(path, f"review-{name}", status="Achieved", review="I spoke").said
	)
	assert "open again" in cal.send(path, f"reopen-{name}").said
	ben = visitor("ben")
	refused = ben.post("goals.reopen_goal", name=name, back=path, csrf_token=ben.token(path))
	assert refused.refused
	assert "isn't yours" in refused.said
	hidden = {"title": "Only mine", "shared": "0"}
	cal.send(path, "edit-", **hidden)
	assert "Only mine" in cal.get(path).words
	assert "Only mine" not in visitor("ana").get(path).words


def test_feedback_owed_given_changed_and_a_story(visitor, world):
	if value("Mentoring Session", world.begun, "status") != "Held":
		recording.record(world.begun)
	frappe.db.set_value("Mentoring Program", world.program, "session_feedback", 1)
	frappe.clear_document_cache("Mentoring Program", world.program)
	ask_in([world.name], today())
	frappe.db.commit()
	ana, path = visitor("ana"), f"{world.base}/feedback"
	request = found(
		"Mentoring Feedback Request",
		profile=world.profile["ana"],
		mentoring_group=world.name,
		status="Open",
	)
	form = f"give-{request}"
	empty = ana.send(path, form)
	assert empty.refused
	assert "Give a rating" in empty.said
	page = ana.send(path, form, rating="0.8", comment=f"Good {SCRIPT}", staff_comment="For you alone")
	assert "Thank you" in page.said, page.said
	assert "4 of 5 stars" in page.words
	assert SCRIPT not in page.text
	theirs = visitor("ben").get(path).words
	assert "Good" in theirs
	assert "For you alone" not in theirs
	given = found("Mentoring Feedback", request=request)
	assert "changed" in ana.send(path, f"change-{given}", rating="1.0").said
	assert ana.send(path, f"change-{given}", rating="1.8").refused
	assert ana.send(path, "story", story=" ").refused
	assert "your story" in ana.send(path, "story", story="We made it", may_publish="1").said
	ben = visitor("ben")
	foreign = ben.post("feedback.change", feedback=given, comment="x", back=path, csrf_token=ben.token(path))
	assert foreign.refused


def test_guest_speaker_asked_for_and_taken_back(visitor, world):
	ben, path = visitor("ben"), f"{world.base}/more"
	assert ben.send(path, "speaker-form", topic="").refused
	page = ben.send(path, "speaker-form", topic=world.topic, message=SCRIPT)
	assert "request has been sent" in page.said, page.said
	assert SCRIPT not in page.text
	request = found("Guest Speaker Request", mentoring_group=world.name)
	cal = visitor("cal")
	token = cal.token(f"{world.base}/goals")
	refused = cal.post("library.cancel_speaker_request", request=request, back=path, csrf_token=token)
	assert refused.refused, "neither mentor nor moderator"
	assert value("Guest Speaker Request", request, "status") == "Requested"
	assert "request has been canceled" in ben.send(path, f"back-{request}").said
	assert not visitor("cal").get(path).soup.find("form", id="speaker-form")


def test_a_concern_is_read_by_who_raised_it_and_nobody_in_the_group(visitor, world):
	cal, path = visitor("cal"), f"{world.base}/concern"
	assert cal.send(path, "concern-form", words=" ").refused
	page = cal.send(path, "concern-form", words=f"Ana is late {SCRIPT}", kind="Commitment")
	assert "The coordinators have your concern" in page.said, page.said
	assert "Ana is late" in page.words
	assert SCRIPT not in page.text
	for other in ("ana", "ben"):
		assert "Ana is late" not in visitor(other).get(path).text


def test_going_on_needs_a_next_cycle(visitor, world):
	ana = visitor("ana")
	page = ana.post(
		"group.go_on",
		group=world.name,
		answer="Yes",
		back=f"{world.base}/more",
		csrf_token=ana.token(f"{world.base}/goals"),
	)
	assert page.refused
	assert "no next cycle" in page.said


def test_the_moderator_gives_an_update_when_they_like(visitor, world):
	ben, path = visitor("ben"), f"{world.base}/feedback"
	assert "You can send one any time" in ben.get(path).words
	page = ben.send(path, "update", comment="We are well", going="On Track")
	assert "saved" in page.said, page.said
	assert "We are well" in page.words
	assert "Send one now" not in visitor("cal").get(path).words
	assert "Group Update" in visitor("cal").get(path).words, "said to the group"


def test_minutes_come_from_the_meetings_length(visitor, world):
	form = visitor("ben").get(f"{world.base}/meetings").form("record-unplanned")
	asked = form.find("input", attrs={"name": f"attendance:{world.profile['ana']}"})["value"]
	assert asked == form.find("input", attrs={"name": "duration_minutes"})["value"]


def test_somebody_pauses_and_comes_back(visitor, world):
	cal, path = visitor("cal"), f"{world.base}/more"
	back = add_days(nowdate(), 20)
	assert cal.send(path, "pause-form", returns_on=nowdate()).refused
	assert "pause has been saved" in cal.send(path, "pause-form", returns_on=str(back)).said
	assert "You're away until" in cal.get(world.base).words
	assert "Away until" in visitor("ben").get(world.base).words
	assert "Welcome back" in cal.send(path, "come-back").said
	assert "Away until" not in visitor("ben").get(world.base).words


def test_the_host_is_chosen_and_swapped(visitor, world, plan):
	ben, one, two = visitor("ben"), plan(130, host=world.profile["ana"]), plan(140, host=world.profile["cal"])
	path = f"{world.base}/meetings/{one}"
	assert "have swapped" in ben.send(path, "swap", other=two).said
	assert value("Mentoring Session", one, "host") == world.profile["cal"]
	assert "has been changed" in ben.send(path, "host", host=world.profile["ben"]).said
	assert value("Mentoring Session", one, "host") == world.profile["ben"]


def test_somebody_says_that_they_would_moderate(visitor, world):
	eve, fay, path = visitor("eve"), visitor("fay"), f"/mentoring/groups/{world.other}/more"
	assert "saved" in fay.send(path, "offer").said, "she said so in her application, and takes it back"
	assert "Ask someone; they can offer on this page" in eve.get(path).words
	assert "saved" in fay.send(path, "offer").said
	assert "You offered to moderate" in fay.get(path).words
	assert "new moderator" in eve.send(path, "hand-over", to=world.profile["fay"]).said


# The last: the group ends.
def test_handing_over_leaving_and_ending(visitor, world):
	ben, cal, ana, path = visitor("ben"), visitor("cal"), visitor("ana"), f"{world.base}/more"
	assert ben.send(path, "hand-over", to=world.profile["ana"]).refused
	assert "new moderator" in ben.send(path, "hand-over", to=world.profile["cal"]).said
	assert not ben.get(path).soup.find("form", id="hand-over")
	assert ben.send(path, "leave-form", reason=" ").refused
	left = ben.send(path, "leave-form", reason="I move away")
	assert "left the group" in left.said
	assert left.address.split("#")[0].endswith("/mentoring/groups")
	assert ben.get(f"{world.base}/meetings").status == 404
	assert "no longer in this group" in ben.get(world.base).words
	assert ana.send(path, "end-form", kind="Not Working", reason=" ").refused
	assert cal.post(
		"group.end", group=world.name, kind="Not Working", reason="x", back=path, csrf_token=cal.token(path)
	).refused, "a mentee doesn't end a group for all"
	ended = ana.send(path, "end-form", kind="Too Little Time", reason="I have to stop")
	assert "has ended" in ended.said, ended.said
	assert value("Mentoring Group", world.name, "status") == "Ended Early"
	read = cal.get(world.base).words
	assert "Too Little Time" in read
	assert "I have to stop" not in read, "for coordinators alone"
