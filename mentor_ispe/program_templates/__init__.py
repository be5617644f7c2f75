"""What a new association starts from: the rules of real programs, and texts to sign. The demo runs on them too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
	import tomllib
else:  # Frappe 15 runs on Python 3.10 too, and brings this one along
	import tomli as tomllib

FOLDER = Path(__file__).parent


def read_toml(path: Path) -> dict[str, Any]:
	return tomllib.loads(path.read_text(encoding="utf-8"))


def read_programs() -> dict[str, dict[str, Any]]:
	"""Every program by the name of its file, in the order of these names."""
	return {path.stem: read_toml(path) for path in sorted((FOLDER / "programs").glob("*.toml"))}


def read_agreements() -> dict[str, dict[str, str]]:
	"""The texts to sign, by the keys that programs name them with."""
	return read_toml(FOLDER / "agreements.toml")
