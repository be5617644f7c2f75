// Frappe's text editor with fields: each stands in the text as its words, in one piece, and is kept by its key.

const BLOT = "mentoring_field";
let ready = false;

// Teaches the editor that Frappe brings what a field is. Labels are in the element, so that it is read out as it looks.
function teach(Quill) {
	if (ready) return;
	ready = true;
	const Embed = Quill.import("blots/embed");
	class FieldBlot extends Embed {
		static create(value) {
			const node = super.create();
			node.dataset.field = value.key;
			node.dataset.label = value.label;
			node.textContent = value.label;
			node.title = value.label;
			return node;
		}
		static value(node) {
			return { key: node.dataset.field, label: node.dataset.label };
		}
	}
	FieldBlot.blotName = BLOT;
	FieldBlot.tagName = "span";
	FieldBlot.className = "email-field";
	Quill.register(FieldBlot, true);
}

// The editor's class is part of Frappe's text editor, and of nothing that can be imported.
function editor_class() {
	const control = frappe.ui.form.make_control({
		parent: document.createElement("div"),
		df: { fieldtype: "Text Editor", fieldname: "text" },
		render_input: true,
	});
	teach(control.quill.constructor);
	return control.quill.constructor;
}

export class FieldsEditor {
	// `one_line`: a subject. `changed` is called when somebody has typed.
	constructor(parent, { label, one_line = false, changed }) {
		const Quill = editor_class();
		const place = document.createElement("div");
		parent.append(place);
		const stay = { key: "Enter", handler: () => false };
		this.quill = new Quill(place, {
			theme: "snow",
			bounds: parent,
			modules: {
				toolbar: one_line
					? false
					: [["bold", "italic"], [{ list: "bullet" }, { list: "ordered" }], ["link"], ["clean"]],
				keyboard: { bindings: one_line ? { enter: stay } : {} },
			},
			formats: one_line ? [BLOT] : ["bold", "italic", "list", "link", "blockquote", BLOT],
		});
		const box = this.quill.root;
		box.setAttribute("role", "textbox");
		box.setAttribute("aria-label", label);
		box.setAttribute("aria-multiline", String(!one_line));
		if (!one_line) name_buttons(parent);
		this.quill.on("text-change", (_new, _old, source) => source === "user" && changed());
		// When one goes to the menu, the editor says where one was.
		this.quill.on("selection-change", (now, before) => {
			this.last = now || before || this.last;
		});
	}

	// `labels` gives the words of each field by its key.
	set(html, labels) {
		const page = new DOMParser().parseFromString(html, "text/html");
		for (const span of page.querySelectorAll("span[data-field]")) {
			const label = labels[span.dataset.field] || span.dataset.field;
			span.className = "email-field";
			span.dataset.label = label;
			span.textContent = label;
		}
		this.quill.setContents(this.quill.clipboard.convert({ html: page.body.innerHTML, text: "" }), "api");
		this.quill.history.clear();
		this.last = null;
	}

	get() {
		if (this.quill.getLength() <= 1) return "";
		return this.quill.root.innerHTML;
	}

	insert({ key, label }) {
		const at = this.quill.getSelection() || this.last || { index: this.quill.getLength() - 1, length: 0 };
		if (at.length) this.quill.deleteText(at.index, at.length, "user");
		this.quill.insertEmbed(at.index, BLOT, { key, label }, "user");
		this.quill.setSelection(at.index + 1, 0, "user");
		this.quill.focus();
	}
}

// Quill's buttons are pictures without words.
function name_buttons(parent) {
	const names = [
		[".ql-bold", __("Bold text")],
		[".ql-italic", __("Italic text")],
		[".ql-list[value=bullet]", __("Bulleted list")],
		[".ql-list[value=ordered]", __("Numbered list")],
		[".ql-link", __("Add link")],
		[".ql-clean", __("Remove formatting")],
	];
	for (const [selector, name] of names) {
		const button = parent.querySelector(`button${selector}`);
		if (!button) continue;
		button.setAttribute("aria-label", name);
		button.title = name;
	}
}
