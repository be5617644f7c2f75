{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Hours by Person", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Cycle starts from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Cycle starts until", "fieldtype": "Date"},
	{"fieldname": "short_only", "label": "Behind on hours", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
