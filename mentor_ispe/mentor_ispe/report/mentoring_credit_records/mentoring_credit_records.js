{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Credit Records", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Cycle starts from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Cycle starts until", "fieldtype": "Date"},
	{"fieldname": "state", "label": "Status", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Not Met", "label": "Not Met"}, {"value": "At Risk", "label": "At Risk"}, {"value": "On Track", "label": "On Track"}, {"value": "Met", "label": "Met"}]},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
