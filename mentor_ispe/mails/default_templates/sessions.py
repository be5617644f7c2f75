"""Meetings: invitations with their calendar file, what a group hears beside, and who has looked into its notes."""

from __future__ import annotations

from mentor_ispe.mails.definition import (
	FOCUS,
	GROUP,
	LINK,
	LOCATION,
	MINUTES,
	MODE,
	REASON,
	STARTS_ON,
	ZONE,
	Field,
	define_mail,
)

AGENDA = Field("agenda", "agenda as plain text, or empty", "How the first weeks went\nWhat comes next")
GUEST_SPEAKER = Field("guest_speaker", "name of the guest speaker, or empty", "Dr. Ines Moreau")
RESOURCES = Field(
	"resources",
	"list of the resources to look at, each with title and url (or empty)",
	[{"title": "A first meeting", "url": "https://example.org/first-meeting"}],
)
WHEN = (GROUP, STARTS_ON, ZONE, MINUTES)
WHAT = (MODE, LOCATION, LINK, FOCUS, AGENDA, GUEST_SPEAKER, RESOURCES)

SESSION_INVITATION = define_mail(
	"Session Invitation",
	to="who is invited",
	when="a meeting is planned",
	immediate=True,
	fields=(*WHEN, *WHAT),
	subject="{{ group }}: a session is planned",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>a session of {{ group }} is planned.</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		{% if focus %}<li>Focus: {{ focus }}</li>{% endif %}
		{% if guest_speaker %}<li>Guest speaker: {{ guest_speaker }}</li>{% endif %}
		</ul>
		{% if agenda %}<p>Agenda:</p>
		<div style="white-space: pre-line">{{ agenda }}</div>{% endif %}
		{% if resources %}<p>To look at before:</p>
		<ul>
		{% for resource in resources %}<li>{% if resource.url %}<a href="{{ resource.url }}">{{ resource.title }}</a>{% else %}{{ resource.title }}{% endif %}</li>{% endfor %}
		</ul>{% endif %}
		<p>The calendar file with this mail puts it into your calendar. Say whether you come at
		<a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

SESSION_CHANGED = define_mail(
	"Session Changed",
	to="who is invited",
	when="the time, the place or the subject of a meeting changes",
	immediate=True,
	fields=(*WHEN, *WHAT),
	subject="{{ group }}: the session has changed",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>a planned session of {{ group }} has changed. It is now:</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		{% if focus %}<li>Focus: {{ focus }}</li>{% endif %}
		{% if guest_speaker %}<li>Guest speaker: {{ guest_speaker }}</li>{% endif %}
		</ul>
		{% if agenda %}<p>Agenda:</p>
		<div style="white-space: pre-line">{{ agenda }}</div>{% endif %}
		{% if resources %}<p>To look at before:</p>
		<ul>
		{% for resource in resources %}<li>{% if resource.url %}<a href="{{ resource.url }}">{{ resource.title }}</a>{% else %}{{ resource.title }}{% endif %}</li>{% endfor %}
		</ul>{% endif %}
		<p>The calendar file with this mail changes the entry in your calendar.</p>
	""",
)

SESSION_CANCELLED = define_mail(
	"Session Cancelled",
	to="who was invited",
	when="a meeting is cancelled, or one person is taken off its list",
	immediate=True,
	fields=(*WHEN, Field("removed", "true when only this person was taken off the list", False), REASON),
	subject="{{ group }}: {% if removed %}you aren't expected any more{% else %}the session is cancelled{% endif %}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{% if removed %}you aren't expected any more at the session{% else %}the session{% endif %} of {{ group }} on {{ moment(starts_on) }} ({{ zone }}){% if not removed %} is cancelled{% endif %}.</p>
		{% if reason %}<p>{{ reason }}</p>{% endif %}
		<p>The calendar file with this mail takes it out of your calendar.</p>
	""",
)

BEFORE_YOU_MEET = define_mail(
	"Before You Meet",
	to="who hasn't signed or isn't trained",
	when="a meeting is planned that they can't be invited to, and before it",
	immediate=True,
	fields=(
		GROUP,
		Field("agreements", "list of the titles of agreements to sign", ["Code of conduct"]),
		Field("training", "list of the parts to be trained for: Mentor, Mentee, Moderator", ["Mentor"]),
		STARTS_ON.means("when the next meeting starts, on the clock of the person, or empty"),
		ZONE.means("whose clock that is, or empty"),
	),
	subject="Before you meet: {{ group }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} can invite you to its meetings as soon as this is done{% if starts_on %}; the next one is on
		{{ moment(starts_on) }} ({{ zone }}){% endif %}:</p>
		<ul>
		{% for agreement in agreements or [] %}<li>read and sign “{{ agreement }}”</li>{% endfor %}
		{% for part in training or [] %}<li>take the training for your part as {{ _(part) | lower }}</li>{% endfor %}
		</ul>
		<p>You do it at <a href="{{ portal_url }}">{{ portal_url }}</a>, and are invited by itself then. The others meet
		without waiting for you.</p>
	""",
)

MEETING_AGENDA = define_mail(
	"Meeting Agenda",
	to="who is invited",
	when="some days before a meeting",
	fields=(
		GROUP,
		STARTS_ON,
		ZONE,
		MINUTES.means("how long it lasts"),
		Field("place", "place or link, or empty", "https://meet.example.org/mentoring"),
		Field("host", "name of the host, or empty", "Mara Lindqvist"),
		FOCUS,
		AGENDA.means("the agenda as plain text, or empty"),
		Field("topics", "list of topics", ["Careers", "Leadership"]),
		RESOURCES.means("list of resources, each with title and url (may be empty)"),
		Field("open_items", "how many action items are open", 2),
	),
	subject="Agenda: {{ group }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} meets on {{ moment(starts_on) }} ({{ zone }}), for {{ minutes }} minutes.</p>
		<ul>
		{% if place %}<li>Where: {{ place }}</li>{% endif %}
		{% if host %}<li>Host: {{ host }}</li>{% endif %}
		{% if focus %}<li>What it is about: {{ focus }}</li>{% endif %}
		{% if topics %}<li>Topics: {{ topics | join(", ") }}</li>{% endif %}
		</ul>
		{% if agenda %}<p style="white-space: pre-line">{{ agenda }}</p>{% endif %}
		{% if resources %}<p>To read beforehand:</p>
		<ul>
		{% for resource in resources %}<li>{% if resource.url %}<a href="{{ resource.url }}">{{ resource.title }}</a>{% else %}{{ resource.title }}{% endif %}</li>{% endfor %}
		</ul>{% endif %}
		{% if open_items %}<p>Open action items from earlier meetings: {{ open_items }}.</p>{% endif %}
		<p>Everything else is at <a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

MEETING_TO_RECORD = define_mail(
	"Meeting to Record",
	to="who records the meeting",
	when="after a meeting that nobody has recorded",
	fields=(
		GROUP,
		STARTS_ON.means("when it was to start, on the clock of the person"),
		ZONE.means("whose clock that is"),
	),
	subject="Did {{ group }} meet?",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} was to meet on {{ moment(starts_on) }} ({{ zone }}). Please say at <a href="{{ portal_url }}">{{ portal_url }}</a> who was
		there and for how long; a few words on what you talked about stay within the group. If the meeting didn't take
		place, cancel it there or move it to another day.</p>
	""",
)

NOTES_OPENED = define_mail(
	"Notes Opened",
	to="everybody in the group",
	when="staff open the notes of a meeting",
	fields=(
		GROUP,
		STARTS_ON.means("when the meeting started, on the clock of the person"),
		ZONE.means("whose clock that is"),
		Field("opened_by", "who opened them", "A coordinator"),
		Field("opened_on", "when they did, on the same clock", "2031-02-11 09:30:00"),
		REASON.means("why, in their words"),
	),
	subject="The notes of {{ group }} were opened",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>what {{ group }} writes down belongs to the group. {{ opened_by }} opened the notes of your meeting on
		{{ moment(starts_on) }} ({{ zone }}) on {{ moment(opened_on) }} and gave this reason:</p>
		<blockquote>{{ reason }}</blockquote>
		<p>You find every opening with your group at <a href="{{ portal_url }}">{{ portal_url }}</a>. If you have a
		question about it, answer this mail.</p>
	""",
)
