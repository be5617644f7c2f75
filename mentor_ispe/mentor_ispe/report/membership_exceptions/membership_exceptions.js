{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Membership Exceptions", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "state", "label": "Standing", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Lapsed", "label": "Lapsed"}, {"value": "Never", "label": "Never"}, {"value": "Unknown", "label": "Unknown"}, {"value": "Grace", "label": "Grace"}]},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
