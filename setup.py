"""For tools that ask setuptools; pip and bench read pyproject.toml, and so does this."""

import re
from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent

setup(
	version=re.search(r'__version__ = "(.+)"', (ROOT / "mentor_ispe" / "__init__.py").read_text())[1],
	packages=find_packages(include=["mentor_ispe", "mentor_ispe.*"]),
	package_data={"mentor_ispe": ["**/*"]},
	exclude_package_data={"": ["__pycache__/*", "**/__pycache__/*"]},
)
