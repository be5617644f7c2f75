{% include "mentor_ispe/public/js/reports.js" %}

mentor_ispe.reports.define("Mentoring Participation", [
	{"fieldname": "by", "label": "Group by", "fieldtype": "Select", "options": [{"value": "Chapter", "label": "Chapter"}, {"value": "Country", "label": "Country"}, {"value": "Industry", "label": "Industry"}, {"value": "Career Stage", "label": "Career stage"}, {"value": "Program", "label": "Program"}, {"value": "Year", "label": "Year"}], "default": "Chapter", "reqd": 1},
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "from_date", "label": "Cycle starts from", "fieldtype": "Date"},
	{"fieldname": "to_date", "label": "Cycle starts until", "fieldtype": "Date"},
	{"fieldname": "who", "label": "All participants", "fieldtype": "Select", "options": [{"value": "", "label": "Role"}, {"value": "Applied", "label": "Applied"}]},
]);
