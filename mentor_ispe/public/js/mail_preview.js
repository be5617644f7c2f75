// On our Email Templates: the mail as it would go out, with what was announced last.
frappe.ui.form.on("Email Template", {
	refresh(frm) {
		const ours = frm.docname.startsWith("Mentoring: ");
		const staff = frappe.user.has_role(["Mentoring Coordinator", "System Manager"]);
		if (frm.is_new() || !ours || !staff) return;
		frm.add_custom_button(__("Preview with real data"), () => {
			if (frm.is_dirty()) {
				frappe.msgprint(__("Save first. The preview shows the saved version."));
				return;
			}
			show_preview(frm.docname);
		});
	},
});

function show_preview(email_template) {
	const template = email_template.replace(/ \([\w-]+\)$/, "");
	const of_template =
		template === "Mentoring: Your Day" ? { joined_in: template } : { template };
	const dialog = new frappe.ui.Dialog({
		title: __("Preview: {0}", [email_template]),
		size: "large",
		no_focus: true,
		fields: [
			{
				fieldname: "profile",
				fieldtype: "Link",
				options: "Mentoring Profile",
				label: __("Person"),
				change: () => show(),
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "notice",
				fieldtype: "Link",
				options: "Mentoring Notice",
				label: __("Regarding"),
				description: __("Leave empty to use the latest one."),
				get_query: () => {
					const profile = dialog.get_value("profile");
					return { filters: profile ? { ...of_template, profile } : of_template };
				},
				change: () => show(),
			},
			{ fieldtype: "Column Break" },
			{
				fieldname: "language",
				fieldtype: "Link",
				options: "Language",
				label: __("Language"),
				description: __("Leave empty to use the recipient's language."),
				change: () => show(),
			},
			{ fieldtype: "Section Break" },
			{ fieldname: "mail", fieldtype: "HTML" },
		],
	});
	const show = async () => {
		const { profile, notice, language } = dialog.get_values(true);
		const response = await frappe.call({
			method: "mentor_ispe.api.mails.preview",
			args: { email_template, profile, notice, language },
		});
		draw(dialog.get_field("mail").$wrapper, response.message);
	};
	dialog.show();
	show();
}

function draw($wrapper, mail) {
	$wrapper.empty();
	const source = mail.notice
		? __("As sent to {0}.", [mail.recipient])
		: __("No email of this kind has been sent yet. The preview uses sample data.");
	$("<p class='text-muted small'></p>").text(source).appendTo($wrapper);
	$("<h4 class='mail-preview-subject'></h4>").text(mail.subject).appendTo($wrapper);
	// Without any permission: nothing in the mail can run, or reach the Desk around it.
	$("<iframe sandbox='' style='width: 100%; height: 45vh; border: 1px solid var(--border-color)'></iframe>")
		.attr({ srcdoc: mail.html, title: __("HTML email") })
		.appendTo($wrapper);
	$("<h5 class='mt-4'></h5>").text(__("Plain text")).appendTo($wrapper);
	$("<pre class='mail-preview-text' style='white-space: pre-wrap'></pre>").text(mail.text).appendTo($wrapper);
}
