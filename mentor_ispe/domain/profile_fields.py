"""What is known of a person: each field of the profile is declared here, once, in the order of the form.

The form of the members' pages, the API, the import and the command, and what an erasure clears are read from here;
docs/contributing.md says how to add a field.
"""

from __future__ import annotations

from dataclasses import dataclass

from mentor_ispe.domain.violations import N_

TEXT, LONG_TEXT, CHOICE, LIST = "text", "long text", "choice", "list"


@dataclass(frozen=True)
class ProfileField:
	"""One field of the profile.

	`question` is its label on the members' pages; without one it is the association's, and members don't set it.
	`row` is the column that holds each item of a LIST. `erased`: it says who the person is, so that an erasure
	clears it; what it keeps is for the reports. `autocomplete` is what a browser may fill in. `headings` are
	words that lists from elsewhere, English and German, have above its column, beside the field's own name.
	"""

	name: str
	kind: str = TEXT
	question: str = ""
	help: str = ""
	required: bool = False
	erased: bool = False
	row: str = ""
	autocomplete: str = ""
	headings: tuple[str, ...] = ()


PROFILE_FIELDS = (
	ProfileField(
		"full_name",
		question=N_("Your name"),
		required=True,
		autocomplete="name",
		headings=(
			"name",
			"full name",
			"member name",
			"participant",
			"person",
			"vollständiger Name",
			"Mitglied",
		),
	),
	ProfileField(
		"email",
		headings=(
			*(
				"e-mail",
				"e-mail address",
				"mail",
				"mail address",
				"email id",
				"work e-mail",
				"contact e-mail",
			),
			*("primary e-mail", "business e-mail", "E-Mail-Adresse", "Mailadresse", "dienstliche E-Mail"),
		),
	),
	ProfileField(
		"career_stage",
		CHOICE,
		N_("Where you are in your career"),
		headings=(
			*("career level", "seniority", "level", "grade", "experience level", "stage", "Karrierestufe"),
			*("Karrierephase", "Berufserfahrung", "Laufbahnstufe"),
		),
	),
	ProfileField(
		"employer",
		question=N_("Employer or school"),
		erased=True,
		autocomplete="organization",
		headings=(
			*(
				"company",
				"company name",
				"organization",
				"organisation",
				"institution",
				"school",
				"university",
			),
			*("affiliation", "firm", "workplace", "Arbeitgeber", "Firma", "Unternehmen", "Hochschule"),
			*("Einrichtung",),
		),
	),
	ProfileField(
		"job_title",
		question=N_("Your job"),
		erased=True,
		autocomplete="organization-title",
		headings=(
			*("job", "title", "position", "role title", "job role", "occupation", "current position"),
			*("Beruf", "Funktion", "Stelle", "Tätigkeit", "Berufsbezeichnung", "Stellenbezeichnung"),
		),
	),
	ProfileField(
		"industry",
		CHOICE,
		N_("Industry"),
		headings=("sector", "field", "profession", "business sector", "Branche", "Industrie", "Fachgebiet"),
	),
	ProfileField(
		"city",
		question=N_("City"),
		erased=True,
		autocomplete="address-level2",
		headings=("town", "location", "place", "home town", "Stadt", "Ort", "Wohnort"),
	),
	ProfileField(
		"country", CHOICE, N_("Country"), headings=("nation", "country of residence", "Land", "Staat")
	),
	ProfileField(
		"chapter",
		headings=(
			"section",
			"branch",
			"affiliate",
			"Regionalgruppe",
			"Landesgruppe",
			"Ortsgruppe",
			"Sektion",
		),
	),
	ProfileField(
		"time_zone",
		CHOICE,
		N_("Time zone"),
		N_("We show dates and times in this time zone."),
		erased=True,
		headings=("timezone", "Zeitzone"),
	),
	ProfileField(
		"languages",
		LIST,
		N_("Languages you can meet in"),
		row="language",
		headings=("language", "spoken languages", "preferred language", "Sprache", "Sprachen"),
	),
	ProfileField(
		"learning_style",
		CHOICE,
		N_("How you learn best"),
		erased=True,
		headings=("learning preference", "Lernstil", "Lerntyp"),
	),
	ProfileField(
		"meeting_room",
		question=N_("Link to your own meeting room"),
		help=N_("For meetings you host, if the program uses it."),
		erased=True,
		headings=("own room", "meeting room", "personal meeting link", "eigener Raum", "Besprechungsraum"),
	),
	ProfileField(
		"topics",
		LIST,
		N_("Your topics"),
		N_("New applications start with these."),
		row="topic",
		headings=(
			*(
				"topic",
				"interests",
				"areas of interest",
				"expertise",
				"skills",
				"areas of expertise",
				"subjects",
			),
			*("Themen", "Thema", "Interessen", "Schwerpunkte", "Fachkenntnisse", "Kompetenzen"),
		),
	),
	ProfileField(
		"biography",
		LONG_TEXT,
		N_("Short bio"),
		N_("What others should know when they meet you."),
		erased=True,
		headings=(
			"bio",
			"about",
			"about me",
			"about you",
			"short bio",
			"profile",
			"Über mich",
			"Kurzbiografie",
		),
	),
)
OWN_FIELDS = tuple(field for field in PROFILE_FIELDS if field.question)
"""What a person says of themselves; the rest (address, login, membership, chapter) is the association's."""
