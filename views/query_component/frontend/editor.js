// A textarea over a coloured copy of its text: what is written reaches the page as textContent only.

const TOKEN = new RegExp(
  [
    "(?<comment>//[^\\n]*|/\\*[\\s\\S]*?(?:\\*/|$))",
    "(?<string>'(?:[^'\\\\]|\\\\.)*'?|\"(?:[^\"\\\\]|\\\\.)*\"?|`[^`]*`?)",
    "(?<parameter>\\$\\w+)",
    "(?<kind>(?<=[\\w(\\[|]\\s*):\\s*[A-Za-z_]\\w*(?:\\s*[|&]\\s*:?[A-Za-z_]\\w*)*)",
    "(?<number>\\b\\d+(?:\\.\\d+)?\\b)",
    "(?<keyword>(?<![.])\\b(?:ALL|AND|ANY|AS|ASC|BY|CALL|CASE|COLLECT|CONTAINS|COUNT|DESC|DISTINCT|ELSE|END|ENDS|EXISTS|FALSE|IN|IS|" +
      "LIMIT|MATCH|NONE|NOT|NULL|OPTIONAL|OR|ORDER|RETURN|SKIP|STARTS|THEN|TRUE|UNION|UNWIND|WHEN|WHERE|WITH|XOR|YIELD)\\b)",
  ].join("|"),
  "gi",
);

export default function (component) {
  const root = component.parentElement.querySelector(".mitra-cypher");
  root.mitra ??= new Editor(root);
  root.mitra.show(component);
}

class Editor {
  constructor(root) {
    this.root = root;
    this.field = root.querySelector("textarea");
    this.copy = root.querySelector("code");
    this.field.addEventListener("input", () => this.paint());
    this.field.addEventListener("change", () => this.tell());
    this.field.addEventListener("keydown", (event) => this.key(event));
  }

  show(component) {
    this.component = component;
    const { text, version, label, most } = component.data;
    this.field.setAttribute("aria-label", label);
    this.field.maxLength = most;
    this.root.classList.toggle("dark", isDark(this.root));
    if (version === this.version) return;
    this.version = version;
    this.field.value = this.told = text;
    this.paint();
  }

  // What Python knows is not told again: the page would be drawn anew under the click that left the field.
  tell() {
    if (this.field.value === this.told) return;
    this.told = this.field.value;
    this.component.setStateValue("text", this.told);
  }

  key(event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.tell();
    this.component.setTriggerValue("run", this.field.value);
  }

  paint() {
    const text = this.field.value;
    const parts = [];
    let at = 0;
    for (const found of text.matchAll(TOKEN)) {
      const [kind] = Object.entries(found.groups).find(([, part]) => part !== undefined);
      const piece = document.createElement("span");
      piece.className = kind;
      piece.textContent = found[0];
      parts.push(text.slice(at, found.index), piece);
      at = found.index + found[0].length;
    }
    this.copy.replaceChildren(...parts, text.slice(at), "\n"); // the last line break gives the caret its line
  }
}

function isDark(root) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = getComputedStyle(root).backgroundColor;
  pen.fillRect(0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  return red + green + blue < 384;
}
