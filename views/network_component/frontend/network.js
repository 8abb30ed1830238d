// Draws the picture that Python gives and tells Python what the reader does with it.
// Names reach the page only as canvas text or textContent, never as HTML.

const DOUBLE = 350; // ms within which a second click belongs to a double click
const SMALLEST = 0.45; // no zooming out below this by itself: labels would be unreadable
const SMALLEST_OF_NARROW = 0.25; // on a telephone the whole picture comes first, to be drawn nearer with two fingers
const NARROW = 600; // pixels
const LARGEST = 1.25;
const GLIDE = { duration: 250, easingFunction: "easeOutQuad" };
const SVG = "http://www.w3.org/2000/svg";

const load = async (url) => {
  if (!globalThis.vis?.Network) await import(new URL(url, document.baseURI).href);
  return globalThis.vis;
};

export default function (component) {
  const root = component.parentElement.querySelector(".mitra-network");
  root.mitra ??= new View(root);
  root.mitra.show(component);
  return () => setTimeout(() => root.isConnected || root.mitra?.close());
}

class View {
  constructor(root) {
    this.root = root;
    this.field = root.querySelector(".field");
    this.shown = new Map(); // "n" or "e" + id -> the row as Python gave it, in JSON
    this.last = { id: null, at: 0 };
    this.moved = {};
  }

  async show(component) {
    this.component = component;
    this.data = component.data;
    this.dress();
    if (this.net) return this.follow();
    this.say(".waiting", this.data.words.drawing);
    try {
      this.vis = await load(this.data.library);
      this.say(".waiting", "");
    } catch {
      this.say(".waiting", this.data.words.failed);
      return undefined;
    }
    if (this.net || this.closed) return undefined;
    this.start();
    return this.update();
  }

  close() {
    this.closed = true;
    this.net?.destroy();
    this.net = undefined;
    delete this.root.mitra;
  }

  say(selector, text) {
    this.root.querySelector(selector).textContent = text;
  }

  // The frame around the canvas ---------------------------------------------------------------

  dress() {
    const { words, height, language } = this.data;
    this.root.lang = language;
    this.field.style.height = `min(${height}px, 78svh, max(20rem, 120vw))`; // room to scroll past it on a telephone
    this.field.setAttribute("aria-label", words.summary);
    this.field.setAttribute("aria-description", words.keys);
    this.say(".fit", words.fit);
    this.say(".png", words.png);
    const list = this.root.querySelector(".legend");
    const at = [...list.querySelectorAll("button")].indexOf(this.root.getRootNode().activeElement);
    const tell = this.data.filters && ((mark) => this.tell("mark", mark));
    list.replaceChildren(...this.data.legend.map((entry) => legendItem(entry, tell)));
    list.querySelectorAll("button")[at]?.focus(); // the button pressed is made anew
    list.title = tell ? words.marks : "";
  }

  start() {
    this.nodes = new this.vis.DataSet();
    this.edges = new this.vis.DataSet();
    this.theme = readTheme(this.root);
    const data = { nodes: this.nodes, edges: this.edges };
    this.net = new this.vis.Network(this.field, data, this.themed(this.data.options));
    this.net.on("click", (event) => this.clicked(event));
    this.net.on("doubleClick", ({ nodes }) => nodes.length && this.tell("node_open", nodes[0]));
    this.net.on("dragEnd", ({ nodes }) => nodes.length && this.dragged(nodes));
    for (const [event, cursor] of Object.entries({ hoverNode: "pointer", blurNode: "" }))
      this.net.on(event, () => (this.field.style.cursor = cursor));
    this.net.on("showPopup", () => performance.now() - this.last.at < DOUBLE && this.hush());
    this.field.addEventListener("mouseleave", () => this.hush());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.root.querySelector(".fit").onclick = () => this.fit();
    this.root.querySelector(".png").onclick = () => this.download();
  }

  follow() {
    const theme = readTheme(this.root);
    if (JSON.stringify(theme) !== JSON.stringify(this.theme)) this.rethemed(theme);
    return this.update();
  }

  // What Python shows -------------------------------------------------------------------------

  update() {
    const first = !this.shown.size;
    const { edges, focus } = this.data;
    const nodes = this.upright(this.data.nodes);
    this.drop(this.edges, "e", edges);
    this.drop(this.nodes, "n", nodes);
    const fresh = this.put(this.nodes, "n", nodes, (row) => this.painted(row));
    this.put(this.edges, "e", edges, (row) => row);
    if (focus !== this.focus && this.nodes.get(focus)) this.net.selectNodes([focus]);
    this.focus = focus;
    if (first) this.net.fit({ minZoomLevel: this.smallest(), maxZoomLevel: LARGEST });
    else if (fresh.length) this.reveal(fresh);
    this.root.dataset.drawn = `${this.nodes.length}/${this.edges.length}`;
  }

  smallest() {
    return this.field.clientWidth < NARROW ? SMALLEST_OF_NARROW : SMALLEST;
  }

