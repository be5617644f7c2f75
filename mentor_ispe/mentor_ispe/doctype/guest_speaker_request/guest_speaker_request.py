from frappe.model.document import Document


class GuestSpeakerRequest(Document):
	pass
