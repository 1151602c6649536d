/** The ground: countries and regions as SVG below the marks. A region's outline can be clicked. */

import { svg } from './dom.js';
import { called } from './names.js';

export const HATCH = 'hatch';

export class Base {
  /** @param {L.Map} map @param {import('./theme.js').Theme} theme */
  constructor(map, theme) {
    this.map = map;
    this.theme = theme;
    map.createPane('ground').style.zIndex = '350';
    this.renderer = L.svg({ padding: 0.5, pane: 'ground' }).addTo(map);
    this.group = L.layerGroup().addTo(map);
    this.defs = svg('defs');
    this.renderer._container.prepend(this.defs);
    /** @type {Map<string, {feature: any, layer: L.Path}>} */
    this.regions = new Map();
    this.macros = new Map();
    this.data = null;
    /** Whether regions are shaded, so that the hatch must be darker. */
    this.shaded = false;
  }

  /** @param {any} data  as /api/basemap answers */
  draw(data) {
    this.data = data;
    this.home = new Set(data.countries.features.filter((f) => f.properties.home).map((f) => f.properties.id));
    this.group.clearLayers();
    this.regions.clear();
    this.macros = new Map(data.macro.features.map((feature) => [feature.properties.id, feature]));
    this.shapes(data.countries, ({ home }) => `ground-country${home ? ' is-home' : ''}`);
    if (data.lakes) this.shapes(data.lakes, () => 'ground-lake');
    this.shapes(data.regions, ({ geometry_quality: quality }) => `ground-region is-${quality}`, (feature, layer) => {
      this.regions.set(feature.properties.id, { feature, layer });
    });
    for (const [id, { layer }] of this.regions) if (layer._path) layer._path.dataset.region = id;
    this.paint();
  }

  /** One path per feature, of a class that its properties give. */
  shapes(collection, className, each = () => {}) {
    const layers = L.geoJSON(collection, {
      pane: 'ground',
      renderer: this.renderer,
      interactive: false,
      style: ({ properties }) => ({ className: className(properties), smoothFactor: 0.6 }),
      onEachFeature: each,
    });
    return layers.addTo(this.group);
  }

  /** Regions by name. @returns {Array<{id: string, name: string}>} */
  named() {
    return [...this.regions.values()].map(({ feature }) => feature.properties)
      .sort((a, b) => called(a.name, a.id).localeCompare(called(b.name, b.id)));
  }

  /** Wider areas that the data names and `areas` does not hold, as areas without an incident of their own. */
  landmarks(areas) {
    const held = new Set(areas.map(({ id }) => id));
    return [...this.macros.values()].filter(({ properties }) => !held.has(properties.id))
      .map(({ properties }) => ({ ...properties, precision: 'macro-region', n: 0, types: [] }));
  }

  /** The city closest to a point, within about a degree; empty where there is none. */
  nearestCity(lon, lat) {
    const shrink = Math.cos((lat * Math.PI) / 180);
    let best = '';
    let least = 1;
    for (const city of this.data ? this.data.cities : []) {
      const distance = Math.hypot((city.lon - lon) * shrink, city.lat - lat);
      if (distance < least) {
        best = called(city.name, `${city.admin0} ${city.name}`);
        least = distance;
      }
    }
    return best;
  }

  /** What CSS cannot reach: the hatch's colour. */
  paint() {
    this.defs.querySelectorAll('pattern').forEach((node) => node.remove());
    const fill = this.theme.ground[this.shaded ? 'faint' : 'hatch'];
    const line = svg('rect', { width: 0.9, height: 4.5, fill });
    this.defs.append(svg('pattern', {
      id: HATCH, width: 4.5, height: 4.5, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)',
    }, line));
  }

  /** Darken regions while their tag is pointed at. @param {string[]} ids */
  point(ids) {
    for (const [id, { layer }] of this.regions) {
      if (layer._path) layer._path.classList.toggle('is-pointed', ids.includes(id));
    }
  }

  /** The region whose outline an event met, or null. */
  regionAt(target) {
    return (target && target.dataset && target.dataset.region) || null;
  }
}
