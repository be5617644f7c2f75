// A mail in a frame of its own: none of its scripts, forms or styles reaches the Desk.
frappe.provide("mentor_ispe");

mentor_ispe.show_mail = (wrapper, html, title) => {
	const frame = document.createElement("iframe");
	// Same origin, so that its height can be read; without allow-scripts nothing in it runs.
	frame.setAttribute("sandbox", "allow-same-origin allow-popups");
	frame.title = title || "";
	frame.style.cssText = "width:100%;min-height:320px;border:1px solid var(--border-color);border-radius:6px;background:white";
	frame.srcdoc = `<base target="_blank">${html}`;
	const fit = () => {
		const page = frame.contentDocument && frame.contentDocument.documentElement;
		if (page) frame.style.height = `${page.scrollHeight + 4}px`;
	};
	frame.addEventListener("load", fit);
	window.addEventListener("resize", fit);
	$(wrapper).empty().append(frame);
};

mentor_ispe.preview_committee_report = async (frm) => {
	const found = await mentor_ispe.call("committee.preview", { program: frm.docname });
	return show_committee_report(found, __("Send now"), () => mentor_ispe.send_committee_report(frm, found));
};

// The closing report of a cycle: to look at, to print, to send.
mentor_ispe.closing_report = async (frm) => {
	if (frm.is_dirty()) await frm.save();
	const cycle = frm.docname;
	const found = await mentor_ispe.call("committee.preview_closing", { cycle });
	const dialog = show_committee_report(found, __("Send to committee"), async () => {
		const name = await mentor_ispe.call("committee.send_closing", { cycle });
		frappe.set_route("Form", "Mentoring Committee Report", name);
	});
	dialog.set_secondary_action_label(__("PDF"));
	dialog.set_secondary_action(() =>
		window.open(`/api/method/mentor_ispe.api.committee.closing_pdf?cycle=${encodeURIComponent(cycle)}`)
	);
};

function show_committee_report(found, action, send) {
	const goes_to = found.recipients.filter((one) => !one.reason).map((one) => one.email);
	const dialog = new frappe.ui.Dialog({
		title: found.subject,
		size: "large",
		fields: [
			{ fieldname: "to", fieldtype: "HTML" },
			{ fieldname: "mail", fieldtype: "HTML" },
		],
		primary_action_label: action,
		primary_action() {
			dialog.hide();
			send();
		},
	});
	const said = [
		goes_to.length ? __("Will be sent to {0}.", [goes_to.join(", ")]) : "",
		...found.recipients.filter((one) => one.reason).map((one) => __("Skipped: {0}", [one.reason])),
		found.waits,
	].filter(Boolean);
	dialog.get_field("to").$wrapper.append(
		said.map((words) => $("<p class='text-muted small'>").text(words))
	);
	if (found.waits) dialog.get_primary_btn().hide();
	dialog.show();
	dialog.$wrapper.on("shown.bs.modal", () =>
		mentor_ispe.show_mail(dialog.get_field("mail").$wrapper, found.html, found.subject)
	);
	return dialog;
}

mentor_ispe.send_committee_report = async (frm, found) => {
	found = found || (await mentor_ispe.call("committee.preview", { program: frm.docname }));
	if (found.waits) return frappe.msgprint(found.waits);
	const goes_to = found.recipients.filter((one) => !one.reason).map((one) => one.email);
	frappe.confirm(
		__("Send the report for {0} to {1} now to {2}? The next report starts the day after.", [
			frappe.datetime.str_to_user(found.from),
			frappe.datetime.str_to_user(found.to),
			frappe.utils.escape_html(goes_to.join(", ")),
		]),
		async () => {
			const name = await mentor_ispe.call("committee.send_now", { program: frm.docname });
			frappe.set_route("Form", "Mentoring Committee Report", name);
		}
	);
};
