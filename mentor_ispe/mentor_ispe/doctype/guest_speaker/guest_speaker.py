from frappe.model.document import Document


class GuestSpeaker(Document):
	pass
