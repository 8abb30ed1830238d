// A box that offers what Python finds for the letters typed, by the pattern of an editable combobox.
// Names reach the page only as textContent and values, never as HTML.

const PAUSE = 120; // ms without a key before Python is asked

export default function (component) {
  const root = component.parentElement.querySelector(".mitra-search");
  root.mitra ??= new Box(root);
  root.mitra.show(component);
}

class Box {
  constructor(root) {
    this.root = root;
    this.input = root.querySelector("input");
    this.list = root.querySelector("ul");
    this.button = root.querySelector(".clear");
    this.told = root.querySelector(".told");
    this.at = -1;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.entered());
    this.input.addEventListener("blur", () => (this.leaving = setTimeout(() => this.left(), 200)));
    this.list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    this.list.addEventListener("click", (event) => this.pick(event.target.closest("li")));
    this.button.addEventListener("click", () => this.clear());
  }

  show(component) {
    this.component = component;
    const { label, hint, clear, chosen, language, options, asked, nothing } = component.data;
    this.root.lang = language;
    this.root.querySelector("label").textContent = label;
    this.input.placeholder = hint;
    this.input.setAttribute("aria-label", label);
    this.list.setAttribute("aria-label", label);
    this.button.setAttribute("aria-label", clear);
    const name = chosen?.name ?? "";
    if (this.name !== name) {
      this.name = name;
      if (!this.open) this.input.value = name; // what is being typed stays
    }
    this.button.hidden = !this.input.value;
    if (this.open && asked === this.wanted) this.fill(options, nothing);
  }

  // What the reader does ----------------------------------------------------------------------

  entered() {
    clearTimeout(this.leaving); // who comes back at once must not lose what is typed then
    this.input.select();
  }

  typed() {
    this.wanted = this.input.value.trim();
    this.button.hidden = !this.input.value;
    clearTimeout(this.waiting);
    if (!this.wanted) return this.close();
    this.open = true;
    this.waiting = setTimeout(() => this.component.setStateValue("typed", this.wanted), PAUSE);
    return undefined;
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.rows.length) this.mark(this.at + steps[event.key]);
    else if (event.key === "Enter" && this.open) this.enter();
    else if (event.key === "Escape") this.left();
    else return;
    event.preventDefault();
  }

  // What is shown may answer fewer letters than were typed: then the first of what is to come is meant.
  enter() {
    if (this.filled === this.wanted) this.pick(this.rows[Math.max(0, this.at)]);
    else this.hasty = true;
  }

  left() {
    clearTimeout(this.waiting);
    if (this.open) this.input.value = this.name ?? "";
    this.button.hidden = !this.input.value;
    this.close();
  }

  clear() {
    this.input.value = "";
    this.button.hidden = true;
    this.close();
    if (this.name) this.component.setTriggerValue("picked", { id: "" });
    this.input.focus();
  }

  pick(row) {
    if (!row) return;
    this.close();
    this.name = undefined; // what Python answers is shown even if it is the same as before
    this.input.value = row.dataset.name;
    this.component.setTriggerValue("picked", { id: row.dataset.id });
  }

  // The list ----------------------------------------------------------------------------------

  get rows() {
    return [...this.list.children];
  }

  fill(options, nothing) {
    this.list.replaceChildren(...options.map(item));
    this.told.textContent = options.length ? "" : nothing;
    this.list.hidden = !options.length;
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.mark(options.length ? 0 : -1);
    this.filled = this.wanted;
    if (this.hasty) this.pick(this.rows[0]);
    this.hasty = false;
  }

  close() {
    this.open = false;
    this.hasty = false;
    this.wanted = undefined;
    this.filled = undefined;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.told.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  mark(at) {
    const rows = this.rows;
    this.at = rows.length ? (at + rows.length) % rows.length : -1;
    rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === this.at)));
    const marked = rows[this.at];
    if (!marked) return;
    this.input.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  }
}

const item = ({ id, name, kind }, place) => {
  const row = document.createElement("li");
  row.id = `mitra-option-${place}`;
  row.setAttribute("role", "option");
  Object.assign(row.dataset, { id, name });
  row.textContent = name;
  const small = document.createElement("span");
  small.textContent = kind;
  row.append(small);
  return row;
};
