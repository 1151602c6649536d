/**
 * Names on a canvas, none over another: places of incidents first, then cities, regions, countries.
 * Each kind is laid out in its turn, because the tags of areas are placed between the first two.
 */

import { around } from './collide.js';
import { isPhone } from './dom.js';
import { contains } from './geometry.js';
import { called, calledShort } from './names.js';
import { Sheet } from './sheet.js';
import { extent, visibleSpots } from './visible.js';
import { popup as words } from './words.js';

const FAMILY = '"Source Sans", sans-serif';
const MOST_MARKS = 120;

export class Labels {
  /** @param {L.Map} map @param {import('./theme.js').Theme} theme */
  constructor(map, theme) {
    this.map = map;
    this.theme = theme;
    this.sheet = new Sheet(map, 'names', 460);
    this.texts = [];
    this.spots = new Map();
    this.extents = new WeakMap();
  }

  /** @param {import('./collide.js').Boxes} boxes */
  begin(boxes) {
    this.boxes = boxes;
    this.texts = [];
    this.named = new Set();
  }

  /** Names of incident places beside their marks. @param {import('./merge.js').Drawn[]} drawn */
  marks(drawn) {
    for (const mark of drawn) this.boxes.add(around(mark.x, mark.y, mark.r + 2));
    for (const mark of drawn.slice(0, MOST_MARKS)) {
      if (!mark.names.length) continue;
      mark.names.forEach((name) => this.named.add(name));
      const others = mark.places - 1;
      const name = called(mark.names[0]);
      const text = others > 0 ? words.plus(name, others) : name;
      const font = `${mark.n > 3 ? 600 : 500} ${mark.n > 9 ? 14.5 : 13}px ${FAMILY}`;
      const gap = mark.r + 5;
      mark.labelled = this.put(text, { font, height: 16, colour: 'ink', halo: 'home' }, (width) => [
        [mark.x + gap, mark.y], [mark.x - gap - width, mark.y],
        [mark.x - width / 2, mark.y + gap + 6], [mark.x - width / 2, mark.y - gap - 6],
        [mark.x + gap - 3, mark.y - gap + 3], [mark.x + gap - 3, mark.y + gap - 3],
      ]);
    }
  }

  /**
   * Cities without an incident: larger ones first, smaller ones as one zooms in. Where marks are cells
   * and name no place, a city under a mark names it.
   *
   * @param {Array<{name: string, lon: number, lat: number, population: number, admin0: string}>} cities
   * @param {Set<string>} home  countries shown in full
   * @param {(point: {x: number, y: number}) => ?import('./merge.js').Drawn} nameless  the mark at a point
   */
  cities(cities, home, nameless) {
    const closer = 3 ** Math.max(0, this.map.getZoom() - 5) * (isPhone() ? 0.4 : 1);
    const size = this.map.getSize();
    const style = { font: `400 12px ${FAMILY}`, height: 13 };
    for (const city of cities) {
      const own = home.has(city.admin0);
      if (city.population < (own ? 2.2e5 : 1.6e6) / closer || this.named.has(city.name)) continue;
      const { x, y } = this.map.latLngToContainerPoint([city.lat, city.lon]);
      if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
      const mark = nameless({ x, y });
      if (!mark && !this.boxes.isFree(around(x, y, 3))) continue;
      const centre = mark || { x, y };
      const gap = mark ? mark.r + 4 : 7;
      const look = { ...style, colour: own ? 'mute' : 'faint', halo: own ? 'home' : 'land', dot: mark ? null : [x, y] };
      const name = called(city.name, `${city.admin0} ${city.name}`);
      const placed = this.put(name, look, (width) => [[centre.x + gap, centre.y], [centre.x - gap - width, centre.y]]);
      if (placed && mark) mark.labelled = true;
      if (placed && !mark) this.boxes.add(around(x, y, 3));
    }
  }

  /** @param {any[]} features @param {boolean} shaded  then names need a stronger colour */
  regions(features, shaded) {
    if (this.map.getZoom() < (isPhone() ? 4.75 : 4.2)) return;
    const style = { font: `500 10.5px ${FAMILY}`, height: 12, spacing: '.06em', colour: shaded ? 'ink' : 'faint', halo: 'home' };
    for (const { geometry, properties } of features) {
      if (properties.kind === 'city' || !properties.label || !properties.name) continue;
      const { x, y } = this.at(properties.label);
      const within = (spot) => {
        const { lng, lat } = this.map.containerPointToLatLng(spot);
        return contains(geometry, lng, lat);
      };
      const spots = [[x, y], [x, y + 18], [x, y - 18], [x, y + 32]].filter(within);
      this.put(calledShort(properties.name, properties.id).toUpperCase(), style, (width) => spots.map(([left, line]) => [left - width / 2, line]));
    }
  }

  /** Neighbours, each at its own point or, where that is out of view, deep inside what is in view. */
  countries(features) {
    const style = { font: `500 11px ${FAMILY}`, height: 14, spacing: '.14em', colour: 'faint', halo: 'land' };
    const size = this.map.getSize();
    const view = `${this.map.getCenter()} ${this.map.getZoom()} ${size}`;
    if (view !== this.view) {
      this.view = view;
      this.spots.clear();
    }
    for (const feature of features) {
      const { properties } = feature;
      if (properties.home || !properties.label || !properties.name) continue;
      const { x, y } = this.at(properties.label);
      const near = x > 40 && y > 10 && x < size.x - 40 && y < size.y - 10;
      const spots = near ? [{ x, y }, { x, y: y - 24 }, { x, y: y + 24 }] : this.seen(feature);
      this.put(called(properties.name, properties.id).toUpperCase(), style, (width) => spots.map((spot) => [spot.x - width / 2, spot.y]));
    }
  }

  /** Spots in view, worked out once per view. */
  seen(feature) {
    const { id } = feature.properties;
    if (!this.extents.has(feature)) this.extents.set(feature, extent(feature.geometry));
    if (!this.spots.has(id)) this.spots.set(id, visibleSpots(this.map, feature.geometry, this.extents.get(feature)));
    return this.spots.get(id);
  }

  paint() {
    const context = this.sheet.begin();
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.lineJoin = 'round';
    context.lineWidth = 3;
    for (const { text, x, y, font, colour, halo, spacing, dot } of this.texts) {
      context.font = font;
      context.letterSpacing = spacing || '0px';
      context.strokeStyle = this.theme.ground[halo];
      context.strokeText(text, x, y);
      context.fillStyle = this.theme.ground[colour];
      context.fillText(text, x, y);
      if (!dot) continue;
      context.beginPath();
      context.arc(dot[0], dot[1], 1.8, 0, 7);
      context.fill();
    }
  }

  /** Take the first of several positions that is free; each is the left end and the middle line. */
  put(text, style, positions) {
    const { context } = this.sheet;
    context.font = style.font;
    context.letterSpacing = style.spacing || '0px';
    const { width } = context.measureText(text);
    for (const [x, y] of positions(width)) {
      const half = style.height / 2;
      if (this.boxes.claim([x - 2, y - half, x + width + 2, y + half])) {
        this.texts.push({ text, x, y, ...style });
        return true;
      }
    }
    return false;
  }

  at([lon, lat]) {
    return this.map.latLngToContainerPoint([lat, lon]);
  }
}
