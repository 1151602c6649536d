// What is shown under the state: the list, the days, and one call that draws it all.
const inDays = (one) => one.from <= state.to && one.to >= state.from;
const filtered = () => incidents.filter((one) => inDays(one) && !state.off.has(one.event_type));

function number([low, best, high]) {
  const range = low !== null && high !== null && low !== high ? `${low}–${high}` : "";
  return best !== null ? `${best}${range ? ` (${range})` : ""}` : range || `${low ?? high}`;
}

function link(report) {
  const safe = /^https?:\/\//i.test(report.url || "");
  const name = safe
    ? make("a", { href: report.url, rel: "noopener noreferrer", target: "_blank" }, report.publisher) : make("span", {}, report.publisher);
  const since = report.reported_basis === "event" ? "publication day not stated" : `${report.reported_on}`;
  return make("li", {}, name, report.weak ? " (weak source)" : "", `, ${since}`);
}

function item(one) {
  const icon = make("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, make("circle", { cx: 5, cy: 5, r: 5, fill: tone(one.event_type) }));
  const days = one.date_end && one.date_end !== one.date_start ? `${one.date_start} – ${one.date_end}` : one.date_start;
  const inexact = one.date_precision !== "day" && one.date_precision !== "range" ? ` (day known to the ${one.date_precision})` : "";
  const about = [one.sub_event_type || one.event_type, one.place || "place not known", days + inexact, one.time_local];
  if (one.lon === undefined) about.push("no exact place");
  const numbers = Object.entries(one.numbers).map(([name, parts]) => `${name}: ${number(parts)}`).join(" · ");
  return make("article", { class: "item", "data-id": one.id }, make("p", { class: "meta" }, icon, ` ${about.filter(Boolean).join(" · ")}`),
    make("h3", { dir: "auto" }, one.title), make("p", { dir: "auto" }, one.summary), numbers ? make("p", { class: "meta" }, numbers) : "",
    make("ul", {}, ...one.reports.map(link)));
}

function drawList() {
  const every = filtered().filter((one) => !state.chosen || state.chosen.ids.has(one));
  const list = $("list");
  list.replaceChildren();
  let day = null;
  for (const one of every.slice(0, state.most)) {
    if (one.from !== day) list.append(make("h2", {}, told((day = one.from))));
    list.append(item(one));
  }
  if (!every.length) {
    list.append(make("p", {}, incidents.length ? "No incident on these days and of these types." : "No incident matches this query; loosen it."));
  }
  $("more").hidden = every.length <= state.most;
  $("chosen").hidden = !state.chosen;
  $("chosen").firstChild.textContent = state.chosen ? state.chosen.name : "";
}

function drawDays() {
  const bars = $("bars"), count = last - first + 1;
  bars.replaceChildren();
  if (!incidents.length) return;
  const width = Math.max(1, Math.ceil(count / 400)), columns = Math.ceil(count / width);
  const stacks = Array.from({ length: columns }, () => new Map());
  for (const one of incidents) {
    if (state.off.has(one.event_type)) continue;
    const stack = stacks[Math.floor((one.from - first) / width)];
    stack.set(one.event_type, (stack.get(one.event_type) || 0) + 1);
  }
  const tallest = stacks.reduce((most, stack) => Math.max(most, [...stack.values()].reduce((a, b) => a + b, 0)), 1);
  bars.setAttribute("viewBox", `0 0 ${columns} ${tallest * 1.08}`);
  stacks.forEach((stack, x) => {
    let y = tallest * 1.08;
    const day = first + x * width, inside = day + width > state.from && day <= state.to;
    for (const kind of kinds) {
      const n = stack.get(kind) || 0;
      y -= n;
      if (n) bars.append(make("rect", { x: x + 0.06, y, width: 0.88, height: n, fill: tone(kind), class: inside ? "in" : "out" }));
    }
  });
}

function draw() {
  const shown = filtered();
  $("days").textContent = !incidents.length ? "" : state.from === state.to ? told(state.from) : `${told(state.from)} – ${told(state.to)}`;
  $("told").textContent = `${shown.length} of ${incidents.length} incidents shown`;
  for (const [id, value] of [["from", state.from], ["to", state.to]]) {
    $(id).value = value - first;
    $(id).setAttribute("aria-valuetext", incidents.length ? told(value) : "no day");
  }
  if (state.chosen && !shown.some((one) => state.chosen.ids.has(one))) state.chosen = null;
  drawDays(); place(); drawList();
}
