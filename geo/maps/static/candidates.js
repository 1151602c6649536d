/**
 * The map of what was read out of one article: the same ground, marks, areas and names as the live
 * layer, but of a few candidates that come with the page, without a question to the server.
 */

import { Areas } from './areas.js';
import { Base } from './base.js';
import { addChrome } from './chrome.js';
import { Boxes } from './collide.js';
import { el } from './dom.js';
import { Labels } from './labels.js';
import { Legend } from './legend.js';
import { Marks } from './marks.js';
import { watchTheme } from './theme.js';
import { speak } from './words.js';

const PATIENCE = 4000;
const CLOSEST = 9;

/** Style sheets are inserted late: wait until ours has rules, for the map takes its size from it. */
async function styled() {
  const end = Date.now() + PATIENCE;
  const loaded = ({ href, cssRules }) => href && href.endsWith('/candidates.css') && cssRules.length > 0;
  while (![...document.styleSheets].some(loaded) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/**
 * @param {L.Map} map
 * @param {{outlines: any, marks: import('./api.js').Mark[], areas: import('./api.js').Area[], types: any[],
 *   told: Object<string, string[]>, box: ?number[], language: string}} options  `told`: lines on each mark's
 *   cell or area's id; `box`: what to frame, W, S, E, N
 */
export async function show(map, options) {
  await styled();
  speak(options.language);
  const { outlines: ground, told, box } = options;
  const reply = {
    mode: 'places', types: options.types.map(({ name }) => name), marks: options.marks, areas: options.areas,
  };
  let ready = false;
  const theme = watchTheme(options, () => { if (ready) layout(); });
  const legend = new Legend(options.types, theme);
  const base = new Base(map, theme);
  const marks = new Marks(map, theme);
  const labels = new Labels(map, theme);
  const areas = new Areas(map, base, ({ id }, at) => tell([id], at));
  const chrome = addChrome(map, { home, lists: () => {} });

  function tell(keys, at) {
    const lines = keys.flatMap((key) => told[key] || []).map((line) => el('li', {}, line));
    if (lines.length) L.popup({ closeButton: true }).setLatLng(at).setContent(el('ul', { class: 'told' }, ...lines)).openOn(map);
  }

  function home() {
    const [west, south, east, north] = box || ground.home;
    map.fitBounds([[south, west], [north, east]], { animate: false, padding: [40, 40], maxZoom: CLOSEST });
  }

  function layout() {
    const size = map.getSize();
    if (!size.x || !size.y) return;
    const boxes = new Boxes(size.x, size.y);
    for (const rect of chrome.boxes()) boxes.add(rect);
    labels.begin(boxes);
    marks.place(reply);
    labels.marks(marks.drawn);
    areas.place(reply.areas);
    areas.layout(boxes);
    labels.cities(ground.cities, base.home, () => null);
    labels.regions(ground.regions.features, false);
    labels.countries(ground.countries.features);
    marks.paint(areas.leaders);
    labels.paint();
    const drawn = [...reply.marks, ...reply.areas];
    legend.update({
      present: new Set(reply.types.filter((_, at) => drawn.some(({ types }) => types[at]))),
      region: reply.areas.some(({ precision }) => precision === 'region'),
      macro: base.macros.size > 0,
      approximate: false,
      nationwide: false,
      radius: marks.hasRadius,
      earlier: false,
      figure: null,
    });
    document.documentElement.dataset.settled = String(marks.drawn.length + reply.areas.length);
  }

  const pointed = (point) => map.getContainer().classList.toggle('is-on-mark', Boolean(marks.at(point)));
  map.on('click', ({ containerPoint }) => {
    const mark = marks.at(containerPoint);
    if (mark) tell(mark.cells, [mark.lat, mark.lon]);
  });
  map.on('mousemove', ({ containerPoint }) => pointed(containerPoint));
  map.on('moveend zoomend', layout);
  base.draw(ground);
  map.invalidateSize({ pan: false });
  home();
  ready = true;
  layout();
  new ResizeObserver(() => {
    map.invalidateSize({ pan: false });
    home();
    layout();
  }).observe(map.getContainer());
}
