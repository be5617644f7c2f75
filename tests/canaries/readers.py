"""Who may read a canary: what the table of permissions says of its field, and what its record is about."""

from __future__ import annotations

import frappe

from tests.canaries.world import Canary, World
from tests.permission_matrix import COMMITTEE, COORDINATOR, RIGHTS, relations

PROFILE_FIELDS = ("profile", "raised_by", "requested_by", "written_by", "assigned_to")


class Readers:
	"""The people of a world, and what each has to do with a record."""

	def __init__(self, world: World):
		self.world = world
		self.profiles = {name: person["profile"] for name, person in world.people.items()}
		self.groups = {group["name"]: group for group in world.groups.values()}
		self.programs = {group["program"]: group for group in world.groups.values()}
		self.cycles = {group["cycle"]: group for group in world.groups.values()}
		self.sessions = {group["session"]: group for group in world.groups.values()}

	def of(self, canary: Canary) -> set[str]:
		"""The names of the callers who may read it."""
		about = self._about(canary)
		holds = canary.parent_doctype or canary.doctype
		rights = RIGHTS[holds]
		found = set()
		for name in self.world.people:
			if any(
				getattr(self, f"_{each}")(name, about)
				for each in relations(canary.doctype, canary.field) or ()
			):
				found.add(name)
		if "read" in rights.of(COMMITTEE):
			found.add("committee")
		if "read" in rights.of(COORDINATOR) and not (rights.closed and self._party("conflict", about)):
			found.add("conflict")
		return found

	def is_party(self, name: str, doctype: str, record: str) -> bool:
		"""Whether the record is about a group in which the person sits or sat."""
		row = frappe.db.get_value(doctype, record, ["*"], as_dict=True)
		return self._party(name, self._about(Canary("", doctype, "", record, values=row)))

	def _about(self, canary: Canary) -> dict:
		values = dict(canary.values)
		if canary.parent:
			row = frappe.db.get_value(canary.parent_doctype, canary.parent, ["*"], as_dict=True) or {}
			values = {**row, **values, "parent": canary.parent}
		doctype = canary.parent_doctype or canary.doctype
		name = canary.parent or canary.name
		group = values.get("mentoring_group") or (name if doctype == "Mentoring Group" else None)
		if not group and values.get("session") in self.sessions:
			group = self.sessions[values["session"]]["name"]
		reference = values.get("reference_doctype")
		if reference and not group:
			if frappe.get_meta(reference).has_field("mentoring_group"):
				group = frappe.db.get_value(reference, values.get("reference_name"), "mentoring_group")
			elif reference == "Mentoring Group":
				group = values.get("reference_name")
		profiles = {values[each] for each in PROFILE_FIELDS if values.get(each)}
		if doctype == "Mentoring Profile":
			profiles.add(name)
		for part in ("Mentor", "Mentee"):
			if values.get(part.lower()):
				profiles.add(frappe.db.get_value(part, values[part.lower()], "profile"))
		if canary.doctype == "Membership Roll Entry":
			known_by = {"membership_record": name, "email": values.get("email") or ""}
			profiles |= set(frappe.get_all("Mentoring Profile", or_filters=known_by, pluck="name"))
		of_person = RIGHTS[doctype].of_person
		return {"profiles": profiles, "group": group, "values": values, "name": name, "of_person": of_person}

	# The relations that the table names -----------------------------------------------------------

	def _everyone(self, name: str, about: dict) -> bool:
		return True

	def _self(self, name: str, about: dict) -> bool:
		return bool(self.profiles[name]) and self.profiles[name] in about["profiles"]

	def _group(self, name: str, about: dict) -> bool:
		"""Those who hold a seat in the record's group; whoever withdrew doesn't."""
		group = self.groups.get(about["group"])
		if not group:
			return False
		return self.profiles[name] in group["people"] and name not in ("fay", "former")

	def _same_group(self, name: str, about: dict) -> bool:
		"""Those who hold a seat beside the person whom the record is about."""
		return any(
			self.profiles[name] in group["people"] and set(group["people"]) & about["profiles"]
			for group in self.groups.values()
			if name not in ("fay", "former")
		)

	def _shared_with_group(self, name: str, about: dict) -> bool:
		return bool(about["values"].get("shared")) and self._group(name, about)

	def _said_to_group(self, name: str, about: dict) -> bool:
		return about["values"].get("kind") != "Program" and self._group(name, about)

	def _members(self, name: str, about: dict) -> bool:
		return bool(self.profiles[name])

	def _takes_part(self, name: str, about: dict) -> bool:
		group = self.programs.get(about["values"].get("program"))
		return bool(group) and self.profiles[name] in group["people"]

	def _sat(self, name: str, about: dict) -> bool:
		"""Those who hold or held a seat in the record's group."""
		group = self.groups.get(about["group"])
		return bool(group) and self.profiles[name] in group["people"]

	def _signed_up(self, name: str, about: dict) -> bool:
		signed = frappe.get_all("Mentoring Workshop Participant", {"parent": about["name"]}, pluck="profile")
		return self.profiles[name] in signed

	def _group_of_request(self, name: str, about: dict) -> bool:
		groups = frappe.get_all("Guest Speaker Request", {"speaker": about["name"]}, pluck="mentoring_group")
		return any(self._group(name, {"group": group}) for group in groups)

	def _party(self, name: str, about: dict) -> bool:
		"""Whether the record is of a group that the person is or was in, or of somebody there if it is of none."""
		profile = self.profiles[name]
		if about["group"]:
			return profile in self.groups.get(about["group"], {}).get("people", ())
		people = about["profiles"] if about["of_person"] else ()
		return any(
			profile in group["people"] and set(group["people"]) & set(people)
			for group in self.groups.values()
		)
