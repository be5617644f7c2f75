"""C5 and its kind: files that others own, made one's own, public or gone by a record that points to them."""

from __future__ import annotations

import json
import os

import frappe
import pytest

from mentor_ispe.roles import COORDINATOR
from tests.http.attacks.conftest import SECRET, make_file, path_of
from tests.http.client import Client
from tests.http.people import make_api_key, make_staff
from tests.http.rounds import look_again

FILES = "/api/resource/File"
CONFIGURATION = (
	"/private/files/../../site_config.json",
	"/files/../../site_config.json",
	"/private/files/%2e%2e/%2e%2e/site_config.json",
	"/private/files/%252e%252e/%252e%252e/site_config.json",
	"/private/files/..%2f..%2fsite_config.json",
	"/private/files/..\\..\\site_config.json",
	"../../site_config.json",
	"/private/files/x/../../../site_config.json",
	"private/files/../../site_config.json",
	"/api/method/../../private/files/../../site_config.json",
)


def what_can_be_read(client, answer) -> str:
	"""What comes out through the entry points that hand out a file."""
	name, url = answer.result["name"], answer.result["file_url"]
	found = [
		client.get(url).text,
		client.get("/api/method/frappe.handler.download_file", file_url=url).text,
		client.get("/api/method/frappe.core.doctype.file.file.zip_files", files=json.dumps([name])).text,
	]
	return " ".join(found)


@pytest.mark.parametrize("address", CONFIGURATION)
@pytest.mark.parametrize("private", [0, 1])
def test_c5_file_address_of_the_sites_configuration_is_refused(outsider, address, private):
	answer = outsider.client.post(
		FILES, {"file_url": address, "file_name": "mine.txt", "is_private": private}
	)
	read = what_can_be_read(outsider.client, answer) if answer.ok else ""
	assert answer.status in (403, 417), read[:300]
	assert "db_password" not in answer.text


def test_c5_no_copy_of_the_configuration_stays_on_the_disk(another, site):
	public = os.path.join(os.environ["MENTOR_BENCH"], "sites", site, "public", "files")
	before = set(os.listdir(public))
	another.client.post(FILES, {"file_url": CONFIGURATION[1], "is_private": 0})
	another.client.put(f"/api/resource/User/{another.user}", {"user_image": CONFIGURATION[1]})
	assert set(os.listdir(public)) == before


@pytest.mark.parametrize(
	"form", ["plain", "encoded", "with the site's name", "by its name alone", "with content"]
)
def test_c5_file_address_of_another_person_is_refused(outsider, base_url, secret_file, form):
	values = {
		"plain": {"file_url": secret_file.file_url},
		"encoded": {"file_url": secret_file.file_url.replace("private", "%70rivate")},
		"with the site's name": {"file_url": f"{base_url}{secret_file.file_url}"},
		"by its name alone": {"file_name": secret_file.file_name, "is_private": 1},
		"with content": {"file_url": secret_file.file_url, "content": "mine", "file_name": "mine.txt"},
	}[form]
	answer = outsider.client.post(FILES, values)
	read = what_can_be_read(outsider.client, answer) if answer.ok else ""
	assert SECRET not in read
	assert not answer.ok
	assert os.path.exists(path_of(secret_file))


def test_c5_own_file_moved_to_anothers_address_is_refused(outsider, secret_file):
	own = outsider.client.post(FILES, {"file_name": "own.txt", "content": "my own words", "is_private": 1})
	assert own.ok, own.text
	for values in (
		{"file_url": secret_file.file_url},
		{"file_url": "", "file_name": secret_file.file_name},
		{"thumbnail_url": secret_file.file_url},
	):
		answer = outsider.client.put(f"{FILES}/{own.result['name']}", values)
		if answer.ok:
			assert SECRET not in what_can_be_read(outsider.client, answer)
	outsider.client.delete(f"{FILES}/{own.result['name']}")
	assert os.path.exists(path_of(secret_file))


def test_c5_another_persons_file_is_not_made_public(outsider, secret_file):
	stored = frappe.get_doc("File", secret_file.name)
	sent = {**stored.as_dict(no_default_fields=False), "owner": outsider.user, "is_private": 0}
	for answer in (
		outsider.client.put(f"{FILES}/{secret_file.name}", {"is_private": 0}),
		outsider.client.call("frappe.client.save", doc=json.dumps(sent, default=str)),
		outsider.client.call(
			"frappe.client.set_value", doctype="File", name=secret_file.name, fieldname="is_private", value=0
		),
	):
		assert answer.status == 403, answer.text[:500]
	look_again()
	assert frappe.db.get_value("File", secret_file.name, "is_private") == 1
	assert os.path.exists(path_of(secret_file))


