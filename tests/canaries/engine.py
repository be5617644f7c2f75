"""Real requests without a socket: Frappe's own WSGI application in this process, each request undone.

A request goes the whole way of one over HTTP: session, hooks, routing, handler, response, errors. What it
writes is seen by itself and is gone afterwards, so that a thousand calls meet the same site. Mails, jobs
and messages to browsers that it would have sent are part of its answer; nothing reaches the network.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import traceback
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import Any
from unittest.mock import patch

import frappe
import frappe.app
import frappe.auth
from frappe.database.database import Database
from frappe.model.base_document import BaseDocument
from jinja2 import Environment
from werkzeug.test import Client

from mentor_ispe.portal.templates import COMPILED

SECONDS = 20  # a call that takes longer is given up
LOCAL = ("127.0.0.1", "localhost", "::1")


class TooSlow(BaseException):
	"""Not an Exception: nothing between the call and the engine may catch it."""


@dataclass
class Call:
	"""One request: `values` go as JSON, as a `form`, or as the query of a GET."""

	verb: str
	path: str
	values: dict[str, Any] = field(default_factory=dict)
	name: str = ""
	form: bool = False

	def __str__(self) -> str:
		return f"{self.verb} {self.path} {json.dumps(self.values, default=str)[:600]}"


@dataclass
class Answer:
	"""`text` is status, headers and body; `sent` are mails and messages, each with its recipients."""

	status: int
	text: str
	sent: list[tuple[list[str], str]] = field(default_factory=list)


class Engine:
	"""Makes requests as one site's people, each by the id of their session; a guest has none."""

	def __init__(self, site: str, sessions: dict[str, str]):
		self.site, self.sessions = site, sessions
		self.sent: list[tuple[list[str], str]] = []
		self.client = Client(frappe.app.application, use_cookies=False)
		self.db: Database | None = None

	@contextmanager
	def running(self) -> Iterator[Engine]:
		"""With the site's connection kept open, and every way out of the process closed."""
		frappe.app._site = self.site
		frappe.init(site=self.site, sites_path=".", force=True)
		frappe.connect(set_admin_as_user=False)
		self.db = frappe.local.db
		released = frappe.destroy

		def connect(*args: Any, **kwargs: Any) -> None:
			frappe.local.db = self.db

		def destroy() -> None:
			self._undo()
			frappe.local.db = None
			released()

		def commit(db: Database) -> None:
			db.before_rollback.reset()
			db.after_rollback.reset()
			db.before_commit.run()
			db.value_cache.clear()
			db.after_commit.run()

		def ddl(db: Database, *args: Any, **kwargs: Any) -> None:
			raise frappe.PermissionError("The test changes no tables")

		environment = Environment.__init__

		def compiling_once(env: Environment, *args: Any, **kwargs: Any) -> None:
			environment(env, *args, **{"bytecode_cache": COMPILED, **kwargs})

		patches = [
			patch.object(Environment, "__init__", compiling_once),
			patch.object(frappe, "connect", connect),
			patch.object(frappe, "destroy", destroy),
			patch.object(Database, "commit", commit),
			patch.object(Database, "sql_ddl", ddl),
			patch.object(Database, "close", lambda db: None),
			patch("frappe.utils.background_jobs.enqueue", self._enqueue),
			patch("frappe.enqueue", self._enqueue),
			patch("frappe.realtime.emit_via_redis", self._emit),
			patch.object(BaseDocument, "db_insert", self._insert(BaseDocument)),
			patch.object(socket, "getaddrinfo", _only_local(socket.getaddrinfo)),
			patch.object(subprocess, "Popen", _nothing_runs),
			patch.object(os, "_exit", _nothing_runs),
			# Whether somebody else's page may send a request is no question of what comes back.
			patch.object(frappe.auth.HTTPRequest, "validate_csrf_token", lambda request: None),
		]
		for each in patches:
			each.start()
		signal.signal(signal.SIGALRM, _give_up)
		try:
			yield self
		finally:
			signal.setitimer(signal.ITIMER_REAL, 0)
			for each in reversed(patches):
				each.stop()
			if self.db._conn:
				self.db._conn.close()  # and what the last request wrote is gone

	def ask(self, person: str, call: Call) -> Answer:
		"""The answer to one request by this person."""
		self.sent = []
		headers = {"Accept": "application/json" if call.path.startswith("/api") else "text/html"}
		if session := self.sessions.get(person):
			headers["Cookie"] = f"sid={session}"
		options: dict[str, Any] = {"headers": headers}
		texts = {
			name: value if isinstance(value, str) else json.dumps(value, default=str)
			for name, value in call.values.items()
		}
		if call.verb == "GET":
			options["query_string"] = texts
		elif call.form:
			options["data"] = texts
		else:
			options["json"] = call.values
		heard = StringIO()
		signal.setitimer(signal.ITIMER_REAL, SECONDS)
		try:
			with redirect_stdout(heard), redirect_stderr(heard):
				response = self.client.open(call.path, method=call.verb, **options)
				data = response.get_data()
				response.close()
		except TooSlow:
			self._start_again()
			return Answer(0, "too slow", self.sent)
		except Exception:  # past Frappe's own handling: the server would answer 500
			self._start_again()
			return Answer(500, f"Traceback {traceback.format_exc()}", self.sent)
		finally:
			signal.setitimer(signal.ITIMER_REAL, 0)
		text = "\n".join(
			[
				str(response.status_code),
				*(f"{name}: {value}" for name, value in response.headers),
				_readable(data),
			]
		)
		return Answer(response.status_code, text, self.sent)

	def _undo(self) -> None:
		self.db.before_commit.reset()
		self.db.after_commit.reset()
		Database.rollback(self.db)

	def _start_again(self) -> None:
		"""With a new connection: a call that was given up may have been waiting for its database."""
		frappe.init(site=self.site, sites_path=".", force=True)
		self.db.connect()
		frappe.local.db = self.db
		frappe.destroy()

	def _enqueue(self, method: Any, *args: Any, **kwargs: Any) -> None:
		"""A job is for the site itself: what it sends later is not looked at."""

	def _emit(self, event: Any, message: Any, room: Any) -> None:
		to = [room.partition("user:")[2]] if "user:" in str(room) else []
		self.sent.append((to, f"message {event} {message}"))

	def _insert(self, cls: type) -> Any:
		insert = cls.db_insert

		def noted(doc: Any, *args: Any, **kwargs: Any) -> Any:
			if doc.doctype == "Email Queue":
				self.sent.append(([row.recipient for row in doc.recipients], str(doc.message)))
			return insert(doc, *args, **kwargs)

		return noted


def _readable(data: bytes) -> str:
	"""The body as text; the files of an archive (a workbook is one), and the text of a PDF."""
	if data[:2] == b"PK":
		try:
			with zipfile.ZipFile(BytesIO(data)) as archive:
				return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
		except (zipfile.BadZipFile, NotImplementedError):
			pass
	if data[:5] == b"%PDF-":
		from pypdf import PdfReader
		from pypdf.errors import PyPdfError

		with suppress(PyPdfError):  # what somebody sent under that name is no PDF
			return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
	return data.decode("utf-8", "replace")


def _give_up(*_: Any) -> None:
	raise TooSlow


def _only_local(resolve: Any) -> Any:
	def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
		if host not in LOCAL:
			raise OSError("The test has no network")
		return resolve(host, *args, **kwargs)

	return getaddrinfo


def _nothing_runs(*_: Any, **__: Any) -> None:
	raise PermissionError("The test starts no program")
