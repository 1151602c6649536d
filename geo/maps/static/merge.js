/**
 * Marks that would overlap become one, anchored on the busiest place among them and never at a mean,
 * where nothing happened.
 */

const NEAR = 30;

/**
 * @typedef {Object} Drawn  one mark as drawn
 * @property {number} x  pixels of the map's container
 * @property {number} y
 * @property {number} lon  of the anchor
 * @property {number} lat
 * @property {number} r  radius in pixels
 * @property {number} n
 * @property {number} harm
 * @property {number[]} types
 * @property {?number} km  radius of the uncertainty at the anchor
 * @property {string[]} names  places, busiest first
 * @property {number} places  how many places it stands for
 * @property {string[]} cells
 *
 * @param {Array<import('./api.js').Mark & {x: number, y: number}>} marks
 * @param {(n: number, harm: number) => number} radius
 * @param {number} [near]  pixels under which two anchors are one
 * @returns {Drawn[]}  busiest first
 */
export function merge(marks, radius, near = NEAR) {
  const step = Math.max(near, 56);
  const grid = new Map();
  const drawn = [];
  const ordered = [...marks].sort((a, b) => b.n - a.n || b.harm - a.harm || a.lon - b.lon || a.lat - b.lat);
  for (const mark of ordered) {
    const column = Math.floor(mark.x / step);
    const row = Math.floor(mark.y / step);
    const r = radius(mark.n, mark.harm);
    const host = nearest(grid, column, row, mark, r, near);
    if (host) {
      join(host, mark, radius);
      continue;
    }
    const anchor = {
      x: mark.x, y: mark.y, lon: mark.lon, lat: mark.lat, r, n: mark.n, harm: mark.harm,
      types: [...mark.types], km: mark.km, names: mark.place ? [mark.place] : [], places: mark.places || 1, cells: [mark.cell],
    };
    drawn.push(anchor);
    const key = `${column},${row}`;
    if (grid.has(key)) grid.get(key).push(anchor);
    else grid.set(key, [anchor]);
  }
  return drawn;
}

function nearest(grid, column, row, mark, r, near) {
  let best = null;
  let least = Infinity;
  for (let i = column - 1; i <= column + 1; i += 1) {
    for (let j = row - 1; j <= row + 1; j += 1) {
      for (const anchor of grid.get(`${i},${j}`) || []) {
        const distance = Math.hypot(anchor.x - mark.x, anchor.y - mark.y);
        if (distance < Math.max(near, anchor.r + r + 2) && distance < least) {
          best = anchor;
          least = distance;
        }
      }
    }
  }
  return best;
}

function join(host, mark, radius) {
  host.n += mark.n;
  host.harm += mark.harm;
  host.types = host.types.map((count, i) => count + mark.types[i]);
  host.places += mark.places || 1;
  if (mark.place && !host.names.includes(mark.place)) host.names.push(mark.place);
  host.cells.push(mark.cell);
  host.r = radius(host.n, host.harm);
}
