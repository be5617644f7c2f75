const CLOSED = ["Resolved", "Reassigned", "Ended"];
const NEXT_STEPS = {
	Open: ["In Mediation", "Resolved", "Reassigned", "Ended"],
	"In Mediation": ["Resolved", "Reassigned", "Ended", "Open"],
	Resolved: ["Open"],
	Reassigned: ["Open"],
	Ended: ["Open"],
};

frappe.ui.form.on("Mentoring Concern", {
	refresh(frm) {
		frm.set_intro("");
		const known = !frm.is_new();
		for (const field of ["status", "answer", "step_note"]) frm.set_df_property(field, "read_only", known ? 1 : 0);
		frm.toggle_display("step_note", !known);
		frm.set_df_property("status", "read_only", 1);
		if (!known) return;
		if (frm.doc.status === "Open" && !frm.doc.assigned_to) {
			frm.set_intro(__("No coordinator is assigned to this concern yet."), "red");
		} else if (!CLOSED.includes(frm.doc.status)) {
			frm.set_intro(__("The person who raised it is notified of every step."), "orange");
		}
		if (!mentor_ispe.is_coordinator()) return;
		frm.add_custom_button(__("Next step"), () => take_step(frm)).addClass("btn-primary");
		frm.add_custom_button(__("Note"), () => add_note(frm));
		if (frm.doc.assigned_to !== frappe.session.user) {
			frm.add_custom_button(__("Assign to me"), () =>
				act(frm, { assigned_to: frappe.session.user }, __("This concern is assigned to you"))
			);
		}
	},
});

const act = (frm, args, done) => mentor_ispe.act(frm, "support.take_step", { concern: frm.docname, ...args }, done);

function take_step(frm) {
	const dialog = new frappe.ui.Dialog({
		title: __("Next step"),
		fields: [
			{
				fieldname: "status",
				fieldtype: "Select",
				label: __("New status"),
				options: NEXT_STEPS[frm.doc.status].map((value) => ({ value, label: __(value) })),
				default: NEXT_STEPS[frm.doc.status][0],
				reqd: 1,
			},
			{
				fieldname: "answer",
				fieldtype: "Small Text",
				label: __("Message to the person"),
				description: __("Shown to the person who raised the concern. The email says there is an update, but not what it is."),
				default: frm.doc.answer,
				mandatory_depends_on: `eval:${JSON.stringify(CLOSED)}.includes(doc.status)`,
			},
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Internal note"),
				description: __("Only coordinators see it."),
			},
		],
		primary_action_label: __("Save step"),
		primary_action({ status, answer, note }) {
			dialog.hide();
			act(frm, { status, answer: answer || "", note: note || "" }, __("Saved. The person has been notified."));
		},
	});
	dialog.show();
}

function add_note(frm) {
	mentor_ispe.ask_for_words(
		{
			title: __("Note"),
			label: __("Note"),
			description: __("Saved with today's date. Only coordinators see it; nobody is notified."),
			required: true,
			action: __("Keep"),
		},
		(note) => act(frm, { note }, __("Saved"))
	);
}
