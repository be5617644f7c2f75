"""Applications, the answers to them, and people who wait for the answer that their program promised."""

from __future__ import annotations

from mentor_ispe.mails.definition import CYCLE, Field, define_mail

ROLE = Field("role", "Mentor or Mentee", "Mentee")
COUNT = Field("count", "how many people wait", 2)
PEOPLE = Field("people", "list of their names", ["Mara Lindqvist", "Tom Okafor"])
ANSWER_BY = Field("answer_by", "last day of what was promised", "2031-02-28")

APPLICATION_RECEIVED = define_mail(
	"Application Received",
	to="the applicant",
	when="the application has come",
	fields=(CYCLE, ROLE, Field("reply_weeks", "weeks until the answer, or 0", 4)),
	subject="Your application to {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>thank you for applying to {{ cycle }} as {{ role | lower }}. Your application has arrived.</p>
		{% if reply_weeks %}<p>You will hear from us within {{ reply_weeks }} weeks.</p>{% endif %}
		<p>You can see and change your application at <a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

APPLICATION_APPROVED = define_mail(
	"Application Approved",
	to="the applicant",
	when="a coordinator approves",
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator, or empty", "Welcome!")),
	subject="Welcome to {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>your application to {{ cycle }} as {{ role | lower }} has been approved.</p>
		{% if note %}<p>{{ note }}</p>{% endif %}
		<p>We will write to you again when we have found a match. Until then you can complete your profile at
		<a href="{{ portal_url }}">{{ portal_url }}</a>.</p>
	""",
)

APPLICATION_REJECTED = define_mail(
	"Application Rejected",
	to="the applicant",
	when="a coordinator rejects",
	fields=(CYCLE, ROLE, Field("note", "words of the coordinator", "Welcome!")),
	subject="About your application to {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>thank you for applying to {{ cycle }} as {{ role | lower }}. This time we can't offer you a place.</p>
		{% if note %}<p>{{ note }}</p>{% endif %}
	""",
)

WAITING_SOON = define_mail(
	"Answers Due Soon",
	to="coordinators",
	when="some days before the answer that a cycle promised is due",
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
	subject="{{ count }} answers are due by {{ day(answer_by) }}: {{ cycle }}",
	body="""
		<p>{{ cycle }} promises an answer by {{ day(answer_by) }}, and these people still wait for a decision or a match:</p>
		<ul>{% for person in people %}<li>{{ person }}</li>{% endfor %}</ul>
	""",
)

WAITING_OVERDUE = define_mail(
	"Answers Overdue",
	to="coordinators",
	when="the day of the promised answer has passed",
	immediate=True,
	fields=(CYCLE, COUNT, PEOPLE, ANSWER_BY),
	subject="{{ count }} answers are overdue: {{ cycle }}",
	body="""
		<p>{{ cycle }} promised an answer by {{ day(answer_by) }}; these people got none:</p>
		<ul>{% for person in people %}<li>{{ person }}</li>{% endfor %}</ul>
	""",
)

STILL_WAITING = define_mail(
	"Still Waiting",
	to="who waits",
	when="the day of the promised answer has passed",
	fields=(
		CYCLE,
		Field("approved", "whether the application is approved and the match still missing", True),
		ANSWER_BY,
	),
	subject="About your application to {{ cycle }}",
	body="""
		<p>Dear {{ recipient_name }},</p>
		<p>we promised you an answer by {{ day(answer_by) }}, and you are not forgotten: {% if approved %}you are in {{ cycle }}, and we still
		look for a match for you.{% else %}your application to {{ cycle }} hasn't been decided yet.{% endif %} The coordinators know that you wait.</p>
	""",
)
