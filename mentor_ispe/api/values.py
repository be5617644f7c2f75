"""The fields of what endpoints save, with their types; which of them somebody may set is the service's to say.

A field that isn't named here is handed on as it came, for the service to refuse it in its own words.
"""

# No postponed annotations here: pydantic reads them where they stand.
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from mentor_ispe.api.inputs import CountOrZero, DayOrNone, Flag, Minutes, MomentOrNone, Names, RichText
from mentor_ispe.domain import profile_fields
from mentor_ispe.domain.application_fields import APPLICATION_FIELDS, CHOICE, NUMBER, TEXT, TOPICS, YES_NO

_given = with_config(ConfigDict(extra="allow"))
Share = Annotated[float, Field(ge=0, le=1)]
Text = str | None
Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


ProfileValues = _given(
	TypedDict(  # type: ignore[operator]  # its fields are known at run time only
		"ProfileValues",
		{
			field.name: Names if field.kind == profile_fields.LIST else Text
			for field in profile_fields.OWN_FIELDS
		},
		total=False,
	)
)
TYPES = {TEXT: Text, TOPICS: Names, NUMBER: Annotated[int, Field(ge=0, le=1_000)], YES_NO: Flag, CHOICE: Text}
ApplicationValues = _given(
	TypedDict(  # type: ignore[operator]  # its fields are known at run time only
		"ApplicationValues",
		{field.name: TYPES[field.kind] for fields in APPLICATION_FIELDS.values() for field in fields},
		total=False,
	)
)


@_given
class StepValues(TypedDict, total=False):
	step: Text
	due_on: DayOrNone
	done: Flag


@_given
class GoalValues(TypedDict, total=False):
	title: Text
	description: Text
	target_date: DayOrNone
	progress: Annotated[float, Field(ge=0, le=100)] | None
	shared: Flag
	steps: list[StepValues]


@_given
class FeedbackValues(TypedDict, total=False):
	"""Ratings are shares of 1, so five stars are 1.0."""

	rating: Share | None
	comment: Text
	staff_rating: Share | None
	staff_comment: Text
	going: Text
	may_publish: Flag


@_given
class MeetingValues(TypedDict, total=False):
	starts_on: MomentOrNone
	duration_minutes: Minutes | None
	mode: Text
	location: Text
	link: Text
	focus: Text
	agenda: RichText
	topics: Names | str
	resources: Names | str
	host: Text


@_given
class ItemValues(TypedDict, total=False):
	words: Text
	assigned_to: Text
	due_on: DayOrNone


@_given
class CharterValues(TypedDict, total=False):
	charter_expectations: Text
	charter_boundaries: Text
	charter_meet_every: CountOrZero
	charter_meet_every_unit: Text
	charter_days_off: list[Weekday] | None
	charter_place: Text
	charter: RichText


@_given
class BulkValues(TypedDict, total=False):
	note: Text
	reason: Text
	cycle: Text
	until: Text


class ChosenValues(TypedDict, total=False):
	"""Records of a list, by their names or by Frappe's filters; `part` says whom of a group."""

	doctype: Text
	names: list[Annotated[str, Field(max_length=140)]] | None
	filters: list[list] | None
	part: Text


class LetterValues(TypedDict, total=False):
	subject: Text
	message: RichText
	language: Text
	only_language: Flag
