frappe.listview_settings["Membership Roll Entry"] = {
	onload: (listview) => mentor_ispe.offer_import(listview, { kind: "Membership Roll" }),
};
