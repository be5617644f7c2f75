"""Notices: posted once with the step they announce, queued once, never lost."""

from __future__ import annotations

import email
from email.policy import default

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from mentor_ispe.concurrency.after_commit import PLANNED
from mentor_ispe.domain.notices import make_key, notice_name
from mentor_ispe.mails import coordinators, outbox, sending
from mentor_ispe.mails.default_templates import matches, members
from mentor_ispe.mails.sending import flush
from tests.factories import make_email_template, make_profile, make_user, unique
from tests.site.membership.records import counted_queries, make_email_account

NOTICE = "Mentoring Notice"
QUEUE = "Email Queue"


@pytest.fixture(autouse=True)
def clean_outbox():
	make_email_account()
	frappe.db.delete(NOTICE)
	frappe.db.set_single_value("Mentoring Settings", {"reply_to": "", "coordinator_email": ""})


def make_notice(key: str | None = None, **values) -> str:
	key = key or unique("key")
	values = {"profile": values.pop("profile", None) or make_profile().name} | values
	context = {"program": "Circles", "groups": ["Ada and Tom"]}
	assert outbox.enqueue(key, values.pop("template", members.SEAT_RESTORED), context=context, **values)
	return notice_name(key)


def mails(name: str) -> list:
	return frappe.get_all(
		QUEUE, {"message_id": ("like", f"mentoring-{name}@%")}, ["name", "message", "status"]
	)


def status(name: str) -> tuple:
	return frappe.db.get_value(NOTICE, name, ["status", "error"])


def test_the_same_occasion_is_announced_once():
	name = make_notice("an occasion")
	assert not outbox.enqueue("an occasion", matches.SEAT_ENDED, recipient="someone@example.org")
	assert frappe.db.get_value(NOTICE, name, "template") == members.SEAT_RESTORED
	assert frappe.message_log == []


def test_the_second_of_two_at_the_same_moment_gets_nothing_and_sees_no_error(monkeypatch):
	name = make_notice("an occasion")
	monkeypatch.setattr(outbox, "already_enqueued", lambda keys: set())  # neither saw the other
	assert not outbox.enqueue("an occasion", matches.SEAT_ENDED, recipient="someone@example.org")
	assert frappe.db.count(NOTICE, {"name": name}) == 1
	assert frappe.message_log == []


@pytest.mark.parametrize("unseen", [True, False])
def test_of_many_at_once_only_the_new_ones_are_announced(monkeypatch, unseen):
	make_notice("known")
	if unseen:
		monkeypatch.setattr(outbox, "already_enqueued", lambda keys: set())
	profile = make_profile().name
	keys = ("new", "known", "newer", "newer")
	assert outbox.enqueue_all(outbox.Notice(key, matches.SEAT_ENDED, profile) for key in keys) == 2
	assert sorted(frappe.get_all(NOTICE, pluck="notice_key")) == ["known", "new", "newer"]
	assert frappe.message_log == []


def test_many_notices_take_a_few_statements():
	profile = make_profile().name
	notices = [outbox.Notice(unique("key"), matches.SEAT_ENDED, profile) for _ in range(50)]
	with counted_queries() as statements:
		assert outbox.enqueue_all(notices) == 50
	assert len(statements) <= 5


def test_what_is_rolled_back_was_never_announced():
	frappe.db.savepoint("a_step")
	name = make_notice()
	frappe.db.rollback(save_point="a_step")
	assert not frappe.db.exists(NOTICE, name)


def test_the_job_is_asked_for_once_however_many_notices_a_transaction_has(monkeypatch):
	frappe.flags.pop(PLANNED, None)
	frappe.db.after_commit.reset()
	for _ in range(3):
		make_notice()
	asked = []
	monkeypatch.setattr(frappe, "enqueue", lambda method, **kwargs: asked.append(method))
	frappe.db.after_commit.run()
	assert asked == ["mentor_ispe.jobs.mails.flush_notices"]


def test_a_queue_that_is_down_does_not_undo_the_step(monkeypatch):
	frappe.flags.pop(PLANNED, None)
	frappe.db.after_commit.reset()
	make_notice()

	def unreachable(*args, **kwargs):
		raise ConnectionError

	monkeypatch.setattr(frappe, "enqueue", unreachable)
	frappe.db.after_commit.run()


def test_queued_once_however_often_it_is_flushed():
	name = make_notice()
	assert flush().queued == 1
	assert flush().queued == 0
	(mail,) = mails(name)
	stored = frappe.db.get_value(NOTICE, name, ["status", "email_queue", "error"])
	assert stored == ("Queued", mail.name, None)
	assert mail.status == "Not Sent"


def test_the_mail_has_a_subject_html_plain_text_and_where_to_answer():
	frappe.db.set_single_value("Mentoring Settings", "reply_to", "mentoring@example.org")
	profile = make_profile(full_name="Mara Lindqvist")
	name = make_notice(profile=profile.name)
	flush()
	message = email.message_from_string(mails(name)[0].message, policy=default)
	assert message["Subject"] == "Your place in Circles is active again"
	assert message["Reply-To"] == "mentoring@example.org"
	parts = {
		part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()
	}
	for text in parts["text/plain"], parts["text/html"]:
		assert "Hi Mara," in text
		assert "Ada and Tom" in text
	assert "<p>" not in parts["text/plain"]
	recipients = frappe.get_all("Email Queue Recipient", {"parent": mails(name)[0].name}, pluck="recipient")
	assert recipients == [profile.email]