  // A picture that runs from left to right runs downwards where the field is higher than wide.
  upright(nodes) {
    this.turned ??= Boolean(this.data.turns) && this.field.clientWidth < this.field.clientHeight;
    return this.turned ? nodes.map((row) => ({ ...row, x: 1.12 * row.y, y: 0.75 * row.x })) : nodes;
  }

  drop(set, kind, rows) {
    const wanted = new Set(rows.map(({ id }) => id));
    const gone = set.getIds().filter((id) => !wanted.has(id));
    set.remove(gone);
    gone.forEach((id) => this.shown.delete(kind + id));
  }

  // Changes only what Python changed, so that what the reader moved stays where it is.
  put(set, kind, rows, paint) {
    const fresh = [];
    const changed = [];
    for (const row of rows) {
      const before = this.shown.get(kind + row.id);
      const now = JSON.stringify(row);
      if (before === now) continue;
      if (!before) fresh.push(row.id);
      const next = paint(row);
      const old = before && JSON.parse(before);
      if (old && old.x === row.x && old.y === row.y) {
        delete next.x;
        delete next.y;
      }
      if (old?.label && !row.label) set.remove(row.id); // vis-network keeps a label that becomes empty
      changed.push(next);
      this.shown.set(kind + row.id, now);
    }
    if (changed.length) set.update(changed);
    return fresh;
  }

  fit() {
    this.net.fit({ maxZoomLevel: LARGEST, animation: GLIDE });
  }

  // Zooms out just so far that new nodes are seen beside those seen before.
  reveal(ids) {
    const seen = this.nodes.getIds().filter((id) => this.inView(id));
    if (ids.every((id) => seen.includes(id))) return;
    const all = [...new Set([...seen, ...ids])];
    this.net.once("afterDrawing", () => {
      const nodes = all.filter((id) => this.nodes.get(id));
      this.net?.fit({ nodes, minZoomLevel: this.smallest(), maxZoomLevel: LARGEST, animation: GLIDE });
    });
    this.net.redraw();
  }

  inView(id) {
    const { x, y } = this.net.canvasToDOM(this.net.getPosition(id));
    return x > 40 && y > 30 && x < this.field.clientWidth - 40 && y < this.field.clientHeight - 50;
  }

  // The theme ---------------------------------------------------------------------------------

  themed(options) {
    const { ink, paper, line, chosen, font } = this.theme;
    const text = { face: font, color: ink, background: paper };
    return {
      ...options,
      nodes: { ...options.nodes, font: { ...options.nodes.font, ...text } },
      edges: {
        ...options.edges,
        font: { ...options.edges.font, ...text },
        color: { ...options.edges.color, color: line, highlight: chosen, hover: chosen },
      },
    };
  }

  painted(row) {
    const chosen = { background: row.color.background, border: this.theme.ink };
    return { ...row, color: { ...row.color, highlight: chosen, hover: chosen } };
  }

  rethemed(theme) {
    this.theme = theme;
    this.net.setOptions(this.themed(this.data.options));
    this.nodes.update(this.nodes.get({ fields: ["id", "color"] }).map((row) => this.painted(row)));
    this.edges.update(this.edges.get());
  }

  // What the reader does ----------------------------------------------------------------------

  tell(what, id) {
    this.component.setTriggerValue(what, id);
  }

  clicked({ nodes, edges }) {
    this.field.focus({ preventScroll: true });
    this.hush();
    const id = nodes[0] ?? edges[0];
    const again = id === this.last.id && performance.now() - this.last.at < DOUBLE;
    this.last = { id, at: performance.now() };
    if (again || id === undefined) return;
    this.tell(nodes.length ? "node_click" : "edge_click", id);
  }

  // Hides the popup: it would cover what a click brings, and stay when the pointer leaves the canvas.
  hush() {
    const popup = this.field.querySelector(".vis-tooltip");
    if (popup) popup.style.visibility = "hidden";
  }

