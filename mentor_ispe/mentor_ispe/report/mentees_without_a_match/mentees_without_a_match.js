{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentees Without a Match", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Cycle starts from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Cycle starts until", "fieldtype": "Date"},
	{"fieldname": "waiting_only", "label": "Still waiting", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
