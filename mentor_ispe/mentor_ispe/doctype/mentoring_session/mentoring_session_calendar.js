frappe.views.calendar["Mentoring Session"] = {
	field_map: {
		start: "starts_on",
		end: "ends_on",
		id: "name",
		title: "group_title",
		allDay: "allDay",
		color: "color",
	},
	gantt: false,
	get_css_class: (event) => event.color, // Frappe's name for the color's name
	get_events_method: "mentor_ispe.api.desk.session_events",
	filters: [
		{ fieldtype: "Link", fieldname: "cycle", options: "Mentoring Cycle", label: __("Cycle") },
		{ fieldtype: "Link", fieldname: "mentoring_group", options: "Mentoring Group", label: __("Group") },
	],
};