def test_a_template_with_a_mistake_fails_alone_and_goes_out_when_mended():
	make_email_template(matches.SEAT_ENDED, subject="{% if %}")
	bad, good = make_notice(template=matches.SEAT_ENDED), make_notice()
	result = flush()
	assert (result.queued, result.failed) == (1, 1)
	assert status(good)[0] == "Queued"
	assert status(bad)[0] == "Failed"
	assert "has a mistake" in status(bad)[1]
	make_email_template(matches.SEAT_ENDED, subject="Mended")
	assert flush().queued == 0, "not at once"
	frappe.db.set_value(NOTICE, bad, "modified", add_to_date(now_datetime(), hours=-2), update_modified=False)
	assert flush().queued == 1
	assert status(bad) == ("Queued", None)


def test_without_an_outgoing_account_everything_waits_and_says_so():
	name = make_notice()
	frappe.db.delete("Email Account")
	frappe.local.outgoing_email_account = {}
	assert "no outgoing Email Account" in flush().waiting
	assert status(name)[0] == "Pending"
	assert "no outgoing Email Account" in status(name)[1]
	make_email_account()
	assert flush().queued == 1
	assert status(name) == ("Queued", None)


def test_a_mail_half_written_is_not_left_behind(monkeypatch):
	name = make_notice()
	original = sending.MailBuilder.process

	def dies_after_writing(builder):
		original(builder)
		raise OSError("disk full")

	monkeypatch.setattr(sending.MailBuilder, "process", dies_after_writing)
	assert flush().failed == 1
	assert mails(name) == []
	assert status(name) == ("Failed", "disk full")


def test_a_notice_that_another_job_holds_is_passed_by(monkeypatch):
	name = make_notice()
	monkeypatch.setattr(frappe.db, "get_value", lambda *args, **kwargs: None)
	assert sending._queue(frappe._dict(name=name)) == {}


def test_who_unsubscribed_from_everything_gets_nothing_and_it_is_not_tried_again():
	profile = make_profile()
	frappe.get_doc({"doctype": "Email Unsubscribe", "email": profile.email, "global_unsubscribe": 1}).insert()
	name = make_notice(profile=profile.name)
	assert flush().skipped == 1
	assert status(name)[0] == "Skipped"
	assert flush() == sending.Flushed()


def test_an_address_that_is_none_fails_with_words():
	name = make_notice(recipient="nonsense")
	assert flush().failed == 1
	assert status(name) == ("Failed", "nonsense is not an email address.")


def test_a_notice_for_nobody_is_a_mistake_of_the_programmer():
	with pytest.raises(ValueError, match="nobody to go to"):
		outbox.enqueue("x", matches.SEAT_ENDED)


@pytest.mark.parametrize("key", ["", "x" * 141])
def test_a_key_that_is_none_is_a_mistake_of_the_programmer(key):
	with pytest.raises(ValueError, match="characters"):
		outbox.enqueue(key, matches.SEAT_ENDED, recipient="someone@example.org")


def test_long_keys_are_shortened_and_kept_apart():
	one, other = make_key("x" * 200, "a"), make_key("x" * 200, "b")
	assert one != other
	assert max(len(one), len(other)) <= 140


def test_what_was_posted_is_found_in_one_query():
	make_notice("posted")
	assert outbox.already_enqueued(["posted", "not posted"]) == {"posted"}


def test_coordinators_are_told_at_their_shared_address_once():
	frappe.db.set_single_value("Mentoring Settings", "coordinator_email", "mentoring@example.org")
	values = {"person": "Mara", "group": "G", "cycle": "C"}
	assert coordinators.notify("k", matches.MATCH_ACCEPTED, values) == ["mentoring@example.org"]
	assert coordinators.notify("k", matches.MATCH_ACCEPTED, values) == []


def test_without_a_shared_address_every_coordinator_is_told():
	user = make_user(roles=["Mentoring Coordinator"], user_type="System User")
	gone = make_user(roles=["Mentoring Coordinator"], user_type="System User", enabled=0)
	told = coordinators.notify("k", matches.MATCH_ACCEPTED, {})
	assert user.name in told
	assert gone.name not in told
	assert "Administrator" not in told


def test_the_oldest_go_first_and_the_rest_when_there_is_time_again():
	names = [make_notice() for _ in range(3)]
	for number, name in enumerate(names):
		frappe.db.set_value(
			NOTICE, name, "creation", add_to_date(now_datetime(), hours=number - 9), update_modified=False
		)
	assert flush(limit_seconds=0).queued == 1
	assert [status(name)[0] for name in names] == ["Queued", "Pending", "Pending"]
	assert flush().queued == 2
