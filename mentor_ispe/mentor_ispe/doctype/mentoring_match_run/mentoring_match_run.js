const BUNDLES = ["match_run.bundle.css", "match_run.bundle.js"];

frappe.ui.form.on("Mentoring Match Run", {
	setup(frm) {
		// Room for the result; the icon beside the title brings the sidebar back.
		if (window.innerWidth > 991) frm.page.sidebar?.hide();
		$(frm.wrapper).on("dirty", () => !frm.is_new() && frm.enable_save());
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
	},

	async refresh(frm) {
		// The headline of the result says all of this, once there is one.
		const said_there = ["cycle", "program", "format", "status", "progress", "message"];
		said_there.forEach((field) => frm.toggle_display(field, frm.is_new()));
		frm.toggle_display("result_section", !frm.is_new());
		if (frm.is_new()) return;
		frm.disable_save(); // until a parameter is changed
		add_buttons(frm);
		await frappe.require(BUNDLES);
		frm.match_run_page = frm.match_run_page || new mentor_ispe.MatchRunPage(frm);
		await frm.match_run_page.show();
	},
});

function add_buttons(frm) {
	const { status } = frm.doc;
	const page = (what) => () => frm.match_run_page && frm.match_run_page[what]();
	if (frm.doc.ended_on) frm.add_custom_button(__("Compare with…"), page("compare"));
	if (!mentor_ispe.is_coordinator()) return;
	if (["Ready", "Failed", "Stopped"].includes(status)) frm.add_custom_button(__("Run again"), page("start"));
	if (frm.doc.ended_on) frm.add_custom_button(__("Try other settings"), () => frm.copy_doc());
	const may_preview = frm.doc.format === "Group" && ["Draft", "Ready", "Failed", "Stopped"].includes(status);
	if (may_preview) frm.add_custom_button(__("Preview"), page("preview"));
	if (status === "Draft") frm.add_custom_button(__("Run"), page("start")).addClass("btn-primary");
	if (status === "Ready" && frm.doc.matched) frm.add_custom_button(__("Publish"), page("publish")).addClass("btn-primary");
	if (status === "Published") {
		frm.add_custom_button(__("Match unmatched people"), page("rematch")).addClass("btn-primary");
	}
}
