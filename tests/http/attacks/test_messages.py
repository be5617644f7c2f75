"""Attacks on what a group's people write to each other: who reads it, and what is put into it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from types import SimpleNamespace

import frappe
import pytest
import requests
from PIL import Image

from mentor_ispe.roles import COMMITTEE, COORDINATOR
from mentor_ispe.services.conversation import files, writing
from mentor_ispe.services.conversation.files import Upload
from tests.http.client import COORDINATOR_API, Answer, Client
from tests.http.people import make_staff
from tests.http.rounds import look_again
from tests.http.running_group import group
from tests.http.visitor import Visitor

__all__ = ["group"]  # a fixture, used by name

API = "mentor_ispe.api.messages"
RECORDS = (writing.MESSAGE, files.FILE)
PRIVATE = re.compile("marigold|cerise", re.IGNORECASE)


@pytest.fixture(scope="module")
def said(group) -> SimpleNamespace:
	"""Ben's message with a file, in the group of Ana, who coordinates too; Dan has left it."""
	profile = group.people["ben"][0]
	message = writing.send(group.name, profile, "Marigold resigns", Upload("cerise.pdf", b"%PDF-1.4 cerise"))
	frappe.db.commit()
	return SimpleNamespace(message=message, group=group.name, page=f"/mentoring/groups/{group.name}/messages")


@pytest.fixture(scope="module")
def callers(group, signed_in, guest, outsider, member, administrator) -> dict[str, Client]:
	return {
		"guest": guest,
		"outsider": outsider.client,
		"member of no group": member.client,
		"former member": signed_in(group.people["dan"][1]),
		"committee": signed_in(make_staff(COMMITTEE)),
		"coordinator": signed_in(make_staff(COORDINATOR)),
		"administrator": administrator,
	}


WHO = (
	"guest",
	"outsider",
	"member of no group",
	"former member",
	"committee",
	"coordinator",
	"administrator",
)


@pytest.fixture(scope="module")
def ben(group, base_url) -> Visitor:
	return Visitor(base_url, group.people["ben"][1])


def nothing_private(answer: Answer) -> Answer:
	found = PRIVATE.search(answer.text)
	assert not found, answer.text[max(0, found.start() - 300) : found.end() + 100]
	assert answer.status < 500
	return answer


def everything_of(group: str) -> list[dict]:
	look_again()
	return [row for doctype in RECORDS for row in frappe.get_all(doctype, {"mentoring_group": group}, ["*"])]


# Reading


@pytest.mark.parametrize("who", WHO)
def test_somebody_else_asks_the_endpoints_and_the_page(said, callers, who):
	client, before = callers[who], everything_of(said.group)
	for method, values in (
		("messages", {"group": said.group}),
		("newer", {"group": said.group, "after": 0}),
		("send", {"group": said.group, "text": "let me in"}),
		("delete", {"message": said.message}),
	):
		answer = nothing_private(client.call(f"{API}.{method}", **values))
		assert answer.status in (401, 403, 417), (method, answer.status, answer.words)
	file = nothing_private(client.get(f"/api/method/{API}.file", message=said.message))
	assert file.status in (401, 403, 417)
	nothing_private(client.get(said.page))
	concern = nothing_private(
		client.call(
			"mentor_ispe.api.concerns.raise_concern",
			group=said.group,
			words="What did they say",
			message=said.message,
			quote=1,
		)
	)
	assert concern.status in (401, 403, 417)
	assert everything_of(said.group) == before


@pytest.mark.parametrize("who", ["coordinator", "administrator"])
def test_staff_read_the_records(said, callers, who):
	client = callers[who]
	for doctype in RECORDS:
		for answer in (
			client.get(f"/api/resource/{doctype}/{said.message}"),
			client.get(f"/api/resource/{doctype}", fields='["*"]', limit_page_length=0),
			client.call("frappe.client.get", doctype=doctype, name=said.message),
			client.get("/api/method/frappe.desk.form.load.getdoc", doctype=doctype, name=said.message),
			client.get("/api/method/frappe.desk.reportview.get", doctype=doctype, fields=json.dumps(["*"])),
			client.get("/printview", doctype=doctype, name=said.message),
		):
			nothing_private(answer)
		before = everything_of(said.group)
		for answer in (
			client.put(f"/api/resource/{doctype}/{said.message}", {"content": "mine"}),
			client.post(f"/api/resource/{doctype}", {"mentoring_group": said.group}),
			client.delete(f"/api/resource/{doctype}/{said.message}"),
		):
			assert answer.status in (403, 417), answer.text[:500]
		assert everything_of(said.group) == before


def test_no_mail_log_version_or_index_has_the_words(said, ben):
	ben.send(said.page, "message", text="Marigold again")
	look_again()
	for doctype, fields in {
		"Version": ["data"],
		"Comment": ["content"],
		"Activity Log": ["subject", "content"],
		"Email Queue": ["message"],
		"Mentoring Notice": ["context"],
		"Notification Log": ["subject", "email_content"],
		"Error Log": ["error"],
		"Deleted Document": ["data"],
		"File": ["file_name", "file_url"],
	}.items():
		for row in frappe.get_all(doctype, fields=fields):
			assert not PRIVATE.search(str(row)), doctype


def test_a_coordinator_opens_the_messages_of_their_own_group(said, group, signed_in):
	ana = signed_in(group.people["ana"][1])
	answer = ana.call(f"{COORDINATOR_API}.open_conversation", group=said.group, reason="A concern was raised")
	assert answer.status == 403
	nothing_private(answer)


