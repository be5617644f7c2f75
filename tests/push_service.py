"""A push service on this machine, and a browser: what is handed over is checked and decrypted as theirs would."""

from __future__ import annotations

import datetime
import json
import os
import ssl
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import http_ece
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid

ADDRESS = "127.0.0.1"


def written(value: bytes) -> str:
	return urlsafe_b64encode(value).rstrip(b"=").decode()


class Browser:
	"""One that turned notifications on: `given` is what it tells the site."""

	def __init__(self, address: str):
		self.private_key = ec.generate_private_key(ec.SECP256R1())
		self.secret = os.urandom(16)
		point = self.private_key.public_key().public_bytes(
			serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
		)
		self.given = {"address": address, "public_key": written(point), "secret": written(self.secret)}

	def read(self, body: bytes) -> dict[str, str]:
		"""What a message says; an error for one that is encrypted for another browser."""
		return json.loads(
			http_ece.decrypt(body, private_key=self.private_key, auth_secret=self.secret, version="aes128gcm")
		)


class PushService:
	"""Takes messages at `address(name)`; answers each with `status`, or what `statuses` has for its name."""

	def __init__(self, port: int):
		self.host = f"{ADDRESS}:{port}"
		self.received: list[tuple[str, Any, bytes]] = []
		self.status = 201
		self.statuses: dict[str, int] = {}

	def address(self, name: str) -> str:
		return f"https://{self.host}/{name}"

	def names(self) -> list[str]:
		return [name for name, _headers, _body in self.received]

	@staticmethod
	def is_signed(headers: Any) -> bool:
		"""Whether the site signed what it sent, by the key that it names there."""
		return Vapid.verify(headers["Authorization"].replace(" t=", " ").replace("vapid ", "vapid t="))


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
	"""One that speaks HTTPS; its certificate is in `folder`, called `certificate.pem`."""

	class Handler(BaseHTTPRequestHandler):
		def do_POST(self) -> None:
			name = self.path.strip("/")
			body = self.rfile.read(int(self.headers["Content-Length"]))
			service.received.append((name, self.headers, body))
			self.send_response(service.statuses.get(name, service.status))
			self.send_header("Location", f"https://{service.host}/elsewhere")
			self.send_header("Content-Length", "0")
			self.end_headers()

		do_GET = do_POST

		def log_message(self, *values: object) -> None:
			pass

	server = ThreadingHTTPServer((ADDRESS, 0), Handler)
	service = PushService(server.server_port)
	_write_certificate(folder)
	context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
	context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
	server.socket = context.wrap_socket(server.socket, server_side=True)
	thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
	thread.start()
	try:
		yield service
	finally:
		server.shutdown()
		server.server_close()
		thread.join()


def _write_certificate(folder: Path) -> None:
	key = ec.generate_private_key(ec.SECP256R1())
	name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "push.example.org")])
	now = datetime.datetime.now(datetime.timezone.utc)
	certificate = (
		x509.CertificateBuilder()
		.subject_name(name)
		.issuer_name(name)
		.public_key(key.public_key())
		.serial_number(x509.random_serial_number())
		.not_valid_before(now - datetime.timedelta(days=2))
		.not_valid_after(now + datetime.timedelta(days=2))
		.add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(ADDRESS))]), critical=False)
		.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
		.sign(key, hashes.SHA256())
	)
	pem = serialization.Encoding.PEM
	(folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
	(folder / "key.pem").write_bytes(
		key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
	)
