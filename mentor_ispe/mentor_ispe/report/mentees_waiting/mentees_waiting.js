{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentees Waiting", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Cycle starts from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Cycle starts until", "fieldtype": "Date"},
	{"fieldname": "overdue", "label": "Past the promised date", "fieldtype": "Check", "default": 0},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
