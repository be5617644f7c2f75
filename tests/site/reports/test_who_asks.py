"""A report asks who is asking, in `execute`: whichever way somebody comes to it."""

from __future__ import annotations

import gzip
import json

import frappe
import pytest
from frappe.core.doctype.prepared_report import prepared_report
from frappe.desk import query_report

from mentor_ispe.mentor_ispe.report.mentees_waiting.mentees_waiting import execute as mentees_waiting
from mentor_ispe.reports.report import report, roles_of
from mentor_ispe.roles import COMMITTEE, COORDINATOR, MEMBER
from tests import factories as make
from tests.site.permissions.entry_points import logged_in
from tests.site.permissions.records import make_user, store
from tests.site.reports.all_reports import all_reports
from tests.site.reports.asking import COMMITTEE_REPORTS, STAFF_REPORTS, ask

REPORTS = all_reports()
NAMES = [each.name for each in REPORTS]
SYSTEM_MANAGER = "System Manager"


@pytest.fixture
def users(site) -> dict[str, str]:
	"""Somebody of each kind."""
	return {
		"guest": "Guest",
		"outsider": make_user("outsider"),
		"member": make_user("member", MEMBER),
		"desk user": make_user("clerk", "Desk User", "Report Manager", user_type="System User"),
		"committee": make_user("committee", COMMITTEE, user_type="System User"),
		"coordinator": make_user("coordinator", COORDINATOR, user_type="System User"),
	}


def test_every_report_has_exactly_these_roles():
	"""Those of people's names are for those who act on them; a role more in one record is seen here."""
	staff = frozenset((COORDINATOR, SYSTEM_MANAGER))
	assert {each.name: each.roles for each in REPORTS} == {
		**{name: staff | {COMMITTEE} for name in COMMITTEE_REPORTS},
		**dict.fromkeys(STAFF_REPORTS, staff),
	}


def test_the_committees_reports_are_about_records_that_it_may_open(users):
	with logged_in(users["committee"]):
		for each in REPORTS:
			if COMMITTEE in each.roles:
				assert frappe.has_permission(each.ref_doctype, "report"), each.name


@pytest.mark.parametrize("each", REPORTS, ids=NAMES)
def test_execute_refuses_everybody_whom_the_report_is_not_for(users, each, monkeypatch):
	"""Asked of `execute` itself: no endpoint of Frappe stands before it here, and nothing is read."""
	refused = ["guest", "outsider", "member", "desk user"]
	if COMMITTEE not in each.roles:
		refused.append("committee")
	for kind in refused:
		with logged_in(users[kind]), pytest.raises(frappe.PermissionError, match="access to the report"):
			each.execute({"program": ["even", "before", "the", "filters", "are", "read"]})
	for kind in {"committee", "coordinator"} - set(refused):
		with logged_in(users[kind]):
			assert each.execute({})


@pytest.mark.parametrize("each", REPORTS, ids=NAMES)
def test_c7_job_of_a_prepared_report_makes_no_file_for_a_member(users, each):
	"""The attack: Frappe's job runs the report for whoever asked, and gives them the file."""
	with logged_in(users["member"]):
		name = prepared_report.make_prepared_report(each.name, "{}")["name"]
		prepared_report.generate_report(name)
	made = frappe.get_doc("Prepared Report", name)
	assert made.status == "Error"
	assert "access to the report" in made.error_message
	assert not frappe.get_all("File", {"attached_to_name": name})


def test_prepared_report_of_a_coordinator_is_for_nobody_else(users):
	with logged_in(users["coordinator"]):
		name = prepared_report.make_prepared_report("Mentees Waiting", "{}")["name"]
		prepared_report.generate_report(name)
	file = frappe.get_doc("File", {"attached_to_name": name})
	assert json.loads(gzip.decompress(file.get_content()))["columns"]
	for kind in ("outsider", "member", "committee"):
		with logged_in(users[kind]):
			assert not file.has_permission("read")
			with pytest.raises((frappe.PermissionError, frappe.ValidationError)):
				prepared_report.download_attachment(name)
			with pytest.raises(frappe.PermissionError):
				query_report.run("Mentees Waiting", json.dumps({"prepared_report_name": name}))


