frappe.listview_settings["Mentoring Workshop"] = {
	hide_name_column: true,
	add_fields: ["status", "places", "places_taken", "starts_on"],
	get_indicator(doc) {
		if (doc.status !== "Planned") {
			return [__(doc.status), doc.status === "Held" ? "green" : "gray", `status,=,${doc.status}`];
		}
		if (doc.places && doc.places_taken >= doc.places) return [__("Full"), "orange", "status,=,Planned"];
		return [__("Planned"), "blue", "status,=,Planned"];
	},
};
