// What a coordinator does next with a cycle in each status: button, and the status it leads to.
const NEXT_STEPS = {
	Draft: [[__("Open for applications"), "Open"]],
	Open: [[__("Close applications, start matching"), "Matching"]],
	Matching: [
		[__("Start the cycle"), "Running"],
		[__("Open again"), "Open"],
	],
	Running: [[__("Complete the cycle"), "Completed"]],
};

frappe.ui.form.on("Mentoring Cycle", {
	setup(frm) {
		frm.set_query("program", () => ({ filters: { status: ["!=", "Archived"] } }));
	},

	program: propose_end,
	start_date: propose_end,

	refresh(frm) {
		frm.set_df_property("status", "read_only", 1);
		if (frm.is_new()) return;
		show_funnel(frm);
		if (!mentor_ispe.is_coordinator()) return;
		const move_to = (status) =>
			mentor_ispe.act(frm, "set_cycle_status", { cycle: frm.docname, status }, __(status));
		(NEXT_STEPS[frm.doc.status] || []).forEach(([label, status], index) => {
			const button = frm.add_custom_button(label, () =>
				frappe.confirm(__("{0}: {1}?", [frm.docname, label]), () => move_to(status))
			);
			if (index === 0) button.addClass("btn-primary");
		});
		if (NEXT_STEPS[frm.doc.status]) {
			frm.add_custom_button(
				__("Cancel the cycle"),
				() => frappe.confirm(__("Cancel {0} for everyone in it?", [frm.docname]), () => move_to("Cancelled")),
				__("More")
			);
		}
		if (["Open", "Matching", "Running"].includes(frm.doc.status)) {
			frm.add_custom_button(__("Match"), () => match(frm));
			frm.add_custom_button(__("New group"), () =>
				frappe.new_doc("Mentoring Group", { cycle: frm.docname, program: frm.doc.program, format: frm.doc.format })
			);
		}
	},
});

// The server fills the last day as well; here it is seen, and can be changed, before the first save.
async function propose_end(frm) {
	if (frm.doc.end_date || !frm.doc.start_date || !frm.doc.program) return;
	const months = await frappe.db.get_value("Mentoring Program", frm.doc.program, "length_months");
	const after = frappe.datetime.add_months(frm.doc.start_date, months.message.length_months);
	frm.set_value("end_date", frappe.datetime.add_days(after, -1));
}

// A run over everyone who is open; its page shows how far it is and then the result.
async function match(frm) {
	const asked = { method: "mentor_ispe.api.matching.new_run", args: { cycle: frm.docname }, freeze: true };
	const answer = await frappe.call(asked).catch(() => null); // a refusal has been shown by then
	if (answer) frappe.set_route("Form", "Mentoring Match Run", answer.message.name);
}

async function show_funnel(frm) {
	const unmatched = { cycle: frm.docname, status: "Approved", mentoring_group: ["is", "not set"] };
	const [counts, waiting] = await Promise.all([
		mentor_ispe.call("funnel", { cycle: frm.docname }),
		frappe.db.count("Mentee", { filters: unmatched }),
	]);
	const count = (doctype, status) => (counts[doctype] || {})[status] || 0;
	const steps = [
		[__("Mentors applied"), "Mentor", { status: "Applied" }, count("Mentor", "Applied")],
		[__("Mentees applied"), "Mentee", { status: "Applied" }, count("Mentee", "Applied")],
		[__("Waiting for a match"), "Mentee", unmatched, waiting],
		[__("Proposed groups"), "Mentoring Group", { status: "Proposed" }, count("Mentoring Group", "Proposed")],
		[__("Active groups"), "Mentoring Group", { status: "Active" }, count("Mentoring Group", "Active")],
		[__("Completed groups"), "Mentoring Group", { status: "Completed" }, count("Mentoring Group", "Completed")],
	].filter(([, doctype]) => !(frm.doc.format === "Peer Circle" && doctype === "Mentor"));

	// A link for each step: the list behind a number is one click away.
	const bar = $(`<div class="row text-center"></div>`);
	for (const [label, doctype, filters, number] of steps) {
		$(`<a class="col" href="#">
			<div class="h4 mb-0 ${number ? "" : "text-muted"}">${number}</div>
			<div class="small text-muted">${label}</div>
		</a>`)
			.on("click", (event) => {
				event.preventDefault();
				frappe.set_route("List", doctype, { cycle: frm.docname, ...filters });
			})
			.appendTo(bar);
	}
	frm.dashboard.add_section(bar, __("Where people are"));
	frm.dashboard.show();
}
