{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Groups Needing Attention", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "needing", "label": "Needing attention", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
