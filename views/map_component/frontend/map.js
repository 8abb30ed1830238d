// Draws the maps that Python gives. Names reach the page only as textContent and attributes, never as HTML.

const SVG = "http://www.w3.org/2000/svg";
// Shapes as well as colours tell the states apart: radius 1 around the origin.
const SHAPES = {
  active: "M-1,0A1,1 0 1 0 1,0A1,1 0 1 0 -1,0Z",
  lapsed: "M0,-1.2L1.2,0L0,1.2L-1.2,0Z",
  planned: "M-1,0A1,1 0 1 0 1,0A1,1 0 1 0 -1,0Z",
  none: "M-.95,-.95H.95V.95H-.95Z",
  unknown: "M-.7,0A.7,.7 0 1 0 .7,0A.7,.7 0 1 0 -.7,0Z",
};

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".mitra-map");
  const focused = root.getRootNode().activeElement?.dataset?.id;
  root.classList.toggle("dark", isDark(root));
  const draw = data.tiles ? tiles : data.multiples ? multiples : points;
  root.replaceChildren(draw(data, setTriggerValue), legend(data.legend, draw !== points));
  if (focused) root.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus();
}

function isDark(root) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#fff";
  const [red, green, blue] = canvas.fillStyle.match(/[\da-f]{2}/gi).map((each) => parseInt(each, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function made(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

function drawnAs(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function title(text) {
  const element = document.createElementNS(SVG, "title");
  element.textContent = text;
  return element;
}

function tiles(data, setTriggerValue) {
  const grid = made("nav", { className: "tiles", ariaLabel: data.label });
  for (const tile of data.tiles) {
    const link = made(
      "a",
      { href: tile.href, title: tile.title, ariaLabel: tile.title, className: `tile level-${tile.level ?? "empty"}` },
      made("span", { className: "name", textContent: tile.name }),
      made("b", { textContent: tile.figure }),
      made("span", { className: "detail", textContent: tile.detail }),
    );
    link.style.gridArea = `${tile.row + 1} / ${tile.column + 1}`;
    grid.append(choosing(link, tile, setTriggerValue));
  }
  return grid;
}

// A link that is followed only into a new tab; otherwise Python is told which was clicked, and the page stays.
function choosing(link, which, setTriggerValue) {
  link.dataset.id = which.id;
  if (which.chosen) link.setAttribute("aria-current", "true");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("tile", which.id);
  });
  return link;
}

function multiples(data, setTriggerValue) {
  const all = made("div", { className: "multiples", role: "group", ariaLabel: data.label });
  for (const panel of data.multiples) {
    const head = made(
      "a",
      { href: panel.href, title: panel.title },
      made("span", { textContent: panel.name }),
      made("b", { textContent: panel.figure }),
    );
    const cells = made("div", { className: panel.form });
    cells.append(...panel.cells.map((cell) => (panel.form === "bars" ? bar : mini)(cell, setTriggerValue)));
    const told = made("p", { textContent: panel.note });
    all.append(made("section", {}, made("h4", {}, choosing(head, panel, setTriggerValue)), cells, told));
  }
  return all;
}

function mini(cell, setTriggerValue) {
  const tile = cell.href
    ? made("a", { href: cell.href, title: cell.title, ariaLabel: cell.title, textContent: cell.figure })
    : made("span", { title: cell.title });
  tile.className = `mini level-${cell.level}`;
  tile.style.gridArea = `${cell.row + 1} / ${cell.column + 1}`;
  return cell.href ? choosing(tile, cell, setTriggerValue) : tile;
}

function bar(cell, setTriggerValue) {
  const length = made("span", { className: "length" });
  length.style.width = `${100 * cell.share}%`;
  const link = made(
    "a",
    { href: cell.href, title: cell.title, className: "bar" },
    made("span", { className: "name", textContent: cell.name }),
    made("span", { className: "field" }, length),
    made("b", { textContent: cell.figure }),
  );
  return choosing(link, cell, setTriggerValue);
}

function points(data) {
  const [width, height] = data.size;
  const map = drawnAs("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": data.label });
  map.append(drawnAs("path", { d: data.land, class: "land" }));
  for (const region of data.regions) {
    map.append(drawnAs("path", { d: region.path, class: `region level-${region.level ?? "empty"}` }, title(region.title)));
  }
  for (const point of data.points) {
    const at = `translate(${point.x},${point.y}) scale(${data.radius * (point.size ?? 1)})`;
    const link = drawnAs("a", { href: point.href, tabindex: "-1", class: `point state-${point.state}`, transform: at });
    link.append(title(point.title), drawnAs("path", { d: SHAPES[point.state] }));
    map.append(link);
  }
  return map;
}

function legend(rows, squares) {
  const list = made("ul", { className: "legend" });
  for (const row of rows) {
    const sign = squares
      ? made("span", { className: `sign level-${row.level ?? "empty"}` })
      : drawnAs(
          "svg",
          { viewBox: "-1.5 -1.5 3 3", class: `sign point state-${row.state}`, "aria-hidden": "true" },
          drawnAs("path", { d: SHAPES[row.state] }),
        );
    list.append(made("li", {}, sign, made("span", { textContent: row.text })));
  }
  return list;
}
