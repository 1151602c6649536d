/**
 * Dots and rings on a canvas. One incident is a dot, sized by the people killed or injured; several are
 * a ring of the shares of their types with the count inside.
 */

import { isPhone } from './dom.js';
import { short } from './format.js';
import { merge } from './merge.js';
import { Sheet } from './sheet.js';

const HALO = 1.25;
const FULL = 2 * Math.PI;
const PHONE = 0.72;
const CLOSE = 8; // zoom from which the radius of a place's uncertainty is drawn

/** Radius of one incident's dot, in pixels. */
export function dotRadius(harm) {
  return Math.min(18, 5 + 1.35 * Math.sqrt(harm)) * (isPhone() ? Math.max(PHONE, 0.85) : 1);
}

/** Radius of a ring of n incidents at places. */
export function ringRadius(n) {
  return Math.max(8.5, Math.min(26, 8.5 + 2.9 * Math.sqrt(n)) * (isPhone() ? PHONE : 1));
}

/** Radius of a screen cell's ring: logarithmic, so that thousands leave air between each other. */
export function cellRadius(n) {
  return Math.min(19, 7 + 2.5 * Math.log10(n)) * (isPhone() ? 0.9 : 1);
}

/** @param {'places'|'cells'} mode @returns {(n: number, harm: number) => number} */
export function radiusFor(mode) {
  return (n, harm) => {
    if (mode === 'cells') return n === 1 ? 4.5 : cellRadius(n);
    return n === 1 ? dotRadius(harm) : ringRadius(n);
  };
}

export class Marks {
  /** @param {L.Map} map @param {import('./theme.js').Theme} theme */
  constructor(map, theme) {
    this.map = map;
    this.theme = theme;
    this.sheet = new Sheet(map, 'marks', 450);
    /** @type {import('./merge.js').Drawn[]} */
    this.drawn = [];
    this.earlier = [];
    this.hasRadius = false;
  }

  /**
   * Place a reply's marks on the screen; nothing is painted yet.
   *
   * @param {import('./api.js').Cells} reply
   * @param {?import('./api.js').Cells} before  what is shown small and in grey below them
   */
  place(reply, before = null) {
    this.types = reply.types;
    this.drawn = merge(this.points(reply), radiusFor(reply.mode), reply.mode === 'cells' ? 0 : undefined);
    this.earlier = before ? this.points(before) : [];
    const scale = this.map.getZoom() >= CLOSE ? this.pixelsPerKm() : 0;
    for (const mark of this.drawn) mark.reach = mark.km && scale ? mark.km * scale : 0;
    this.hasRadius = this.drawn.some(isRinged);
  }

  /** Marks in view or just beyond, with their pixels. */
  points({ marks }) {
    const size = this.map.getSize();
    const points = [];
    for (const mark of marks) {
      const { x, y } = this.map.latLngToContainerPoint([mark.lat, mark.lon]);
      if (x < -size.x * 0.1 || y < -size.y * 0.1 || x > size.x * 1.1 || y > size.y * 1.1) continue;
      points.push({ ...mark, x, y });
    }
    return points;
  }

  pixelsPerKm() {
    const { lat, lng } = this.map.getCenter();
    const metres = this.map.distance([lat, lng], [lat, lng + 0.01]);
    const [from, to] = [lng, lng + 0.01].map((lon) => this.map.latLngToContainerPoint([lat, lon]).x);
    return ((to - from) / metres) * 1000;
  }

  /** @param {Array<[L.Point, L.Point]>} leaders  lines to tags that stand outside their region */
  paint(leaders) {
    const context = this.sheet.begin();
    this.size = 0;
    for (const [from, to] of leaders) this.leader(context, from, to);
    for (const mark of this.earlier) this.ghost(context, mark);
    for (const mark of this.drawn) if (isRinged(mark)) this.reach(context, mark);
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    // The busiest last, on top.
    for (let i = this.drawn.length - 1; i >= 0; i -= 1) {
      if (this.drawn[i].n === 1) this.dot(context, this.drawn[i]);
      else this.ring(context, this.drawn[i]);
    }
  }

  leader(context, from, to) {
    const { mute } = this.theme.ground;
    context.strokeStyle = mute;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
    disc(context, from.x, from.y, 1.6, mute);
  }

  /** What an earlier day left: small, grey and hollow. */
  ghost(context, { x, y, n }) {
    const { ground } = this.theme;
    const r = n === 1 ? 3 : Math.min(7, 3.5 + Math.log10(n) * 1.6);
    disc(context, x, y, r + 0.5, ground.home);
    context.beginPath();
    context.arc(x, y, r, 0, FULL);
    context.lineWidth = 1.3;
    context.strokeStyle = ground.faint;
    context.stroke();
  }

  /** The circle within which it happened, as far as the place is known. */
  reach(context, { x, y, reach }) {
    const { ground } = this.theme;
    context.beginPath();
    context.arc(x, y, reach, 0, FULL);
    context.setLineDash([2, 3]);
    context.lineWidth = 1.2;
    context.strokeStyle = ground.mute;
    context.stroke();
    context.setLineDash([]);
  }

  dot(context, { x, y, r, types }) {
    const { ground, event } = this.theme;
    disc(context, x, y, r + HALO, ground.paper);
    disc(context, x, y, r, event[this.types[types.findIndex((count) => count > 0)]] || ground.mute);
  }

  ring(context, { x, y, r, n, types }) {
    const { ground, event } = this.theme;
    const width = Math.max(3.5, r * 0.3);
    disc(context, x, y, r + HALO, ground.paper);
    context.lineWidth = width;
    let from = -Math.PI / 2;
    types.forEach((count, i) => {
      if (!count) return;
      const to = from + (FULL * count) / n;
      context.beginPath();
      context.arc(x, y, r - width / 2, from, to);
      context.strokeStyle = event[this.types[i]] || ground.mute;
      context.stroke();
      from = to;
    });
    const text = short(n);
    const inside = 2 * (r - width) - 1;
    const size = Math.min(r > 15 ? 14 : r > 11 ? 12 : 11, Math.max(8.5, Math.floor((inside / text.length) * 3.5) / 2));
    // Setting a font is slow, even the same one.
    if (size !== this.size) context.font = `600 ${size}px "Source Sans", sans-serif`;
    this.size = size;
    context.fillStyle = ground.ink;
    context.fillText(text, x, y + 0.5);
  }

  /** The mark under a point of the container, or null. */
  at({ x, y }, slack = 3) {
    let best = null;
    let least = Infinity;
    for (const mark of this.drawn) {
      const distance = Math.hypot(mark.x - x, mark.y - y) - mark.r;
      if (distance <= slack && distance < least) {
        best = mark;
        least = distance;
      }
    }
    return best;
  }

  /** The mark that now stands for these cells, or null. */
  holding(cells) {
    return this.drawn.find((mark) => mark.cells.some((cell) => cells.includes(cell))) || null;
  }
}

/** Whether the uncertainty is wider than the mark, and the ring not wider than any view. */
const isRinged = ({ reach, r }) => reach > r + 4 && reach < 1200;

function disc(context, x, y, r, colour) {
  context.beginPath();
  context.arc(x, y, r, 0, FULL);
  context.fillStyle = colour;
  context.fill();
}
