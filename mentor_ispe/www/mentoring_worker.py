"""The worker of the members' pages, with the addresses of the files of this version."""

from __future__ import annotations

import json

from mentor_ispe.portal.icon import SIZES, icon_address
from mentor_ispe.portal.shell import FILES, asset, version

no_cache = 1
base_template_path = "www/mentoring-worker.js"


def get_context(context):
	context.version = version()
	context.icon = icon_address(context.theme, SIZES[0])
	context.files = json.dumps([asset(path) for path in FILES])
	return context
