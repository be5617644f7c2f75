{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Feedback Comments", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Given from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Given until", "fieldtype": "Date"},
	{"fieldname": "kind", "label": "Kind", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Session", "label": "Session"}, {"value": "Check-in", "label": "Check-in"}, {"value": "Group Update", "label": "Group Update"}, {"value": "Closing", "label": "Closing"}, {"value": "Program", "label": "Program"}, {"value": "Success Story", "label": "Success Story"}]},
	{"fieldname": "at_most_stars", "label": "Maximum stars", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "1", "label": "1"}, {"value": "2", "label": "2"}, {"value": "3", "label": "3"}, {"value": "4", "label": "4"}]},
	{"fieldname": "with_words", "label": "With comments", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
