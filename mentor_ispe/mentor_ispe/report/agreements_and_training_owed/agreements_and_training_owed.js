{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Agreements and Training Owed", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "owes", "label": "Owes", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Signature", "label": "Signature"}, {"value": "Training", "label": "Training"}]},
	{"fieldname": "shown", "label": "Rows at most", "fieldtype": "Int", "default": 500},
]);