def test_c5_same_content_uploaded_again_moves_nobody_elses_file(outsider):
	"""Frappe keeps one file for the same content, and moves it with whoever moves theirs."""
	theirs = make_file()
	own = outsider.client.post(
		FILES, {"file_name": "same.txt", "content": theirs.get_content(), "is_private": 1}
	)
	assert own.ok, own.text
	answer = outsider.client.put(f"{FILES}/{own.result['name']}", {"is_private": 0})
	assert answer.status == 403, answer.text[:500]
	assert outsider.client.delete(f"{FILES}/{own.result['name']}").ok
	look_again()
	assert frappe.db.get_value("File", theirs.name, ["file_url", "is_private"]) == (theirs.file_url, 1)
	assert os.path.exists(path_of(theirs))


@pytest.mark.parametrize("field", ["thumbnail_url", "content_hash"])
def test_c5_deleting_ones_own_record_takes_no_other_file_along(outsider, field):
	theirs = make_file(private=0)
	values = {
		"file_name": "own.txt",
		"content": f"words {frappe.generate_hash()}",
		"thumbnail_url": theirs.file_url,
	}
	if field == "content_hash":
		values = {"file_url": theirs.file_url, "content_hash": frappe.generate_hash()}
	own = outsider.client.post(FILES, values)
	if own.ok:
		assert outsider.client.delete(f"{FILES}/{own.result['name']}").ok
	assert os.path.exists(path_of(theirs))


def test_c5_anothers_file_as_ones_picture_is_refused(another):
	"""Frappe ties the file to the record that names it, and lets whoever reads the record read the file."""
	theirs = make_file()
	for address in (theirs.file_url, *CONFIGURATION[:4]):
		answer = another.client.put(f"/api/resource/User/{another.user}", {"user_image": address})
		assert answer.status in (403, 417), answer.text[:500]
	look_again()
	assert not frappe.db.get_value("File", theirs.name, "attached_to_name")
	assert not frappe.db.exists("File", {"owner": another.user, "file_url": theirs.file_url})
	assert SECRET not in another.client.get(theirs.file_url).text


def test_c5_a_picture_of_ones_own_is_taken(another):
	own = another.client.post(
		FILES, {"file_name": "me.png", "content": f"picture {frappe.generate_hash()}", "is_private": 1}
	)
	answer = another.client.put(f"/api/resource/User/{another.user}", {"user_image": own.result["file_url"]})
	assert answer.ok, answer.text[:500]


def test_c5_nothing_is_attached_to_a_record_that_one_cannot_change(outsider, member, groups):
	for doctype, name in (*groups.records.items(), ("User", groups.records["Mentoring Profile"])):
		if not frappe.db.exists(doctype, name):
			continue
		for client in (outsider.client, member.client):
			answer = client.post(
				FILES,
				{
					"file_name": "a.txt",
					"content": "look here",
					"attached_to_doctype": doctype,
					"attached_to_name": name,
				},
			)
			assert answer.status in (403, 404), (doctype, answer.text[:300])
	look_again()
	for doctype, name in groups.records.items():
		assert not frappe.db.exists(
			"Comment", {"reference_doctype": doctype, "reference_name": name, "comment_type": "Attachment"}
		)


def test_c5_a_sent_document_that_claims_to_be_ones_own_is_not_optimized(outsider, secret_file):
	sent = {
		**frappe.get_doc("File", secret_file.name).as_dict(),
		"owner": outsider.user,
		"file_name": "x.png",
		"file_size": 1,
	}
	for name in (secret_file.name, "new-file-1"):
		doc = json.dumps(
			{**sent, "name": name, **({"__islocal": 1} if name != secret_file.name else {})}, default=str
		)
		answer = outsider.client.post("/api/method/run_doc_method", {"docs": doc, "method": "optimize_file"})
		assert answer.status in (403, 404), answer.text[:500]
	with open(path_of(secret_file)) as file:
		assert SECRET in file.read()


def test_c5_the_address_is_set_in_no_other_field_of_ones_record(outsider):
	"""Frappe writes the new address of a file into the field that the record of the file names."""
	own = outsider.client.post(
		FILES,
		{
			"file_name": "own.txt",
			"content": f"words {frappe.generate_hash()}",
			"is_private": 1,
			"attached_to_doctype": "User",
			"attached_to_name": outsider.user,
			"attached_to_field": "reset_password_key",
		},
	)
	if own.ok:
		outsider.client.put(f"{FILES}/{own.result['name']}", {"is_private": 0})
	look_again()
	assert not frappe.db.get_value("User", outsider.user, "reset_password_key")


def test_c5_a_coordinator_gets_no_file_that_is_not_theirs_by_its_name(site, base_url, secret_file, member):
	"""A mail's attachments are named by their records; who writes one must be able to read them."""
	client = Client(base_url, make_api_key(make_staff(COORDINATOR)))
	answer = client.call(
		"frappe.core.doctype.communication.email.make",
		recipients="me@example.org",
		subject="x",
		content="x",
		attachments=json.dumps([secret_file.name]),
	)
	assert answer.status == 403, answer.text[:500]
