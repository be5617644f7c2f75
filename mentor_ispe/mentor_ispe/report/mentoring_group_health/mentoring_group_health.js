{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Group Health", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
]);
