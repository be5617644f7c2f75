{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Feedback Ratings", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "From month", "fieldtype": "Date", "default": "a year of months ago"},
	{"fieldname": "to_date", "label": "To month", "fieldtype": "Date", "default": "today"},
	{"fieldname": "kind", "label": "Kind", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Session", "label": "Session"}, {"value": "Check-in", "label": "Check-in"}, {"value": "Group Update", "label": "Group Update"}, {"value": "Closing", "label": "Closing"}, {"value": "Program", "label": "Program"}]},
]);
