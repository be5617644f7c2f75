"""`python -m mentor_ispe.reports`: write the files that Frappe wants of every report. See docs/contributing.md."""

from __future__ import annotations

import shutil

from mentor_ispe.reports.files import files, left_over

for folder in left_over():
	shutil.rmtree(folder)
	print(f"removed {folder}")
for path, text in files().items():
	if not path.exists() or path.read_text(encoding="utf-8") != text:
		path.parent.mkdir(parents=True, exist_ok=True)
		path.write_text(text, encoding="utf-8")
		print(f"wrote {path}")
