"""One person, one profile: possible duplicates and what is done about them; from the Desk and over HTTP.

Every endpoint needs the role Mentoring Coordinator (or System Manager). A broken rule answers 417 with the
reasons.
"""

# No postponed annotations here: Frappe checks the arguments of a request against them.
from mentor_ispe.api.endpoint import READS, endpoint
from mentor_ispe.permissions.gate import COORDINATOR_ONLY
from mentor_ispe.services.erasure import by_staff
from mentor_ispe.services.members import changes_elsewhere, departures, duplicates, merging


@endpoint(COORDINATOR_ONLY)
def find_duplicates() -> dict:
	"""Look now for records that may be one person's; `waiting` is how many wait for a decision."""
	return {"waiting": duplicates.refresh_possible_duplicates()}


@endpoint(COORDINATOR_ONLY, most_items=1_000)
def dismiss_duplicates(names: list[str]) -> dict:
	"""Remember of these possible duplicates that they aren't the same person."""
	duplicates.dismiss(names)
	return {"dismissed": len(names)}


@endpoint(COORDINATOR_ONLY)
def link_membership(duplicate: str) -> dict:
	"""Link the roll's entry to the profile of this possible duplicate."""
	return {"profile": duplicates.link_membership(duplicate)}


@endpoint(COORDINATOR_ONLY)
def take_over_change(change: str) -> dict:
	"""Give the profile the address or name that was found elsewhere; `message` says what happened."""
	return {"message": changes_elsewhere.take_over(change)}


@endpoint(COORDINATOR_ONLY, most_items=1_000)
def keep_unchanged(changes: list[str]) -> dict:
	"""Leave these profiles as they are."""
	changes_elsewhere.keep(changes)
	return {"kept": len(changes)}


@endpoint(COORDINATOR_ONLY, methods=READS)
def preview_merge(profile: str, merged: str, choices: dict[str, str] | None = None) -> dict:
	"""What merging `merged` into `profile` would do; `choices` say of fields whose value stays."""
	return merging.preview(profile, merged, choices)


@endpoint(COORDINATOR_ONLY)
def merge_profiles(profile: str, merged: str, choices: dict[str, str] | None = None) -> dict:
	"""Merge `merged` into `profile`; where both sign in, both addresses get a link to confirm it."""
	doc = merging.ask(profile, merged, choices)
	return {"merge": doc.name, "status": doc.status}


@endpoint(COORDINATOR_ONLY)
def undo_merge(merge: str) -> dict:
	"""Make two profiles of it again; `summary` says what couldn't be put back."""
	doc = merging.undo(merge)
	return {"profile": doc.merged_profile, "summary": doc.undo_summary}


@endpoint(COORDINATOR_ONLY)
def preview_erasure(record_type: str, record: str) -> dict:
	"""What an erasure of the person of this Mentoring Profile or Guest Speaker would delete, empty and end."""
	return by_staff.preview(record_type, record)


@endpoint(COORDINATOR_ONLY)
def erase_person(record_type: str, record: str, full_name: str) -> dict:
	"""Have the person erased, whose name is typed as a confirmation; `erasure` is the record that says what was done."""
	return {"erasure": by_staff.ask(record_type, record, full_name)}


@endpoint(COORDINATOR_ONLY)
def end_participation(profile: str, reason: str, no_mails: bool = False) -> dict:
	"""Withdraw every application of a person, who may have died; with `no_mails` nothing more is sent to them."""
	return {"withdrawn": departures.end_participation(profile, reason, no_mails)}
