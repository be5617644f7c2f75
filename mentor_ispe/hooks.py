from mentor_ispe import roles as _roles
from mentor_ispe.permissions.conflict_table import LEADS as _LEADS
from mentor_ispe.permissions.conflict_table import REFERENCES as _REFERENCES

app_name = "mentor_ispe"
app_title = "Mentor ISPE"
app_publisher = "Mentor ISPE contributors"
app_description = "Mentoring programs for professional associations"
app_email = "mentoring@example.org"
app_license = "MIT"

export_python_type_annotations = True

# Setting up and clearing away

before_install = "mentor_ispe.setup.install.before_install"
after_install = "mentor_ispe.setup.install.after_install"
after_migrate = "mentor_ispe.setup.install.after_migrate"
before_uninstall = "mentor_ispe.setup.uninstall.before_uninstall"

# Data that nobody edits, written anew at every migration: `bench export-fixtures --app mentor_ispe`

fixtures = [
	{"doctype": "Role", "filters": {"name": ["in", [_roles.COORDINATOR, _roles.COMMITTEE, _roles.MEMBER]]}},
	{"doctype": "Custom HTML Block", "filters": {"name": "Mentoring Needs You"}},
]

# Records are for staff, by DocPerm; members hold none and see what permissions/gate.py lets them see. Staff
# don't read what others said about groups that they sit in themselves.

permission_query_conditions = {
	**dict.fromkeys((*_LEADS, *_REFERENCES), "mentor_ispe.permissions.conflict_of_interest.list_condition"),
	"Tag Link": [
		"mentor_ispe.permissions.conflict_of_interest.list_condition",
		"mentor_ispe.hardening.marks.tags_shown",
	],
	"Prepared Report": "mentor_ispe.hardening.prepared_reports.list_condition",
}
has_permission = {
	**dict.fromkeys(_LEADS, "mentor_ispe.permissions.conflict_of_interest.has_permission"),
	**dict.fromkeys(_REFERENCES, "mentor_ispe.permissions.conflict_of_interest.has_permission_on_reference"),
	"Tag Link": "mentor_ispe.hardening.marks.may_see_tag",  # which asks for the record, and so for the above
	"Prepared Report": "mentor_ispe.hardening.prepared_reports.has_permission",
}
auth_hooks = [
	"mentor_ispe.hardening.tracebacks.show_to_system_managers",
	"mentor_ispe.portal.form_guard.check_request",
]

# A form of the members' pages that Frappe refuses is answered with a page

after_request = [
	"mentor_ispe.portal.form_guard.answer_in_words",
	"mentor_ispe.hardening.unreadable.answer",
	"mentor_ispe.portal.missing.answer",
	"mentor_ispe.hardening.headers.add",
	"mentor_ispe.portal.home_screen.add_headers",
	"mentor_ispe.portal.guest_pages.mark",
]

# Requests and rows of an import that lost against another one are repeated, see concurrency/. Holes of the
# platform that are closed here, see hardening/ and SECURITY.md

before_request = [
	"mentor_ispe.concurrency.entry_points.wrap_once",
	"mentor_ispe.hardening.unreadable.note_that_it_was_read",
	"mentor_ispe.hardening.tracebacks.hide",
	"mentor_ispe.hardening.backup_paths.refuse_ways_up",
	"mentor_ispe.hardening.addresses.keep_to_own_address",
	"mentor_ispe.hardening.spreadsheets.make_exports_inert",
	"mentor_ispe.hardening.web_forms.keep_to_own_doctype",
	"mentor_ispe.hardening.report_filters.check_type",
	"mentor_ispe.hardening.contact_form.put_in_place",
	"mentor_ispe.hardening.child_rows.narrow_lists",
]
before_job = [
	"mentor_ispe.concurrency.entry_points.wrap_once",
	"mentor_ispe.hardening.spreadsheets.make_exports_inert",
	"mentor_ispe.hardening.child_rows.narrow_lists",
]
override_whitelisted_methods = {
	"frappe.client.validate_link": "mentor_ispe.hardening.narrowed_lists.validate_link",
	"frappe.client.validate_link_and_fetch": "mentor_ispe.hardening.narrowed_lists.validate_link_and_fetch",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get": "mentor_ispe.hardening.narrowed_lists.get_chart",
	"frappe.desk.doctype.tag.tag.get_tagged_docs": "mentor_ispe.hardening.narrowed_lists.get_tagged_docs",
	"frappe.desk.listview.get_group_by_count": "mentor_ispe.hardening.narrowed_lists.get_group_by_count",
	"frappe.desk.notifications.get_open_count": "mentor_ispe.hardening.narrowed_lists.get_open_count",
	"frappe.desk.search.get_link_title": "mentor_ispe.hardening.narrowed_lists.get_link_title",
	"frappe.desk.search.search_link": "mentor_ispe.hardening.narrowed_lists.search_link",
	"frappe.desk.search.search_widget": "mentor_ispe.hardening.narrowed_lists.search_widget",
	"frappe.utils.global_search.search": "mentor_ispe.hardening.narrowed_lists.search_everywhere",
}