@pytest.mark.parametrize("who", ["guest", "outsider", "member of no group", "former member", "committee"])
def test_others_open_the_messages_with_a_reason(said, callers, who):
	answer = nothing_private(
		callers[who].call(
			f"{COORDINATOR_API}.open_conversation", group=said.group, reason="I would like to know it"
		)
	)
	assert answer.status in (401, 403)
	look_again()
	assert not frappe.db.exists("Mentoring Note Opening", {"reason": "I would like to know it"})


def test_a_coordinator_without_and_with_a_reason(said, callers, ben):
	client, method = callers["coordinator"], f"{COORDINATOR_API}.open_conversation"
	for reason in ("", "because", "\ud800 because I want"):
		answer = nothing_private(client.call(method, group=said.group, reason=reason))
		assert answer.status == 417
	opened = client.call(method, group=said.group, reason="A concern was raised")
	assert "Marigold resigns" in [message["text"] for message in opened.result["messages"]]
	assert "A concern was raised" in ben.get(said.page).words


def test_an_api_key_reads_nothing(said, group, keyed):
	client = keyed(group.people["ben"][1])
	for answer in (
		client.call(f"{API}.messages", group=said.group),
		client.get(f"/api/method/{API}.file", message=said.message),
	):
		assert answer.status == 403
		nothing_private(answer)


# Writing


def test_scripts_and_links_in_the_text_stay_text(said, ben):
	text = '<script>alert(1)</script> javascript:alert(2) <img src=x onerror=alert(3)> https://example.org/"onload="x'
	page = ben.send(said.page, "message", text=text)
	shown = page.soup.select(".mentoring-message")[-1]
	assert text in " ".join(shown.get_text().split())
	assert not shown.find_all(["script", "img"])
	assert [link["href"] for link in shown.select(".mentoring-text a")] == ["https://example.org/"]
	assert not [tag for tag in shown.find_all(True) for name in tag.attrs if name.startswith("on")]


def upload(ben: Visitor, said: SimpleNamespace, name: str, content: bytes) -> requests.Response:
	token = ben.token(said.page)
	return ben.session.post(
		f"{ben.base_url}/api/method/{API}.send",
		data={"group": said.group, "text": "", "csrf_token": token, "form": "message", "back": said.page},
		files={"file": (name, content, "image/png")},
		headers={"Accept": "application/json", "Origin": ben.base_url},
		timeout=120,
	)


def picture(kind: str = "PNG", **options) -> bytes:
	out = io.BytesIO()
	Image.new("RGB", (40, 30), "teal").save(out, kind, **options)
	return out.getvalue()


def zipped(name: str) -> bytes:
	out = io.BytesIO()
	with zipfile.ZipFile(out, "w") as archive:
		archive.writestr(name, "x")
	return out.getvalue()


@pytest.mark.parametrize(
	("name", "content"),
	[
		("photo.png", b"<html><script>alert(1)</script></html>"),
		("photo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
		("photo.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
		("program.pdf", b"MZ\x90\x00" + b"\0" * 200),
		("archive.docx", zipped("evil.exe")),
		("photo.gif", picture("GIF")),
		("empty.png", b""),
		("cut.png", picture()[:40]),
		("bomb.png", picture()[:16] + b"\x00\x01\xff\xff\x00\x01\xff\xff" + picture()[24:]),
	],
)
def test_a_file_is_what_its_content_says_and_others_are_refused(said, ben, name, content):
	before = len(everything_of(said.group))
	answer = upload(ben, said, name, content)
	assert answer.status_code == 417, answer.text[-500:]
	assert len(everything_of(said.group)) == before


def test_thirty_megabytes_are_refused(said, ben):
	before = len(everything_of(said.group))
	answer = upload(ben, said, "large.pdf", b"%PDF-1.4" + b"x" * 30_000_000)
	assert 400 <= answer.status_code < 500
	answer = upload(ben, said, "large.pdf", b"%PDF-1.4" + b"x" * 6_000_000)
	assert answer.status_code == 417
	assert len(everything_of(said.group)) == before


def file_of(ben: Visitor, message: str) -> requests.Response:
	return ben.session.get(f"{ben.base_url}/api/method/{API}.file", params={"message": message}, timeout=60)


def test_a_picture_loses_its_place_and_its_path_and_is_shown_alone(said, ben):
	exif = Image.Exif()
	exif[0x010E] = "taken at home"
	sent = upload(ben, said, "../../<b>etc\u202egnp.passwd", picture("JPEG", exif=exif))
	assert sent.status_code == 200, sent.text[-500:]
	answer = file_of(ben, sent.json()["message"]["name"])
	assert answer.headers["Content-Type"] == "image/jpeg"
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "sandbox" in answer.headers["Content-Security-Policy"]
	assert "private" in answer.headers["Cache-Control"]
	said_name = answer.headers["Content-Disposition"]
	assert not re.search(r"[/\\<>\u202e]|\.\.", said_name.replace("filename*=UTF-8''", ""))
	assert b"taken at home" not in answer.content
	assert Image.open(io.BytesIO(answer.content)).size == (40, 30)


def test_a_document_is_handed_out_to_be_saved(said, ben):
	sent = upload(ben, said, "plan.html", b"%PDF-1.4 <script>alert(1)</script>")
	answer = file_of(ben, sent.json()["message"]["name"])
	assert answer.headers["Content-Type"] == "application/pdf"
	assert answer.headers["Content-Disposition"].startswith("attachment")
	assert answer.headers["X-Content-Type-Options"] == "nosniff"
	assert "plan.html.pdf" in answer.headers["Content-Disposition"]


def test_files_are_no_files_of_the_platform(said):
	look_again()
	assert not frappe.get_all("File", {"attached_to_doctype": ("in", RECORDS)})
