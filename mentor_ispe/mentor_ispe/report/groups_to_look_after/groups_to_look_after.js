{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Groups to Look After", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "needing", "label": "That need somebody", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Rows at most", "fieldtype": "Int", "default": 500},
]);
