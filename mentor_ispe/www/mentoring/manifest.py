"""What a phone needs to put the members' pages on its home screen: the site's name, colours and icon."""

from __future__ import annotations

import json

from mentor_ispe.portal.icon import SIZES, icon_address
from mentor_ispe.portal.shell import shell, theme_palettes

no_cache = 1
base_template_path = "www/mentoring/manifest.json"


def get_context(context):
	frame = shell(context)
	light, _dark = theme_palettes(context.theme)
	context.manifest = json.dumps(
		{
			"id": "/mentoring",
			"name": frame.site_name,
			"short_name": frame.site_name[:12].strip(),
			"start_url": "/mentoring",
			# The login is part of the app.
			"scope": "/",
			"display": "standalone",
			"lang": frame.language,
			"dir": frame.direction,
			"theme_color": light.background,
			"background_color": light.background,
			"icons": [
				{
					"src": icon_address(context.theme, size),
					"sizes": f"{size}x{size}",
					"type": "image/png",
					"purpose": "any maskable",
				}
				for size in SIZES
			],
		}
	)
	return context
