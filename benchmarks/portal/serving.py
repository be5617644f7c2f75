"""Serves a site by one process of its own, for as long as something is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

SERVER = Path(__file__).parents[2] / "bin" / "lib"
SECONDS = 60


@contextmanager
def served(site: str) -> Iterator[str]:
	"""The address of the site. The working directory is the bench's `sites`, as after connecting."""
	address = f"127.0.0.1:{_free_port()}"
	command = [sys.executable, "-m", "gunicorn", "--pythonpath", str(SERVER), "--bind", address]
	server = subprocess.Popen(
		[*command, "--workers", "1", "--timeout", "120", "--log-level", "warning", "serve_site:application"],
		env={**os.environ, "MENTOR_SERVE_SITE": site},
	)
	try:
		_wait(server, address)
		yield f"http://{address}"
	finally:
		server.terminate()
		server.wait(SECONDS)


def _free_port() -> int:
	with socket.socket() as found:
		found.bind(("127.0.0.1", 0))
		return found.getsockname()[1]


def _wait(server: subprocess.Popen, address: str) -> None:
	until = time.monotonic() + SECONDS
	while time.monotonic() < until and server.poll() is None:
		try:
			requests.get(f"http://{address}/api/method/ping", timeout=SECONDS).raise_for_status()
			return
		except requests.ConnectionError:
			time.sleep(0.2)
	sys.exit(f"The site isn't served on {address}.")