def test_report_named_by_another_filter_shows_its_own_figures(users):
	"""A prepared result is asked for by its name in the filters; a report that isn't prepared reads none."""
	with logged_in(users["coordinator"]):
		name = prepared_report.make_prepared_report("Mentees Waiting", "{}")["name"]
		prepared_report.generate_report(name)
	with logged_in(users["committee"]):
		shown = ask("Mentoring Overview", prepared_report_name=name)
	assert shown["columns"][0]["fieldname"] == "cycle"
	assert not shown.get("prepared_report")


def test_site_gives_a_report_to_another_role(users):
	"""Frappe's Role Permission for Page and Report holds, both ways."""
	custom = frappe.get_doc(
		{"doctype": "Custom Role", "report": "Mentees Waiting", "roles": [{"role": COMMITTEE}]}
	).insert()
	with logged_in(users["committee"]):
		assert mentees_waiting({})
	with logged_in(users["coordinator"]), pytest.raises(frappe.PermissionError):
		mentees_waiting({})
	custom.delete()
	with logged_in(users["coordinator"]):
		assert mentees_waiting({})


def test_report_without_roles_is_for_nobody(users):
	"""Frappe takes a report without roles for everybody's."""
	frappe.db.delete("Has Role", {"parent": "Mentees Waiting"})
	assert roles_of("Mentees Waiting") == set()
	for user in users.values():
		with logged_in(user), pytest.raises(frappe.PermissionError):
			mentees_waiting({})


def test_report_under_the_name_of_another_is_not_made():
	"""A copied line can't lend a report the roles of another one."""
	with pytest.raises(ValueError, match="isn't the report Mentoring Overview"):
		report("Mentoring Overview", question="?", figures="", filters=[])(mentees_waiting.find)


def _mailed(report: str, user: str) -> frappe.model.document.Document:
	return frappe.get_doc(
		{
			"doctype": "Auto Email Report",
			"report": report,
			"report_type": "Script Report",
			"user": user,
			"email_to": "elsewhere@example.org",
			"frequency": "Daily",
			"format": "HTML",
			"send_if_data": 0,
			"enabled": 1,
		}
	)


def test_report_is_mailed_on_behalf_of_a_coordinator_by_somebody_else(users):
	"""Frappe runs what it mails as Administrator; who sets it up names any person in `user`."""
	for user in (users["desk user"], users["coordinator"]):
		with logged_in(users["desk user"]), pytest.raises(frappe.PermissionError):
			_mailed("Mentees Waiting", user).insert()


def test_mail_of_a_report_to_a_member_is_not_set_up_by_mistake(users):
	with pytest.raises(frappe.PermissionError):
		_mailed("Mentees Waiting", users["member"]).insert()


def test_mailed_report_says_names_and_no_keys(users):
	make.use_membership_roll()
	mentee = make.make_mentee(make.make_cycle().name)
	content = _mailed("Mentees Waiting", users["coordinator"]).insert().get_report_content()
	assert mentee.full_name in content
	assert mentee.name not in content


def test_report_is_no_longer_mailed_for_a_coordinator_who_is_none_any_more(users):
	mailed = _mailed("Mentees Waiting", users["coordinator"]).insert()
	assert "Mentees Waiting" in mailed.get_report_content()
	frappe.db.delete("Has Role", {"parent": users["coordinator"]})
	frappe.clear_cache(user=users["coordinator"])
	with pytest.raises(frappe.PermissionError):
		frappe.get_doc("Auto Email Report", mailed.name).get_report_content()


def test_list_of_peoples_records_is_mailed_by_somebody_who_may_not_read_them(users):
	builder = store(
		"Report",
		name="All Mentees",
		report_name="All Mentees",
		ref_doctype="Mentee",
		report_type="Report Builder",
		is_standard="No",
		module="Mentor ISPE",
		json='{"fields": [["full_name", "Mentee"]]}',
	)
	with logged_in(users["desk user"]), pytest.raises(frappe.PermissionError):
		_mailed(builder.name, users["coordinator"]).insert()
