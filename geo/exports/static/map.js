// The map: outlines, hatched bands, rings and tags that keep apart, and names where there is room.
const map = $("map");
const land = make("g"), hatches = make("g"), marks = make("g"), names = make("g");
const pattern = make("pattern", { id: "hatch", patternUnits: "userSpaceOnUse", width: 5, height: 5 },
  make("rect", { width: 1.1, height: 5, fill: "var(--hatch)" }));
const defs = make("defs", {}, pattern);
for (const { key, d } of areas.values()) defs.append(make("clipPath", { id: key }, make("path", { d })));
map.append(defs, land, hatches, marks, names);
map.classList.toggle("ground", Boolean(ground));
for (const { properties, geometry } of features("countries")) {
  land.append(make("path", { class: properties.home ? "country home" : "country", d: path(geometry) }));
}
for (const { geometry } of features("regions")) land.append(make("path", { class: "region", d: path(geometry) }));

const corners = [];
for (let step = 0; step <= 8; step++) {
  const lon = sides[0] + ((sides[2] - sides[0]) * step) / 8, lat = sides[1] + ((sides[3] - sides[1]) * step) / 8;
  corners.push(at([lon, sides[1]]), at([lon, sides[3]]), at([sides[0], lat]), at([sides[2], lat]));
}
const reach = (axis, pick) => pick(...corners.map((corner) => corner[axis]));
const whole = { x: (reach(0, Math.min) + reach(0, Math.max)) / 2, y: (reach(1, Math.min) + reach(1, Math.max)) / 2,
  w: Math.max(reach(0, Math.max) - reach(0, Math.min), 5) * 1.1, h: Math.max(reach(1, Math.max) - reach(1, Math.min), 5) * 1.1 };
const view = { x: whole.x, y: whole.y, zoom: 1 };
let scale = 1; // pixels per unit

function place() {
  const { width, height } = map.getBoundingClientRect();
  scale = Math.min(width / whole.w, height / whole.h) * view.zoom || 1;
  const shift = `translate(${width / 2} ${height / 2}) scale(${scale}) translate(${-view.x} ${-view.y})`;
  land.setAttribute("transform", shift);
  hatches.setAttribute("transform", shift);
  pattern.setAttribute("patternTransform", `rotate(45) scale(${1 / scale})`);
  const screen = (x, y) => [(x - view.x) * scale + width / 2, (y - view.y) * scale + height / 2];
  drawMarks(screen, width, height);
}

const size = (n) => (n === 1 ? 5.5 : Math.min(8.5 + 2.9 * Math.sqrt(n), 26));

function merged(groups) {
  const kept = [];
  for (const group of groups.sort((a, b) => b.list.length - a.list.length || (a.name < b.name ? -1 : 1))) {
    const near = kept.find((other) =>
      Math.hypot(other.x - group.x, other.y - group.y) < size(other.list.length) + size(group.list.length) + 2);
    if (near) { near.list = near.list.concat(group.list); near.places += group.places; } else kept.push(group);
  }
  return kept.length < groups.length ? merged(kept) : kept;
}

/** Groups of what is shown: by point, and by area for what has none. */
function grouped() {
  const byPlace = new Map(), byArea = new Map();
  for (const one of filtered()) {
    const [into, key] = one.lon === undefined ? [byArea, one.area_id] : [byPlace, `${one.lon},${one.lat}`];
    if (!into.has(key)) into.set(key, []);
    into.get(key).push(one);
  }
  return [[...byPlace.values()], [...byArea]];
}

function ring(list) {
  const radius = size(list.length), mark = make("g", { class: "mark" }, make("circle", { r: radius + 2, class: "halo" }));
  const counts = kinds.map((kind) => [kind, list.filter((one) => one.event_type === kind).length]).filter(([, n]) => n);
  if (list.length === 1) mark.append(make("circle", { r: radius, fill: tone(counts[0][0]) }));
  else {
    const middle = radius * 0.82, length = 2 * Math.PI * middle;
    let turned = 0;
    for (const [kind, n] of counts) {
      const part = (n / list.length) * length;
      mark.append(make("circle", { r: middle, fill: "none", stroke: tone(kind), "stroke-width": radius * 0.36,
        "stroke-dasharray": `${part} ${length - part}`, "stroke-dashoffset": -turned, transform: "rotate(-90)" }));
      turned += part;
    }
    mark.append(make("text", { y: 4 }, `${list.length}`));
  }
  return mark;
}

function drawMarks(screen, width, height) {
  const [places, byArea] = grouped(), taken = [];
  /** The first of these middles at which a box of this size meets no other, or null. */
  function room(middles, wide, high) {
    for (const [x, y] of middles) {
      const box = [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2];
      const inside = box[0] > 0 && box[1] > 0 && box[2] < width && box[3] < height;
      if (inside && !taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) {
        taken.push(box);
        return [x, y];
      }
    }
    return null;
  }
  for (const group of [hatches, marks, names]) group.replaceChildren();
  const groups = merged(places.map((list) => {
    const [x, y] = screen(...at([list[0].lon, list[0].lat]));
    return { x, y, list, name: list[0].place || "", places: 1 };
  }));
  for (const { x, y, list } of groups) {
    const half = size(list.length) + 2;
    taken.push([x - half, y - half, x + half, y + half]);
  }
  let absent = 0;
  for (const [key, list] of byArea) {
    const area = areas.get(key);
    if (!area) { absent += list.length; continue; }
    const shape = make("path", area.wide ? { d: area.d, class: "wide" } : { d: area.d, class: "band", "clip-path": `url(#${area.key})` });
    hatches.append(shape);
    const label = `${list.length}`, half = 9 + 4 * label.length, [x, y] = screen(area.x, area.y);
    const around = [[0, 0], [0, 22], [0, -22], [40, 0], [-40, 0], [34, 18], [-34, 18], [34, -18], [-34, -18]];
    const [left, top] = room(around.map(([dx, dy]) => [x + dx, y + dy]), 2 * half + 2, 22) || [x, y];
    const tag = make("g", { class: area.wide ? "tag wide" : "tag", transform: `translate(${left} ${top})` },
      make("rect", { x: -half, y: -10, width: 2 * half, height: 20, rx: 3 }), make("text", { y: 4 }, label));
    choosable(tag, `${area.name}, known to this area only: ${list.length}`, list, `${area.name}, known to the area only`);
  }
  for (const { x, y, list, name, places: several } of groups) {
    const mark = ring(list), label = several > 1 ? `${name} +${several - 1}` : name;
    mark.setAttribute("transform", `translate(${x} ${y})`);
    choosable(mark, `${label}: ${list.length}`, list, label);
    const wide = 7 * label.length + 2, off = size(list.length) + 4;
    const sides = [[x + off + wide / 2, y], [x - off - wide / 2, y], [x, y - off - 8], [x, y + off + 8]];
    const spot = room(sides, wide, 15);
    if (spot) names.append(make("text", { x: spot[0], y: spot[1] + 4, "text-anchor": "middle" }, label));
  }
  $("absent").textContent = absent ? `${absent} known to no region shown here, such as those reported for a whole country: in the list only.` : "";
}

function choosable(element, label, list, name) {
  element.setAttribute("tabindex", "0");
  element.setAttribute("role", "button");
  element.setAttribute("aria-label", label);
  const choose = () => { state.chosen = { name, ids: new Set(list) }; state.most = 200; drawList(); };
  element.addEventListener("click", choose);
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(); }
  });
  marks.append(element);
}
