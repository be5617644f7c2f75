frappe.ui.form.on("Mentoring Committee Report", {
	refresh(frm) {
		frm.disable_save();
		show_mail(frm);
		frm.add_custom_button(__("PDF"), () =>
			window.open(
				`/api/method/mentor_ispe.api.committee.pdf?report=${encodeURIComponent(frm.docname)}`
			)
		);
	},
});

async function show_mail(frm) {
	const wrapper = frm.get_field("shown").$wrapper;
	const { html } = await mentor_ispe.call("committee.shown", { report: frm.docname });
	mentor_ispe.show_mail(wrapper, html, frm.doc.subject);
}
