/**
 * Incidents known only to an area: never a pin. A region gets a hatched band inside its border and a tag
 * with the count; a macro-region the dashed outline of its dissolved units, which is drawn even where it
 * has no incident of its own, since the data names it for a reason. The tag sits at the pole of
 * inaccessibility (the point farthest from the border), moved until it is free of dots, tags and names.
 */

import { HATCH } from './base.js';
import { around } from './collide.js';
import { button, el, isPhone, svg } from './dom.js';
import { contains } from './geometry.js';
import { called } from './names.js';
import { extent, visibleSpots } from './visible.js';
import { popup as words } from './words.js';

const TAG_HEIGHT = 20;
const FAR = 90;

/** Offsets to try around the pole, nearest first. */
const OFFSETS = (() => {
  const found = [];
  for (let x = -120; x <= 120; x += 12) for (let y = -96; y <= 96; y += 12) found.push([x, y]);
  return found.sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
})();

export class Areas {
  /**
   * @param {L.Map} map
   * @param {import('./base.js').Base} base
   * @param {(area: import('./api.js').Area, at: L.LatLng, opener: HTMLElement) => void} open
   */
  constructor(map, base, open) {
    this.map = map;
    this.base = base;
    this.open = open;
    this.outlines = L.layerGroup().addTo(map);
    this.tags = L.layerGroup().addTo(map);
    this.shown = '';
    this.list = [];
    /** Lines from a pole to a tag that found no room inside its border. */
    this.leaders = [];
    this.buttons = new Map();
    this.places = new Map();
  }

  /** Areas a reply names, as far as there is an outline. @param {import('./api.js').Area[]} areas */
  place(areas) {
    const known = areas.filter(({ id, precision }) => (
      precision === 'macro-region' ? this.base.macros.has(id) : this.base.regions.has(id)
    ));
    this.list = [...known, ...this.base.landmarks(known)];
    const ids = `${this.width()} ${this.list.map(({ id }) => id).join(' ')}`;
    if (ids !== this.shown) {
      this.shown = ids;
      this.outline();
    }
  }

  /** Draw everything again, after the ground has changed. */
  reset() {
    this.shown = '';
    this.outlines.clearLayers();
    this.tags.clearLayers();
  }

  outline() {
    this.outlines.clearLayers();
    this.base.defs.querySelectorAll('clipPath').forEach((node) => node.remove());
    for (const { id, precision } of this.list) {
      if (precision === 'macro-region') this.shape(this.base.macros.get(id), 'area-macro');
      else this.band(id);
    }
  }

  /** Width of the band in pixels: less where regions are small on the screen. */
  width() {
    return Math.max(5, Math.min(11, 11 * 2 ** (this.map.getZoom() - 4.75)));
  }

  /** Half of a wide stroke, clipped to the shape itself, is a band inside the border. */
  band(id) {
    const { feature } = this.base.regions.get(id);
    const band = this.shape(feature, 'area-band');
    band.eachLayer(({ _path: path }) => {
      path.id = `band-${id}`;
      path.style.stroke = `url(#${HATCH})`;
      path.style.strokeWidth = String(2 * this.width());
      const clip = svg('clipPath', { id: `clip-${id}` }, svg('use', { href: `#${path.id}` }));
      this.base.defs.append(clip);
      path.setAttribute('clip-path', `url(#${clip.id})`);
    });
    this.shape(feature, 'area-edge');
  }

  shape(feature, className) {
    const layer = L.geoJSON(feature, {
      pane: 'ground', renderer: this.base.renderer, interactive: false, style: { className, fill: false, smoothFactor: 0.6 },
    });
    return layer.addTo(this.outlines);
  }

