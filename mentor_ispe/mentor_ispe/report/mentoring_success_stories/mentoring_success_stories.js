{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Success Stories", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Given from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Given until", "fieldtype": "Date"},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
