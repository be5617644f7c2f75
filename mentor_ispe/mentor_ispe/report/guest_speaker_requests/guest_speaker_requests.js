{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Guest Speaker Requests", [
	{"fieldname": "by", "label": "Group by", "fieldtype": "Select", "options": [{"value": "Topic", "label": "Topic"}, {"value": "Program", "label": "Program"}, {"value": "Cycle", "label": "Cycle"}], "default": "Topic", "reqd": 1},
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Requested from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Requested until", "fieldtype": "Date"},
]);
