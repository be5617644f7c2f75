"""The members' pages: what they have in common. Each page is in `www/mentoring/`, its forms are sent to `api/`."""
