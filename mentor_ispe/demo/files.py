"""The demo's data files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
	import tomllib
else:  # Frappe 15 runs on Python 3.10 too, and brings this one along
	import tomli as tomllib

FOLDER = Path(__file__).parent


def read(name: str) -> dict[str, Any]:
	"""Read one file of this folder, for example "people.toml"."""
	return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_programs() -> list[dict[str, Any]]:
	"""Read every program, in the order of the file names."""
	return [read(f"programs/{path.name}") for path in sorted((FOLDER / "programs").glob("*.toml"))]
