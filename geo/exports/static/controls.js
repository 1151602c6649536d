// Controls write the state and draw.
let timer = 0;
function stop() {
  clearInterval(timer);
  timer = 0;
  $("play").setAttribute("aria-pressed", "false");
  $("play").textContent = "Play day by day";
}
for (const id of ["from", "to"]) {
  $(id).max = Math.max(last - first, 0);
  $(id).disabled = !incidents.length;
  $(id).addEventListener("input", () => {
    stop();
    state[id] = first + Number($(id).value);
    if (state.from > state.to) state[id === "from" ? "to" : "from"] = state[id];
    draw();
  });
}
$("play").addEventListener("click", () => {
  if (timer || !incidents.length) return stop();
  state.from = state.to = state.from === state.to && state.to < last ? state.to : first;
  timer = setInterval(() => {
    if (state.to >= last) return stop();
    state.from = state.to += 1;
    draw();
  }, 1200);
  $("play").setAttribute("aria-pressed", "true");
  $("play").textContent = "Pause";
  draw();
});
$("all").addEventListener("click", () => { stop(); state.from = first; state.to = last; draw(); });
$("more").addEventListener("click", () => { state.most += 500; drawList(); });
$("chosen").lastElementChild.addEventListener("click", () => { state.chosen = null; drawList(); });
for (const kind of kinds) {
  const box = make("input", { type: "checkbox" });
  box.checked = true;
  const n = incidents.filter((one) => one.event_type === kind).length;
  const icon = make("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, make("circle", { cx: 5, cy: 5, r: 5, class: "tone" }));
  box.addEventListener("change", () => { state.off[box.checked ? "delete" : "add"](kind); draw(); });
  $("types").append(make("label", { "data-kind": kind }, box, icon, `${kind} ${n}`));
}
const paint = () => $("types").querySelectorAll("label").forEach((label) => label.querySelector("circle").setAttribute("fill", tone(label.dataset.kind)));
dark.addEventListener("change", () => { paint(); draw(); });

function zoom(factor, x = 0, y = 0) {
  const before = view.zoom;
  view.zoom = factor ? Math.min(Math.max(view.zoom * factor, 1), 200) : 1;
  if (view.zoom === 1) Object.assign(view, { x: whole.x, y: whole.y });
  else { const gain = (1 - before / view.zoom) / scale; view.x += x * gain; view.y += y * gain; }
  place();
}
const fromMiddle = (event) => {
  const { left, top, width, height } = map.getBoundingClientRect();
  return [event.clientX - left - width / 2, event.clientY - top - height / 2];
};
$("zoom").addEventListener("click", (event) => {
  if (event.target.dataset.zoom !== undefined) zoom(Number(event.target.dataset.zoom));
});
map.addEventListener("wheel", (event) => { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, ...fromMiddle(event)); }, { passive: false });
let held = null;
map.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY, false]; });
addEventListener("pointerup", () => { held = null; });
map.addEventListener("pointermove", (event) => {
  if (!held) return;
  const [dx, dy] = [event.clientX - held[0], event.clientY - held[1]];
  if (!held[2] && Math.hypot(dx, dy) < 4) return;
  view.x -= dx / scale;
  view.y -= dy / scale;
  held = [event.clientX, event.clientY, true];
  place();
});
map.addEventListener("keydown", (event) => {
  const step = 60 / scale;
  const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
  if (move) { view.x += move[0]; view.y += move[1]; place(); }
  else if (event.key === "+" || event.key === "=") zoom(1.5);
  else if (event.key === "-") zoom(0.6667);
  else return;
  event.preventDefault();
});
addEventListener("resize", place);
paint();
draw();
