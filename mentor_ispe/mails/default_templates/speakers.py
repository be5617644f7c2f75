"""Guest speakers: asked for, the answers to the group, and what the speaker is told."""

from __future__ import annotations

from mentor_ispe.mails.definition import (
	CYCLE,
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

TOPIC = Field("topic", "topic", "Starting up a plant")
SPEAKER = Field("speaker", "name of the speaker, or empty", "Dr. Ines Moreau")
SESSION = (GROUP, STARTS_ON, ZONE, MINUTES, MODE, LOCATION, LINK, FOCUS)

SPEAKER_REQUESTED = define_mail(
	"Guest Speaker Requested",
	to="coordinators",
	when="a group asks for a guest speaker",
	immediate=True,
	fields=(
		GROUP,
		CYCLE,
		TOPIC,
		Field("message", "what the group would like to hear, or empty", "How a plant is started up."),
		Field("wished_from", "not before this day, or empty", "2031-03-01"),
		Field("wished_until", "not after this day, or empty", "2031-04-30"),
	),
	subject="{{ group }} asks for a guest speaker: {{ topic }}",
	body="""
		<p>{{ group }} ({{ cycle }}) asks for a guest speaker on {{ topic }}{% if wished_from %}, not before {{ day(wished_from) }}{% endif %}{% if wished_until %}, not after {{ day(wished_until) }}{% endif %}.</p>
		{% if message %}<p>What they would like to hear: {{ message }}</p>{% endif %}
		<p>The request shows speakers who know the topic.</p>
	""",
)

SPEAKER_ANSWER = define_mail(
	"Guest Speaker Answer",
	to="everybody in the group",
	when="the request takes a step",
	fields=(
		GROUP,
		TOPIC,
		Field("status", "Approaching, Arranged, Declined, Cancelled or Requested (open again)", "Arranged"),
		SPEAKER,
		STARTS_ON.means("when the session starts, on the clock of the person, or empty"),
		ZONE.means("whose clock that is"),
		Field("answer", "words to the group, or empty", "She has a whole hour for you."),
	),
	subject="{{ group }}: your guest speaker on {{ topic }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>{{ group }} asked for a guest speaker on {{ topic }}.</p>
		{% if status == "Arranged" %}<p>{{ speaker }} will come{% if starts_on %}, on {{ moment(starts_on) }} ({{ zone }}){% endif %}. The invitation to the session comes with a mail of its own.</p>
		{% elif status == "Approaching" %}<p>We are asking {{ speaker or "a speaker" }} and tell you as soon as there is an answer.</p>
		{% elif status == "Declined" %}<p>We can't arrange it.</p>
		{% elif status == "Cancelled" %}<p>The request is cancelled.</p>
		{% else %}<p>The request is open again; we look for a speaker.</p>{% endif %}
		{% if answer %}<p>{{ answer }}</p>{% endif %}
	""",
)

SPEAKER_TO_FIND_AGAIN = define_mail(
	"Guest Speaker To Find Again",
	to="coordinators",
	when="the meeting with a speaker is cancelled",
	immediate=True,
	fields=(GROUP, TOPIC, SPEAKER),
	subject="{{ group }}: the session with {{ speaker }} was cancelled",
	body="""
		<p>The session of {{ group }} with {{ speaker }} on {{ topic }} was cancelled. The request is open again: arrange another
		day, or decline it.</p>
	""",
)

SPEAKER_INVITATION = define_mail(
	"Guest Speaker Invitation",
	to="the speaker",
	when="a meeting with the speaker is planned",
	immediate=True,
	fields=SESSION,
	subject="An invitation to speak: {{ group }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>thank you for speaking to our mentoring group {{ group }}.</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		{% if focus %}<li>Topic: {{ focus }}</li>{% endif %}
		</ul>
		<p>The calendar file with this mail puts it into your calendar. Please answer this mail with any question.</p>
	""",
)

SPEAKER_CHANGED = define_mail(
	"Guest Speaker Session Changed",
	to="the speaker",
	when="the meeting with the speaker changes",
	immediate=True,
	fields=SESSION,
	subject="{{ group }}: the session has changed",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>the session with our mentoring group {{ group }} has changed. It is now:</p>
		<ul>
		<li>When: {{ moment(starts_on) }} ({{ zone }}), {{ minutes }} minutes</li>
		{% if link %}<li>Link: <a href="{{ link }}">{{ link }}</a></li>{% endif %}
		{% if location %}<li>Place: {{ location }}</li>{% endif %}
		{% if focus %}<li>Topic: {{ focus }}</li>{% endif %}
		</ul>
		<p>The calendar file with this mail changes the entry in your calendar.</p>
	""",
)

SPEAKER_CANCELLED = define_mail(
	"Guest Speaker Session Cancelled",
	to="the speaker",
	when="the meeting with the speaker is cancelled, or another speaker comes",
	immediate=True,
	fields=(*SESSION, REASON),
	subject="{{ group }}: the session is cancelled",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>the session with our mentoring group {{ group }} on {{ moment(starts_on) }} ({{ zone }}) is cancelled.</p>
		{% if reason %}<p>{{ reason }}</p>{% endif %}
		<p>The calendar file with this mail takes it out of your calendar.</p>
	""",
)
