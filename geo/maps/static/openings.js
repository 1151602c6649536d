/** What opens where: a click on the map, a row of the panel, or the page's wish to see one incident. */

import { isPhone, isStill } from './dom.js';
import { number } from './format.js';
import { regionSubject } from './region.js';
import { areaSubject, markSubject } from './subjects.js';
import { popup as words } from './words.js';

const TOUCH_SLACK = 12;
const CLOSE = 9; // zoom at which one place is well apart from its neighbours
const FLIGHT = 0.9; // seconds

export class Openings {
  /**
   * @param {{map: L.Map, base: import('./base.js').Base, marks: import('./marks.js').Marks,
   *   areas: import('./areas.js').Areas, panel: import('./panel.js').Panel, popup: import('./popup.js').Popup,
   *   context: import('./subjects.js').Context, on: () => ?string}} parts
   */
  constructor(parts) {
    Object.assign(this, parts);
    /** Where the page wants the map to go once the next reply is drawn. */
    this.wish = null;
  }

  click({ containerPoint, originalEvent }) {
    const touch = originalEvent.pointerType === 'touch';
    const mark = this.marks.at(containerPoint, touch ? TOUCH_SLACK : 3);
    if (mark) this.popup.open(markSubject(this.context, mark), this.map.getContainer());
    else this.region(this.base.regionAt(originalEvent.target), containerPoint);
  }

  /** A name for a mark that stands for several places. */
  around(lon, lat) {
    const city = this.base.nearestCity(lon, lat);
    if (city) return words.around(city);
    const { north, south, east, west } = words.sides;
    const degrees = (value) => number(Number(Math.abs(value).toFixed(1)));
    return words.point(degrees(lat), lat < 0 ? south : north, degrees(lon), lon < 0 ? west : east);
  }

  place(mark, opener, id = '') {
    const names = mark.place ? [mark.place] : [];
    const place = { ...mark, names, cells: [mark.cell] };
    const at = L.latLng(mark.lat, mark.lon);
    if (!this.map.getBounds().contains(at)) this.map.panTo(at, { animate: false });
    this.popup.open({ ...markSubject(this.context, place), entry: id }, opener);
  }

  area(area, opener, at = null, id = '') {
    const tag = this.areas.at(area.id);
    this.popup.open({ ...areaSubject(this.context, area, at || tag || this.map.getCenter()), entry: id }, opener);
  }

  /** At the point clicked, or where the region's name stands. */
  region(id, containerPoint, opener = this.map.getContainer()) {
    const region = id && this.base.regions.get(id);
    if (!region || !this.context.reply()) return;
    const { properties } = region.feature;
    const at = containerPoint ? this.map.containerPointToLatLng(containerPoint) : spot(properties.label);
    this.popup.open(regionSubject(this.context, properties, {
      at,
      on: this.on(),
      area: () => this.context.reply().areas.find((area) => area.id === id) || null,
      openArea: (area) => this.area(area, opener),
      open: (subject) => this.popup.open(subject, opener),
    }), opener);
  }

  /**
   * Go where the page wants: to a point, or to an area of the map. The popup opens at the incident once
   * the view is there and drawn.
   *
   * @param {{lon?: number, lat?: number, area?: string, id?: string}} wish
   */
  travel(wish) {
    this.popup.close();
    this.wish = { ...wish, there: false };
    const arrive = () => {
      if (this.wish) this.wish.there = true;
    };
    const bounds = wish.area ? this.bounds(wish.area) : null;
    const point = wish.area ? null : L.latLng(wish.lat, wish.lon);
    if (!bounds && !point) {
      arrive();
      return;
    }
    const zoom = point && Math.max(this.map.getZoom(), CLOSE);
    const here = point ? zoom === this.map.getZoom() && this.map.getCenter().distanceTo(point) < 50 : false;
    if (!here) this.map.once('moveend', arrive);
    const padding = isPhone() ? [10, 10] : [40, 40];
    if (here) arrive();
    else if (point && isStill()) this.map.setView(point, zoom, { animate: false });
    else if (point) this.map.flyTo(point, zoom, { duration: FLIGHT });
    else if (isStill()) this.map.fitBounds(bounds, { animate: false, padding });
    else this.map.flyToBounds(bounds, { duration: FLIGHT, padding });
  }

  /** Whether the view is where the page wants it, and only the drawing is awaited. */
  isThere() {
    return Boolean(this.wish && this.wish.there);
  }

  /** Corners of a region or a wider area; null for a country, which is listed beside the map. */
  bounds(id) {
    const region = this.base.regions.get(id);
    const feature = region ? region.feature : this.base.macros.get(id);
    return feature && feature.geometry ? L.geoJSON(feature).getBounds() : null;
  }

  /** A reply has been drawn: open what was wished for, if the view is there. */
  arrived() {
    const { wish } = this;
    if (!wish || !wish.there) return;
    this.wish = null;
    const reply = this.context.reply();
    if (wish.area) {
      const area = reply.areas.find(({ id }) => id === wish.area);
      if (area && area.precision === 'country') this.panel.show(wish.id);
      else if (area) this.area(area, this.map.getContainer(), null, wish.id);
      else this.region(wish.area);
      return;
    }
    const near = ({ lon, lat }) => Math.hypot(lon - wish.lon, lat - wish.lat);
    const mark = reply.marks.reduce((best, one) => (!best || near(one) < near(best) ? one : best), null);
    if (mark) this.place(mark, this.map.getContainer(), wish.id);
  }
}

const spot = ([lon, lat]) => L.latLng(lat, lon);
