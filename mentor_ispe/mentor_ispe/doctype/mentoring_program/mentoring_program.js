// What usually holds in each format; the coordinator changes what is different here.
const USUAL = {
	"One-on-One": { group_size_min: 1, group_size_max: 1, requires_moderator: 0, default_seats: 1, max_seats: 5 },
	Group: { group_size_min: 3, group_size_max: 8, requires_moderator: 1, default_seats: 8, max_seats: 8 },
	"Peer Circle": { group_size_min: 5, group_size_max: 10, requires_moderator: 0, may_be_both: 0, credit_scheme: "" },
};

frappe.ui.form.on("Mentoring Program", {
	setup(frm) {
		frm.set_query("agreement", "agreements", () => ({ filters: { status: "Published" } }));
	},

	refresh(frm) {
		frm.set_intro("");
		set_credit_schemes(frm);
		set_meeting_links(frm);
		mentor_ispe.starting_points.offer(frm);
		if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
		if (frm.doc.status === "Draft") {
			frm.set_intro(__("This is a draft. Only coordinators see this program until you publish it."), "blue");
			frm.add_custom_button(__("Publish"), () => set_status(frm, "Published")).addClass("btn-primary");
		} else if (frm.doc.status === "Published") {
			frm.add_custom_button(__("New cycle"), () =>
				frappe.new_doc("Mentoring Cycle", { program: frm.docname, format: frm.doc.format })
			);
		}
		frm.add_custom_button(
			__("Preview committee report"),
			() => mentor_ispe.preview_committee_report(frm),
			__("Committee")
		);
		frm.add_custom_button(
			__("Send now"),
			() => mentor_ispe.send_committee_report(frm),
			__("Committee")
		);
	},

	format(frm) {
		if (frm.is_new()) frm.set_value(USUAL[frm.doc.format]);
	},
});

async function set_credit_schemes(frm) {
	const schemes =
		(frm.doc.__onload || {}).credit_schemes || (await frappe.xcall("mentor_ispe.api.goals.credit_schemes"));
	const field = frm.get_field("credit_scheme");
	if (field && field.set_data) field.set_data(schemes);
}

function set_meeting_links(frm) {
	const field = frm.get_field("meeting_links");
	const known = (frm.doc.__onload || {}).meeting_links || ["", "Jitsi", "Own Room"];
	if (field && field.set_data) field.set_data(known.map((value) => ({ value, label: __(value) })));
}

async function set_status(frm, status) {
	await frm.set_value("status", status);
	return frm.save();
}