  dragged(ids) {
    const places = this.net.getPositions(ids);
    for (const id of ids) this.moved[id] = [places[id].x, places[id].y];
    this.component.setStateValue("moved", { ...this.moved });
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      Enter: () => this.enter(event.shiftKey),
      Tab: () => this.step(event.shiftKey ? -1 : 1),
      ArrowLeft: () => this.toward(-1, 0),
      ArrowRight: () => this.toward(1, 0),
      ArrowUp: () => this.toward(0, -1),
      ArrowDown: () => this.toward(0, 1),
      Escape: () => this.choose(null),
      e: () => this.nextEdge(),
      "+": () => this.zoom(1.2),
      "-": () => this.zoom(1 / 1.2),
      0: () => this.fit(),
    }[event.key];
    if (act && act() !== false) event.preventDefault();
  }

  zoom(factor) {
    this.net.moveTo({ scale: this.net.getScale() * factor });
  }

  enter(open) {
    const { nodes, edges } = this.net.getSelection();
    if (nodes.length) this.tell(open ? "node_open" : "node_click", nodes[0]);
    else if (edges.length) this.tell("edge_click", edges[0]);
    return Boolean(nodes.length || edges.length);
  }

  chosen() {
    return this.net.getSelectedNodes()[0] ?? this.from;
  }

  // Moves through the nodes line by line; past the last one the focus leaves the picture.
  step(way) {
    const places = this.net.getPositions();
    const order = Object.keys(places).sort(
      (a, b) => Math.round(places[a].y / 80) - Math.round(places[b].y / 80) || places[a].x - places[b].x,
    );
    const at = order.indexOf(this.chosen());
    const next = order[at < 0 ? (way > 0 ? 0 : -1) : at + way];
    return next === undefined ? false : this.choose(next);
  }

  toward(dx, dy) {
    const places = this.net.getPositions();
    const from = places[this.chosen()];
    if (!from) return this.step(1);
    let best = null;
    let least = Infinity;
    for (const [id, { x, y }] of Object.entries(places)) {
      const along = (x - from.x) * dx + (y - from.y) * dy;
      const across = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
      if (along > 1 && along + 2 * across < least) [best, least] = [id, along + 2 * across];
    }
    return best === null ? true : this.choose(best);
  }

  choose(id) {
    if (id === null && !this.chosen()) return false;
    this.from = id ?? undefined;
    if (id === null) this.net.unselectAll();
    else {
      this.net.selectNodes([id]);
      if (!this.inView(id)) this.net.focus(id, { scale: this.net.getScale(), animation: GLIDE });
    }
    this.say(".said", id === null ? "" : this.nodes.get(id).title);
    return true;
  }

  nextEdge() {
    const node = this.chosen();
    if (!node) return false;
    const edges = this.net.getConnectedEdges(node);
    const [current, ...more] = this.net.getSelectedEdges();
    const at = more.length || !this.from ? -1 : edges.indexOf(current);
    const next = edges[(at + 1) % edges.length];
    if (!next) return false;
    this.from = node;
    this.net.selectEdges([next]);
    this.say(".said", this.edges.get(next).title);
    return true;
  }

  // The picture as a file ---------------------------------------------------------------------

  download() {
    const canvas = withLegend(this.field.querySelector("canvas"), shownOf(this.data.legend), this.theme);
    canvas.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = this.data.words.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    });
  }
}

function legendItem({ label, name, says, color, outline, shape, dashed, faint, off }, tell) {
  const item = document.createElement("li");
  const inside = tell ? document.createElement("button") : item;
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", outline);
  path.classList.toggle("line", shape === "line");
  path.classList.toggle("dashed", dashed);
  path.classList.toggle("faint", faint);
  if (color) path.setAttribute("fill", color);
  svg.append(path);
  inside.append(svg, name);
  if (says) item.title = says;
  if (!tell) return item;
  inside.type = "button";
  inside.setAttribute("aria-pressed", String(!off));
  inside.onclick = () => tell(label);
  item.append(inside);
  return item;
}

const shownOf = (legend) => legend.filter(({ off }) => !off);

function withLegend(drawn, legend, { ink, paper, font }) {
  const ratio = drawn.width / drawn.clientWidth;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const style = `13px ${font}`;
  pen.font = style;
  const places = flow(legend, drawn.clientWidth, (text) => pen.measureText(text).width);
  const rows = places.length ? places.at(-1).row + 1 : 0;
  canvas.width = drawn.width;
  canvas.height = drawn.height + (rows * 24 + 16) * ratio;
  pen.fillStyle = paper;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn, 0, 0);
  pen.scale(ratio, ratio);
  pen.font = style;
  for (const { entry, x, row } of places) mark(pen, entry, x, drawn.clientHeight + 8 + row * 24, ink);
  return canvas;
}

function flow(legend, width, measure) {
  let x = 16;
  let row = 0;
  return legend.map((entry) => {
    const wide = measure(entry.name) + 44;
    if (x > 16 && x + wide > width) [x, row] = [16, row + 1];
    const place = { entry, x, row };
    x += wide;
    return place;
  });
}

function mark(pen, { name, color, outline, shape, dashed, faint }, x, y, ink) {
  pen.save();
  pen.translate(x, y);
  pen.globalAlpha = faint ? 0.4 : 1;
  pen.setLineDash(dashed ? [4, 3] : []);
  pen.fillStyle = color || ink;
  pen.strokeStyle = ink;
  pen.lineWidth = 2;
  if (shape === "line") pen.stroke(new Path2D(outline));
  else pen.fill(new Path2D(outline));
  pen.restore();
  pen.fillStyle = ink;
  pen.fillText(name, x + 22, y + 13);
}

// Streamlit gives its theme as custom properties, in any notation of a colour; the canvas wants plain ones.
function readTheme(root) {
  const style = getComputedStyle(root);
  const paper = plainColor(style.backgroundColor);
  const dark = paper.reduce((sum, part) => sum + part, 0) < 384;
  return {
    ink: `rgb(${plainColor(style.color)})`,
    paper: `rgb(${paper})`,
    line: dark ? "#7d8998" : "#8a95a3",
    chosen: dark ? "#c4cdd8" : "#3e4c59",
    font: style.fontFamily || "sans-serif",
  };
}

function plainColor(color) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.fillStyle = color;
  pen.fillRect(0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
