"""A photo or initials: for whom, of what, and never somebody else's private file."""

from __future__ import annotations

import io

import frappe
import pytest
from PIL import Image

from mentor_ispe.exceptions import RuleViolation
from mentor_ispe.readings.faces import faces, initials
from mentor_ispe.services.members.photos import SIDE, photo
from tests import factories as make


def picture(size: tuple[int, int] = (800, 600)) -> bytes:
	out = io.BytesIO()
	Image.new("RGB", size, "olive").save(out, "JPEG")
	return out.getvalue()


def make_file(content: bytes, ending: str = "jpg", **values) -> frappe._dict:
	name = f"{frappe.generate_hash(length=12)}.{ending}"
	return frappe.get_doc({"doctype": "File", "file_name": name, "content": content, **values}).insert()


@pytest.fixture
def two(roll):
	"""A pair whose mentor has a login."""
	user = make.make_user().name
	profile = make.make_profile(email=user, user=user).name
	group = make.make_active_group(format="One-on-One", profiles=[profile])
	return user, profile, group.people[1]


def show(user: str, url: str) -> None:
	frappe.db.set_value("User", user, "user_image", url)


def test_people_of_a_group_see_it_small_and_nobody_else_does(two):
	user, profile, partner = two
	with pytest.raises(frappe.DoesNotExistError):
		photo(profile, partner)
	own = {"attached_to_doctype": "User", "attached_to_name": user}
	show(user, make_file(picture(), is_private=1, **own).file_url)
	assert faces([profile])[profile].photo
	for reader in (profile, partner):
		kind, content = photo(profile, reader)
		assert kind == "image/jpeg"
		assert max(Image.open(io.BytesIO(content)).size) == SIDE
	with pytest.raises(frappe.PermissionError):
		photo(profile, make.make_profile().name)


@pytest.mark.parametrize(
	"of",
	[{}, {"attached_to_doctype": "User", "attached_to_name": "Administrator"}],
	ids=["nobody", "another"],
)
def test_another_persons_private_file_is_not_handed_out(two, of):
	user, profile, partner = two
	url = make_file(picture(), is_private=1, **of).file_url
	show(user, url)
	with pytest.raises(frappe.DoesNotExistError):
		photo(profile, partner)


@pytest.mark.parametrize(
	"url", ["https://example.org/me.jpg", "/private/files/../../site_config.json", "/app"]
)
def test_what_is_no_file_of_the_site_is_not_read(two, url):
	user, profile, partner = two
	show(user, url)
	with pytest.raises(frappe.DoesNotExistError):
		photo(profile, partner)


def test_what_is_no_picture_is_refused(two):
	user, profile, partner = two
	show(user, make_file(b"<svg onload='alert(1)'/>", "txt", is_private=0).file_url)
	with pytest.raises(RuleViolation):
		photo(profile, partner)


@pytest.mark.parametrize(
	("name", "expected"),
	[
		("Mara Lindqvist", "ML"),
		("Mara", "M"),
		("José María de la Cruz", "JC"),
		("", ""),
		("1 !", ""),
		("李 明", "李明"),
	],
)
def test_initials(name, expected):
	assert initials(name) == expected