# A login is linked to its person's profile when its owner signs in; a browser keeps pages for one person only

on_session_creation = [
	"mentor_ispe.services.members.logins.link_at_sign_in",
	"mentor_ispe.portal.home_screen.signed_in",
]
on_logout = "mentor_ispe.portal.home_screen.signed_out"

# Classes of other apps' DocTypes; reports by mail are for those who may open them, answers of calendars are read

override_doctype_class = {
	"Auto Email Report": "mentor_ispe.reports.mailed.MailedReport",
	"Email Account": "mentor_ispe.jobs.inbound_mails.ReplyReadingAccount",
	"File": "mentor_ispe.hardening.files.File",
	"Personal Data Deletion Request": "mentor_ispe.services.erasure.deletion_request.DeletionRequest",
	"Prepared Report": "mentor_ispe.hardening.prepared_reports.PreparedReport",
}

# What happens with a record

doc_events = {
	"*": {
		"before_validate": "mentor_ispe.hardening.foreign_rows.check",
		"validate": ["mentor_ispe.hardening.files.check_file_fields", "mentor_ispe.hardening.links.check"],
	},
	"User": {
		"before_rename": [
			"mentor_ispe.hardening.logins.refuse_renaming",
			"mentor_ispe.services.members.logins.refuse_own_profile",
			"mentor_ispe.services.members.logins.refuse_two_profiles",
		],
		"after_rename": "mentor_ispe.services.members.logins.follow_rename",
		"on_update": "mentor_ispe.services.members.changes_elsewhere.note_change",
		"before_validate": "mentor_ispe.services.members.logins.tell_of_new_password",
		"before_save": "mentor_ispe.services.desk.landing.start_with_mentoring",
	},
	# One person's records, kept by others: what they say of the person is followed, or asked about.
	("Contact", "Member", "Membership Roll Entry"): {
		"on_update": "mentor_ispe.services.members.changes_elsewhere.note_change",
		"before_rename": "mentor_ispe.services.members.logins.refuse_two_profiles",
	},
	"Personal Data Deletion Request": {
		"before_insert": "mentor_ispe.hardening.personal_data.only_ones_own",
	},
	"Personal Data Download Request": {"before_insert": "mentor_ispe.hardening.personal_data.only_ones_own"},
	"DocShare": {
		"validate": [
			"mentor_ispe.permissions.conflict_of_interest.refuse_share",
			"mentor_ispe.hardening.marks.check_share",
		]
	},
	"Document Follow": {
		"validate": [
			"mentor_ispe.permissions.conflict_of_interest.refuse_follower",
			"mentor_ispe.hardening.marks.check_follower",
		]
	},
	"Mentoring Email Wording": {"validate": "mentor_ispe.mails.wordings.stored.check"},
	"Membership Type": {"after_rename": "mentor_ispe.services.membership.types.follow_rename"},
	"Subscription Plan": {"after_rename": "mentor_ispe.services.membership.types.follow_rename"},
	"Role": {"before_import": "mentor_ispe.setup.roles.keep_what_staff_set"},
	"Mentoring Committee Report": {"onload": "mentor_ispe.services.committee.archive.show_delivery"},
	"Mentoring Mailing": {"onload": "mentor_ispe.services.mailings.delivery.show_delivery"},
	"Comment": {"before_insert": "mentor_ispe.hardening.marks.check_comment"},
	"ToDo": {
		"before_insert": "mentor_ispe.hardening.marks.check_task",
		"validate": "mentor_ispe.hardening.marks.check_task",
	},
	"Tag Link": {"validate": "mentor_ispe.hardening.marks.check_tag"},
	"Appointment": {"before_insert": "mentor_ispe.hardening.appointments.only_where_booked"},
	"Communication": {"before_insert": "mentor_ispe.hardening.mails.only_in_the_desk"},
	("Dashboard Chart", "Number Card", "Dashboard"): {
		"before_insert": "mentor_ispe.hardening.charts.only_in_the_desk"
	},
	# The workspace's onboarding ticks off what is there.
	(
		"Mentoring Settings",
		"Mentoring Agreement",
		"Mentoring Topic",
		"Mentoring Program",
		"Mentoring Cycle",
	): {
		"on_update": "mentor_ispe.setup.onboarding.follow",
		"after_delete": "mentor_ispe.setup.onboarding.follow",
	},
}
scheduler_events = {
	"daily_long": [
		"mentor_ispe.jobs.membership.process_memberships",
		"mentor_ispe.jobs.groups.process_feedback",
		"mentor_ispe.jobs.groups.process_health",
		"mentor_ispe.jobs.groups.process_credit",
		"mentor_ispe.jobs.mails.process_committee_reports",
		"mentor_ispe.jobs.people.process_duplicates",
		"mentor_ispe.jobs.people.process_merges",
		"mentor_ispe.jobs.people.process_erasures",
		"mentor_ispe.jobs.retention.process_retention",
	],
	"daily": [
		"mentor_ispe.jobs.matching.process_answers",
		"mentor_ispe.jobs.cycles.process_cycles",
		"mentor_ispe.jobs.cycles.process_next_cycles",
		"mentor_ispe.jobs.cycles.process_promises",
		"mentor_ispe.jobs.meetings.process_meetings",
		"mentor_ispe.jobs.meetings.process_workshops",
		"mentor_ispe.jobs.mails.process_weekly_digest",
		"mentor_ispe.jobs.imports.delete_old_rows",
	],
	"cron": {
		"*/5 * * * *": [
			"mentor_ispe.jobs.mails.flush_notices",
			"mentor_ispe.jobs.meetings.process_polls",
			"mentor_ispe.jobs.lost.process_lost_jobs",
		]
	},
}

