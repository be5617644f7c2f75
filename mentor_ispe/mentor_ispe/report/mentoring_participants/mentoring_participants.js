{% include "mentor_ispe/public/js/reports.js" %}
{% include "mentor_ispe/public/js/participants.js" %}

mentor_ispe.reports.define("Mentoring Participants", [
	{"fieldname": "program", "label": "Program", "fieldtype": "Link", "options": "Mentoring Program"},
	{"fieldname": "cycle", "label": "Cycle", "fieldtype": "Link", "options": "Mentoring Cycle"},
	{"fieldname": "role", "label": "Role", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Mentor", "label": "Mentor"}, {"value": "Mentee", "label": "Mentee"}, {"value": "Peer", "label": "Peer"}]},
	{"fieldname": "status", "label": "Status", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Applied", "label": "Applied"}, {"value": "Approved", "label": "Approved"}, {"value": "Rejected", "label": "Rejected"}, {"value": "Active", "label": "Active"}, {"value": "Completed", "label": "Completed"}, {"value": "Withdrawn", "label": "Withdrawn"}]},
	{"fieldname": "membership", "label": "Membership", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "Active", "label": "Active"}, {"value": "Grace", "label": "Grace"}, {"value": "Lapsed", "label": "Lapsed"}, {"value": "Never", "label": "Never"}, {"value": "Unknown", "label": "Unknown"}]},
	{"fieldname": "group", "label": "Group", "fieldtype": "Select", "options": [{"value": "", "label": ""}, {"value": "In a group", "label": "In a group"}, {"value": "Without a group", "label": "Without a group"}, {"value": "Not met yet", "label": "Not met yet"}]},
	{"fieldname": "current", "label": "Current cycles only", "fieldtype": "Check", "default": 1},
	{"fieldname": "shown", "label": "Maximum rows", "fieldtype": "Int", "default": 500},
]);
