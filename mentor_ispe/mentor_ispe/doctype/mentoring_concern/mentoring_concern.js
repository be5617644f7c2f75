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
			frm.set_intro(__("Nobody looks after this concern yet."), "red");
		} else if (!CLOSED.includes(frm.doc.status)) {
			frm.set_intro(__("The person hears of every step that you take."), "orange");
		}
		if (!mentor_ispe.is_coordinator()) return;
		frm.add_custom_button(__("Next step"), () => take_step(frm)).addClass("btn-primary");
		frm.add_custom_button(__("Note"), () => add_note(frm));
		if (frm.doc.assigned_to !== frappe.session.user) {
			frm.add_custom_button(__("Look after it"), () =>
				act(frm, { assigned_to: frappe.session.user }, __("You look after this concern"))
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
				label: __("The concern is now"),
				options: NEXT_STEPS[frm.doc.status].map((value) => ({ value, label: __(value) })),
				default: NEXT_STEPS[frm.doc.status][0],
				reqd: 1,
			},
			{
				fieldname: "answer",
				fieldtype: "Small Text",
				label: __("Words to the person"),
				description: __("Seen by the person who raised it. A mail says that there is news, not what."),
				default: frm.doc.answer,
				mandatory_depends_on: `eval:${JSON.stringify(CLOSED)}.includes(doc.status)`,
			},
			{
				fieldname: "note",
				fieldtype: "Small Text",
				label: __("Note on this step"),
				description: __("Kept with the step, for coordinators only."),
			},
		],
		primary_action_label: __("Take the step"),
		primary_action({ status, answer, note }) {
			dialog.hide();
			act(frm, { status, answer: answer || "", note: note || "" }, __("Done; the person is told"));
		},
	});
	dialog.show();
}

function add_note(frm) {
	mentor_ispe.ask_for_words(
		{
			title: __("Note"),
			label: __("Note"),
			description: __("Kept with its date, for coordinators only; nobody is told."),
			required: true,
			action: __("Keep"),
		},
		(note) => act(frm, { note }, __("Kept"))
	);
}
