"""What a phone needs to put the members' pages on its home screen: the site's name, colours and icon."""

from __future__ import annotations

import json

from mentor_ispe.portal.icon import SIZES, icon_address
from mentor_ispe.portal.shell import initials_of, shell, theme_palettes

no_cache = 1
# Phones show about so many letters below an icon.
LETTERS = 12
base_template_path = "www/mentoring/manifest.json"


def get_context(context):
	frame = shell(context)
	light, _dark = theme_palettes(context.theme)
	context.manifest = json.dumps(
		{
			"id": "/mentoring",
			"name": frame.site_name,
			"short_name": short_name(frame.site_name),
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


def short_name(name: str) -> str:
	"""As many whole words of it as fit below an icon; the initials when not even one does."""
	words = name.split()
	fitting = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
	return next((each for each in fitting if len(each) <= LETTERS), initials_of(name))
