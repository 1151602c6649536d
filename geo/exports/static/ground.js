// Where things are: Lambert's azimuthal equal-area projection on a unit sphere, y down.
const spots = incidents.filter((one) => one.lon !== undefined);
const sides = ground ? [...ground.home] : [Infinity, Infinity, -Infinity, -Infinity];
for (const one of spots) {
  sides[0] = Math.min(sides[0], one.lon); sides[1] = Math.min(sides[1], one.lat);
  sides[2] = Math.max(sides[2], one.lon); sides[3] = Math.max(sides[3], one.lat);
}
if (!(sides[0] <= sides[2])) sides.splice(0, 4, -180, -60, 180, 75);
const radians = Math.PI / 180;
const wide = sides[2] - sides[0] > 120;
const lon0 = ((sides[0] + sides[2]) / 2) * radians, lat0 = wide ? 0 : ((sides[1] + sides[3]) / 2) * radians;
const sin0 = Math.sin(lat0), cos0 = Math.cos(lat0);
function project([lon, lat]) {
  const x = lon * radians - lon0, y = lat * radians;
  if (wide) return [x, -Math.sin(y)]; // Lambert's cylindrical equal-area projection, for a world
  const k = Math.sqrt(2 / Math.max(1 + sin0 * Math.sin(y) + cos0 * Math.cos(y) * Math.cos(x), 1e-9));
  return [k * Math.cos(y) * Math.sin(x), -k * (cos0 * Math.sin(y) - sin0 * Math.cos(y) * Math.cos(x))];
}
const UNIT = 1000; // so that the numbers of a path stay short
const at = (spot) => project(spot).map((value) => value * UNIT);
const rings = (shape) => (!shape ? [] : shape.type === "Polygon" ? shape.coordinates : shape.coordinates.flat());
const path = (shape) =>
  rings(shape).map((ring) => `M${ring.map((spot) => at(spot).map((n) => n.toFixed(2)).join(" ")).join("L")}Z`).join("");
const features = (part) => (ground && ground[part] ? ground[part].features : []);

const areas = new Map();
for (const part of ["macro", "regions"]) {
  for (const { properties, geometry } of features(part)) {
    if (!geometry || !properties.label) continue;
    const [x, y] = at(properties.label);
    areas.set(properties.id, { key: `area-${areas.size}`, name: properties.name, d: path(geometry), x, y, wide: part === "macro" });
  }
}