# Where members land after signing in, where the association wants it

get_website_user_home_page = "mentor_ispe.portal.landing.home_page"

# The members' pages that are about one record

website_route_rules = [
	{"from_route": "/mentoring/programs/<path:program>", "to_route": "mentoring/program"},
	{"from_route": "/mentoring/apply/<path:cycle>", "to_route": "mentoring/apply"},
	{"from_route": "/mentoring/mentors/<path:cycle>", "to_route": "mentoring/mentors"},
	{"from_route": "/mentoring/match/<group>", "to_route": "mentoring/match"},
	{"from_route": "/mentoring/groups/<group>", "to_route": "mentoring/group/overview"},
	{"from_route": "/mentoring/groups/<group>/meetings", "to_route": "mentoring/group/meetings"},
	{"from_route": "/mentoring/groups/<group>/meetings/<session>", "to_route": "mentoring/group/meeting"},
	{"from_route": "/mentoring/groups/<group>/messages", "to_route": "mentoring/group/messages"},
	{"from_route": "/mentoring/groups/<group>/charter", "to_route": "mentoring/group/charter"},
	{"from_route": "/mentoring/groups/<group>/goals", "to_route": "mentoring/group/goals"},
	{"from_route": "/mentoring/groups/<group>/feedback", "to_route": "mentoring/group/feedback"},
	{"from_route": "/mentoring/groups/<group>/hours", "to_route": "mentoring/group/hours"},
	{"from_route": "/mentoring/groups/<group>/more", "to_route": "mentoring/group/more"},
	{"from_route": "/mentoring/groups/<group>/concern", "to_route": "mentoring/group/concern"},
	{"from_route": "/mentoring/library/<resource>", "to_route": "mentoring/resource"},
	{"from_route": "/mentoring-styleguide", "to_route": "mentoring_styleguide"},
	{"from_route": "/mentoring-docs", "to_route": "mentoring_docs"},
	{"from_route": "/mentoring-docs/<page>", "to_route": "mentoring_docs"},
]

update_website_context = ["mentor_ispe.portal.templates.keep_compiled", "mentor_ispe.portal.login.introduce"]

# What is in the copy that Frappe makes of a person's data; erasing is services/erasure/

user_data_fields = [
	{"doctype": "Mentoring Profile", "filter_by": "email", "redact_fields": ["full_name"]},
	{"doctype": "Mentoring Profile", "filter_by": "user", "redact_fields": ["full_name"]},
	{"doctype": "Membership Roll Entry", "filter_by": "email", "redact_fields": ["full_name"]},
	{"doctype": "Guest Speaker", "filter_by": "email", "redact_fields": ["full_name"]},
]

# Records that write the mails about themselves, with pictures and files

mentoring_rendered_reports = {
	"Mentoring Committee Report": "mentor_ispe.services.committee.archive.rendered_report"
}

# What the print formats ask for; each refuses whom it isn't for

jinja = {
	"methods": [
		"mentor_ispe.services.credit.record.mentoring_credit_record",
		"mentor_ispe.services.committee.archive.mentoring_committee_report",
		"mentor_ispe.services.prints.certificates.mentoring_certificate",
		"mentor_ispe.services.prints.certificates.mentoring_certificates",
		"mentor_ispe.services.prints.rosters.mentoring_roster",
		"mentor_ispe.services.prints.rosters.mentoring_rosters",
	]
}

