{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Outstanding Agreements and Training", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "owes", "label": "Outstanding", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Signature", "label": "Signature"}, {"value": "Training", "label": "Training"}]},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
