frappe.ui.form.on("Mentoring Mailing", {
	refresh(frm) {
		frm.set_intro("");
		if (frm.is_new()) return;
		const { Queued: sent = 0, Pending: pending = 0, Failed: failed = 0, Skipped: skipped = 0 } =
			frm.doc.__onload?.delivery || {};
		const waiting = pending + failed;
		const facts = [__("Sent: {0}", [sent])];
		if (pending) facts.push(__("Waiting: {0}", [pending]));
		if (failed) facts.push(__("Failed, will be tried again: {0}", [failed]));
		if (skipped) facts.push(__("Skipped: {0}", [skipped]));
		frm.set_intro(facts.join(" · "), failed ? "orange" : waiting ? "blue" : "green");
		frm.add_custom_button(__("Show recipients"), () =>
			frappe.set_route("List", "Mentoring Notice", {
				reference_doctype: frm.doctype,
				reference_name: frm.docname,
			})
		);
		if (waiting && mentor_ispe.is_coordinator()) {
			frm.add_custom_button(__("Stop sending"), () =>
				frappe.confirm(__("{0} people won't get this email. Stop sending?", [waiting]), () =>
					mentor_ispe.act(frm, "mailings.stop", { mailing: frm.docname }, __("Stopped"))
				)
			);
		}
	},
});