# What was announced about a record doesn't keep it from being deleted

ignore_links_on_delete = [
	"Mentoring Notice",
	"Mentoring Mailing",
	"Mentoring Application Draft",
	"Mentoring Possible Duplicate",
	"Mentoring Import Row",
	"Mentoring Profile Change",
	"Mentoring Merge",
	"Mentoring Merge Trace",
	"Mentoring Erasure",
	"Mentoring Push Device",
]

# The Desk

app_logo_url = "/assets/mentor_ispe/images/mentor_ispe.svg"
add_to_apps_screen = [
	{
		"name": "mentor_ispe",
		"logo": "/assets/mentor_ispe/images/mentor_ispe.svg",
		"title": "Mentoring",
		"route": "/app/mentoring",
		"has_permission": "mentor_ispe.permissions.gate.is_staff",
	}
]
app_include_js = ["mentoring_search.bundle.js"]
doctype_js = {
	"Mentor": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/applications.js",
		"public/js/prints.js",
	],
	"Mentee": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/applications.js",
		"public/js/prints.js",
	],
	"Mentoring Agreement": ["public/js/mentoring_desk.js", "public/js/starting_points.js"],
	"Mentoring Cycle": [
		"public/js/mentoring_desk.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
		"public/js/committee.js",
		"public/js/prints.js",
	],
	"Mentoring Feedback Request": ["public/js/mentoring_desk.js", "public/js/before_click.js"],
	"Mentoring Import": [
		"public/js/mentoring_desk.js",
		"public/js/import_columns.js",
		"public/js/import_rows.js",
	],
	"Mentoring Group": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/group_messages.js",
		"public/js/group_history.js",
		"public/js/group_health.js",
		"public/js/group_credit.js",
		"public/js/prints.js",
	],
	"Mentoring Match Run": "public/js/mentoring_desk.js",
	"Mentoring Profile": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/people.js",
		"public/js/person_history.js",
		"public/js/erasure.js",
	],
	"Guest Speaker": ["public/js/mentoring_desk.js", "public/js/erasure.js"],
	"Mentoring Merge": "public/js/mentoring_desk.js",
	"Mentoring Possible Duplicate": ["public/js/mentoring_desk.js", "public/js/people.js"],
	"Mentoring Profile Change": "public/js/mentoring_desk.js",
	"Mentoring Program": [
		"public/js/mentoring_desk.js",
		"public/js/committee.js",
		"public/js/starting_points.js",
	],
	"Mentoring Committee Report": ["public/js/mentoring_desk.js", "public/js/committee.js"],
	"Mentoring Session": "public/js/mentoring_desk.js",
	"Mentoring Workshop": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
	],
	"Guest Speaker Request": ["public/js/mentoring_desk.js", "public/js/before_click.js"],
	"Mentoring Concern": "public/js/mentoring_desk.js",
	"Mentoring Settings": "public/js/mentoring_desk.js",
	"Mentoring Notice": ["public/js/mentoring_desk.js", "public/js/write_email.js"],
	"Mentoring Mailing": "public/js/mentoring_desk.js",
}
doctype_list_js = {
	"Mentoring Feedback Request": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
	],
	"Mentoring Group": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
	],
	"Guest Speaker Request": [
		"public/js/mentoring_desk.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
	],
	"Mentoring Concern": ["public/js/mentoring_desk.js", "public/js/before_click.js", "public/js/bulk.js"],
	"Mentoring Possible Duplicate": "public/js/mentoring_desk.js",
	"Mentoring Profile Change": "public/js/mentoring_desk.js",
	"Mentoring Cycle": "public/js/mentoring_desk.js",
	"Mentoring Program": ["public/js/mentoring_desk.js", "public/js/starting_points.js"],
	"Membership Roll Entry": "public/js/mentoring_desk.js",
	"Mentoring Profile": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
	],
	"Mentor": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
		"public/js/applications.js",
	],
	"Mentee": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
		"public/js/applications.js",
	],
	"Mentoring Goal": ["public/js/mentoring_desk.js", "public/js/write_email.js"],
	"Mentoring Session": ["public/js/mentoring_desk.js", "public/js/write_email.js"],
	"Mentoring Workshop": [
		"public/js/mentoring_desk.js",
		"public/js/write_email.js",
		"public/js/before_click.js",
		"public/js/bulk.js",
	],
}
override_doctype_dashboards = {
	"Contact": "mentor_ispe.mentor_ispe.dashboards.contact",
	"Customer": "mentor_ispe.mentor_ispe.dashboards.customer",
	"Member": "mentor_ispe.mentor_ispe.dashboards.member",
}
