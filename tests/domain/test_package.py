"""setup.py says of the package what pyproject.toml says, and takes all of it along."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import mentor_ispe

ROOT = Path(__file__).parents[2]


def test_setup_py_builds_the_package(tmp_path):
	pytest.importorskip("setuptools")
	source, built = tmp_path / "source", tmp_path / "built"
	source.mkdir()
	for name in ("setup.py", "pyproject.toml", "README.md", "license.txt", "mentor_ispe"):
		(source / name).symlink_to(ROOT / name)
	command = [sys.executable, "setup.py", "-q", "bdist_wheel", "--dist-dir", str(built)]
	subprocess.run(command, cwd=source, check=True, capture_output=True, timeout=300)
	(wheel,) = built.iterdir()
	assert wheel.name.startswith(f"mentor_ispe-{mentor_ispe.__version__}-")
	inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("mentor_ispe/")}
	folder = ROOT / "mentor_ispe"
	ours = {
		f"mentor_ispe/{path.relative_to(folder).as_posix()}"
		for path in folder.rglob("*")
		if path.is_file() and not path.name.startswith(".") and not {"__pycache__", "dist"} & {*path.parts}
	}
	assert ours <= inside
	assert not [name for name in inside if "__pycache__" in name]
