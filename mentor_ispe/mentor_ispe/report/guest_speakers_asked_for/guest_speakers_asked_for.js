{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Guest Speakers Asked For", [
	{"fieldname": "by", "label": "Grouped by", "fieldtype": "Select", "options": [{"value": "Topic", "label": "Topic"}, {"value": "Program", "label": "Program"}, {"value": "Cycle", "label": "Cycle"}], "default": "Topic", "reqd": 1},
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Asked from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Asked until", "fieldtype": "Date"},
]);
