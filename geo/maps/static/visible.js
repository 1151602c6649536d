/** Where to write the name of a country of which only a part is in view. */

import { contains } from './geometry.js';

const STEP = 44;
const MARGIN = 30;

/** Depths of a coarse grid: how many steps a point lies from the edge of the shape or of the view. */
function depths(map, geometry) {
  const size = map.getSize();
  const columns = Math.floor((size.x - 2 * MARGIN) / STEP) + 1;
  const rows = Math.floor((size.y - 2 * MARGIN) / STEP) + 1;
  const grid = [];
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const { lng, lat } = map.containerPointToLatLng([MARGIN + column * STEP, MARGIN + row * STEP]);
      grid.push(contains(geometry, lng, lat) ? 1 : 0);
    }
  }
  const at = (row, column) => (row < 0 || column < 0 || row >= rows || column >= columns ? 0 : grid[row * columns + column]);
  for (let depth = 1; depth < 4; depth += 1) {
    const deeper = [];
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        const around = [at(row, column), at(row - 1, column), at(row + 1, column), at(row, column - 1), at(row, column + 1)];
        if (around.every((value) => value >= depth)) deeper.push(row * columns + column);
      }
    }
    deeper.forEach((index) => { grid[index] = depth + 1; });
  }
  return { grid, columns };
}

/**
 * Points well inside the visible part of a shape, the deepest first; at most eight.
 *
 * @param {L.Map} map
 * @param {{type: string, coordinates: any}} geometry
 * @param {number[]} [bounds]  west, south, east, north, to spare far shapes the work
 * @returns {Array<{x: number, y: number}>}  pixels of the container
 */
export function visibleSpots(map, geometry, bounds) {
  const view = map.getBounds();
  if (bounds && !view.intersects([[bounds[1], bounds[0]], [bounds[3], bounds[2]]])) return [];
  const { grid, columns } = depths(map, geometry);
  return grid.map((depth, index) => ({ depth, index })).filter(({ depth }) => depth > 0)
    .sort((a, b) => b.depth - a.depth)
    .slice(0, 8)
    .map(({ index }) => ({ x: MARGIN + (index % columns) * STEP, y: MARGIN + Math.floor(index / columns) * STEP }));
}

/** West, south, east, north of a shape. */
export function extent({ type, coordinates }) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const polygon of type === 'Polygon' ? [coordinates] : coordinates) {
    for (const [x, y] of polygon[0]) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}
