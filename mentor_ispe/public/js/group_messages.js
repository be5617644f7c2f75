// The messages of a group, opened by a coordinator with a reason that the group reads.

frappe.ui.form.on("Mentoring Group", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Draft" || !mentor_ispe.is_coordinator()) return;
		frm.add_custom_button(__("Open messages…"), () => ask_why(frm.docname), __("More"));
	},
});

function ask_why(group) {
	mentor_ispe.ask_for_words(
		{
			title: __("Open messages"),
			label: __("Reason for opening the notes"),
			description: __("Everyone in the group gets an email saying that you opened the notes, with your reason."),
			required: true,
			action: __("Open"),
		},
		async (reason) => show_messages(await mentor_ispe.call("open_conversation", { group, reason }))
	);
}

// Shown in a dialog and nowhere kept.
function show_messages({ messages }) {
	const esc = (words) => frappe.utils.escape_html(words || "").replaceAll("\n", "<br>");
	const one = (message) => `<p><strong>${esc(message.full_name)}</strong>
		<span class="text-muted">${frappe.datetime.str_to_user(message.written_on)}</span><br>
		${message.deleted ? `<em>${__("This message was deleted.")}</em>` : esc(message.text)}
		${message.file_name ? `<br><em>${esc(message.file_name)}</em>` : ""}</p>`;
	const dialog = new frappe.ui.Dialog({ title: __("Group messages"), size: "large" });
	dialog.$body.html(messages.map(one).join("") || `<p>${__("No messages.")}</p>`);
	dialog.show();
}
