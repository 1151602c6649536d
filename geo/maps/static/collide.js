/** Boxes that must not overlap, found through a coarse grid. Pixels of the map's container. */

const CELL = 64;

/** @typedef {[number, number, number, number]} Rect  left, top, right, bottom */

export class Boxes {
  /** @param {number} width @param {number} height  nothing may reach beyond them */
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.grid = new Map();
  }

  /** @param {Rect} rect */
  add(rect) {
    this.each(rect, (key) => {
      const cell = this.grid.get(key);
      if (cell) cell.push(rect);
      else this.grid.set(key, [rect]);
      return false;
    });
  }

  /** Whether the rectangle lies in view and touches none before it. */
  isFree(rect) {
    const [left, top, right, bottom] = rect;
    if (left < 2 || top < 2 || right > this.width - 2 || bottom > this.height - 2) return false;
    return !this.each(rect, (key) => (this.grid.get(key) || []).some(
      (other) => left < other[2] && right > other[0] && top < other[3] && bottom > other[1],
    ));
  }

  /** Take the rectangle if it is free. */
  claim(rect) {
    const free = this.isFree(rect);
    if (free) this.add(rect);
    return free;
  }

  each([left, top, right, bottom], visit) {
    for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column += 1) {
      for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row += 1) {
        if (visit(column * 4096 + row)) return true;
      }
    }
    return false;
  }
}

/** A rectangle around a centre. */
export const around = (x, y, halfWidth, halfHeight = halfWidth) => [
  x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight,
];
