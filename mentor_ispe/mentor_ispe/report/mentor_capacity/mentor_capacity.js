{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentor Capacity", [
	{"fieldname": "by", "label": "Group by", "fieldtype": "Select", "options": [{"value": "Cycle", "label": "Cycle"}, {"value": "Program", "label": "Program"}, {"value": "Chapter", "label": "Chapter"}, {"value": "Country", "label": "Country"}, {"value": "Industry", "label": "Industry"}, {"value": "Career Stage", "label": "Career stage"}], "default": "Cycle", "reqd": 1},
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
]);