  /** Put the tags where they are free. @param {import('./collide.js').Boxes} boxes */
  layout(boxes) {
    const focused = document.activeElement && document.activeElement.dataset.area;
    this.tags.clearLayers();
    this.buttons.clear();
    this.places.clear();
    this.leaders = [];
    for (const area of this.list) {
      const wide = area.precision === 'macro-region';
      const feature = wide ? this.base.macros.get(area.id) : this.base.regions.get(area.id).feature;
      const text = [wide ? areaTag(called(area.name, area.id)) : '', area.n || ''].filter(Boolean).join(' ');
      const half = (text.length * 6.8 + (isPhone() ? 8 : 22)) / 2 + 2;
      const spot = wide ? this.onBorder(feature, half, boxes) : this.inside(feature, half, boxes);
      if (!spot) continue;
      boxes.add(around(spot.x, spot.y, half, TAG_HEIGHT / 2));
      this.tag(area, text, wide, this.map.containerPointToLatLng([spot.x, spot.y]));
    }
    if (focused && this.buttons.has(focused)) this.buttons.get(focused).focus({ preventScroll: true });
  }

  /**
   * At the pole or near it, inside the border where that is possible; where the pole is out of view, deep
   * inside what is in view of the region. Null where nothing is.
   */
  inside({ geometry, properties }, half, boxes) {
    const size = this.map.getSize();
    const pole = this.map.latLngToContainerPoint([properties.label[1], properties.label[0]]);
    const free = (spot) => boxes.isFree(around(spot.x, spot.y, half, TAG_HEIGHT / 2));
    if (pole.x < 0 || pole.y < 0 || pole.x > size.x || pole.y > size.y) {
      return visibleSpots(this.map, geometry, extent(geometry)).find(free) || null;
    }
    let outside = null;
    for (const [dx, dy] of OFFSETS) {
      const spot = pole.add([dx, dy]);
      if (!free(spot)) continue;
      const { lng, lat } = this.map.containerPointToLatLng(spot);
      if (contains(geometry, lng, lat)) return spot;
      if (!outside) outside = spot;
      if (Math.hypot(dx, dy) > FAR) break;
    }
    if (outside && !properties.regions) this.leaders.push([pole, outside]);
    return outside || pole;
  }

  /** A wide area's tag sits on its own outline, so that it is not taken for a region's. */
  onBorder({ geometry, properties }, half, boxes) {
    const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
    const ring = rings.reduce((a, b) => (b.length > a.length ? b : a));
    const points = [];
    const step = Math.max(1, Math.floor(ring.length / 160));
    for (let i = 0; i < ring.length; i += step) points.push(ring[i]);
    // From the north: there the outline is not crossed by the borders within.
    points.sort((a, b) => b[1] - a[1]);
    for (const [lon, lat] of points) {
      const spot = this.map.latLngToContainerPoint([lat, lon]);
      if (boxes.isFree(around(spot.x, spot.y, half, TAG_HEIGHT / 2))) return spot;
    }
    return this.inside({ geometry, properties }, half, boxes);
  }

  /** Where an area's tag is, or null. */
  at(id) {
    return this.places.get(id) || null;
  }

  tag(area, text, wide, latlng) {
    this.places.set(area.id, latlng);
    const point = (on) => this.base.point(on ? (wide ? area.regions : [area.id]) : []);
    const node = button({
      class: `tag${wide ? ' is-macro' : ''}`,
      'data-area': area.id,
      'aria-label': area.n ? words.tag(called(area.name, area.id), area.n) : `${called(area.name, area.id)}: ${area.note}`,
      on: {
        click: (event) => {
          L.DomEvent.stop(event);
          this.open(area, latlng, node);
        },
        mouseenter: () => point(true),
        mouseleave: () => point(false),
        focus: () => point(true),
        blur: () => point(false),
      },
    }, area.n ? hatchGlyph() : null, el('span', {}, text));
    L.DomEvent.disableClickPropagation(node);
    this.buttons.set(area.id, node);
    L.marker(latlng, { icon: L.divIcon({ className: 'tag-holder', html: node, iconSize: [0, 0] }), keyboard: false })
      .addTo(this.tags);
  }
}

/** What a wide area's tag says: 'Western Kazakhstan' → 'West' */
const areaTag = (name) => name.split(' ')[0].replace(/ern$/, '');

/** The hatch as a small sign. */
export function hatchGlyph() {
  const lines = ['M-1 4 4 -1', 'M-1 8 8 -1', 'M1 10 10 1', 'M5 10 10 5'];
  return svg('svg', { width: 9, height: 9, viewBox: '0 0 9 9', 'aria-hidden': 'true' },
    ...lines.map((d) => svg('path', { d, stroke: 'currentColor', 'stroke-width': 1.1 })));
}
