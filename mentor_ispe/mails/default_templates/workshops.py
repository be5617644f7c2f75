"""Workshops: announced, a place, changed, cancelled, tomorrow."""

from __future__ import annotations

from mentor_ispe.mails.definition import (
	LINK,
	LOCATION,
	MINUTES,
	MODE,
	PROGRAM,
	REASON,
	STARTS_ON,
	ZONE,
	Field,
	define_mail,
)

TITLE = Field("workshop", "title of the workshop", "Mentoring for beginners")
DESCRIPTION = Field(
	"description", "what it is about, as plain text, or empty", "How to begin, how to listen, how to end."
)
WORKSHOP = (TITLE, PROGRAM, STARTS_ON, ZONE, MINUTES, MODE, LOCATION, LINK, DESCRIPTION)

WORKSHOP_ANNOUNCED = define_mail(
	"Workshop Announced",
	to="whom it is for",
	when="a workshop is announced, or becomes theirs",
	fields=(
		*WORKSHOP,
		Field("required", "true when the program requires this training of the person", True),
		Field(
			"sign_up_until",
			"last moment to sign up, on the clock of the person, or empty",
			"2031-02-07 12:00:00",
		),
		Field("places", "number of places, or 0 when there is no limit", 20),
	),
	subject="{{ program }}: workshop “{{ workshop }}”",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>there is a workshop for you in {{ program }}: {{ workshop }}.</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		{% if places %}<li>Places: {{ places }}</li>{% endif %}
		</ul>
		{% if description %}<div style="white-space: pre-line">{{ description }}</div>{% endif %}
		{% if required %}<p>The program asks for this training before your first session.</p>{% endif %}
		<p>Sign up{% if sign_up_until %} until {{ moment(sign_up_until) }}{% endif %} at
		<a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

WORKSHOP_PLACE = define_mail(
	"Workshop Place",
	to="who signed up",
	when="there is a place, at once or from the waiting list",
	immediate=True,
	fields=(*WORKSHOP, Field("moved_up", "true when the person came up from the waiting list", False)),
	subject="Your place in “{{ workshop }}”",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{% if moved_up %}a place became free: {% endif %}you have a place in the workshop {{ workshop }}.</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		</ul>
		{% if description %}<div style="white-space: pre-line">{{ description }}</div>{% endif %}
		<p>The calendar file with this mail puts it into your calendar. If you can't come, give your place back at
		<a href="{{ portal_url }}">{{ portal_url }}</a>, so that somebody else gets it.</p>
	""",
)

WORKSHOP_WAITING = define_mail(
	"Workshop Waiting List",
	to="who signed up",
	when="the workshop is full",
	fields=WORKSHOP,
	subject="You are on the waiting list for “{{ workshop }}”",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>all places of the workshop {{ workshop }} on {{ moment(starts_on) }} ({{ zone }}) are taken.
		You are on the waiting list, and get a mail as soon as a place is yours.</p>
	""",
)

WORKSHOP_CHANGED = define_mail(
	"Workshop Changed",
	to="who has a place",
	when="the time or the place changes",
	immediate=True,
	fields=WORKSHOP,
	subject="“{{ workshop }}” has changed",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>the workshop {{ workshop }} has changed. It is now:</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		</ul>
		{% if description %}<div style="white-space: pre-line">{{ description }}</div>{% endif %}
		<p>The calendar file with this mail changes the entry in your calendar.</p>
	""",
)

WORKSHOP_CANCELLED = define_mail(
	"Workshop Cancelled",
	to="who has a place or waits",
	when="the workshop is cancelled, or one place is given back",
	immediate=True,
	fields=(
		*WORKSHOP,
		Field("given_up", "true when only this person's place was given back", False),
		REASON.means("why it was cancelled, or empty"),
	),
	subject="{% if given_up %}Your place in “{{ workshop }}” is given back{% else %}“{{ workshop }}” is cancelled{% endif %}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{% if given_up %}your place in the workshop {{ workshop }} on {{ moment(starts_on) }} ({{ zone }}) is given back.{% else %}the workshop {{ workshop }} on {{ moment(starts_on) }} ({{ zone }}) is cancelled.{% endif %}</p>
		{% if reason %}<p>{{ reason }}</p>{% endif %}
	""",
)

WORKSHOP_REMINDER = define_mail(
	"Workshop Reminder",
	to="who has a place",
	when="the day before",
	immediate=True,
	fields=WORKSHOP,
	subject="Tomorrow: “{{ workshop }}”",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>the workshop {{ workshop }} is tomorrow.</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		</ul>
		<p>If you can't come, give your place back at <a href="{{ portal_url }}">{{ portal_url }}</a>, so that somebody else
		gets it.</p>
	""",
)
