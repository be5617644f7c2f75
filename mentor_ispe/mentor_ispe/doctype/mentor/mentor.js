frappe.ui.form.on("Mentor", {
	setup(frm) {
		frm.set_query("cycle", () => ({ filters: { status: ["in", ["Open", "Matching", "Running"]] } }));
	},
	refresh(frm) {
		mentor_ispe.applications.refresh(frm);
		offer_usual_seats(frm);
	},
	cycle: offer_usual_seats,
});

// The program's usual number, until somebody enters another one.
async function offer_usual_seats(frm) {
	const { cycle, seats_offered } = frm.doc;
	if (!frm.is_new() || !cycle || (seats_offered && seats_offered !== frm.usual_seats)) return;
	const { message: of_cycle } = await frappe.db.get_value("Mentoring Cycle", cycle, "program");
	const { message: usual } = await frappe.db.get_value("Mentoring Program", of_cycle.program, "default_seats");
	if (!frm.is_new() || frm.doc.cycle !== cycle) return;
	frm.usual_seats = usual.default_seats || 1;
	await frm.set_value("seats_offered", frm.usual_seats);
}
