frappe.ui.form.on("Mentoring Agreement", {
	refresh(frm) {
		frm.set_intro("");
		frm.set_df_property("text", "read_only", frm.doc.status === "Draft" ? 0 : 1);
		mentor_ispe.starting_points.offer(frm);
		if (frm.is_new() || !mentor_ispe.is_coordinator()) return;
		const agreement = frm.docname;
		if (frm.doc.status === "Draft") {
			frm.set_intro(__("This is a draft. Publish it so that people can sign it."), "blue");
			frm.add_custom_button(__("Publish"), () =>
				frappe.confirm(
					__("Publish version {0}? You can't edit the text afterwards, and everyone must sign again.", [
						frm.doc.version,
					]),
					() => mentor_ispe.act(frm, "publish_agreement", { agreement }, __("Published"))
				)
			).addClass("btn-primary");
		} else if (frm.doc.status === "Published") {
			frm.add_custom_button(__("New version"), async () => {
				const draft = await mentor_ispe.call("new_agreement_version", { agreement });
				frappe.set_route("Form", "Mentoring Agreement", draft.name);
			});
		}
	},
});
