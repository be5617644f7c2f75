// The emails of the programs and their words: /app/mentoring-emails
frappe.pages["mentoring-emails"].on_page_load = (wrapper) => {
	frappe.ui.make_app_page({ parent: wrapper, title: __("Emails"), single_column: true });
};

frappe.pages["mentoring-emails"].on_page_show = async (wrapper) => {
	await frappe.require(["mentoring_emails.bundle.css", "mentoring_emails.bundle.js"]);
	wrapper.emails = wrapper.emails || new mentor_ispe.EmailsPage(wrapper.page);
	wrapper.emails.show(frappe.get_route());
};
