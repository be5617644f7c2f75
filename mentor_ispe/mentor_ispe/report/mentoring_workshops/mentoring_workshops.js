{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Workshops", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "From date", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "To date", "fieldtype": "Date"},
]);
