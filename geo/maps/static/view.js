/**
 * What the map shows, kept in the address of the page as `#map=zoom/latitude/longitude` (degrees), so that
 * a copied address brings it back. The page itself knows nothing of it, and rewrites the address without
 * it at every change of a filter: hence `keep` looks again and again.
 */

const FORM = /^#map=(\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)$/;
const LOOK_AGAIN = 700;

/** The page around the map, or the map's own where there is none or it belongs to somebody else. */
function page() {
  try {
    return window.parent.location.href && window.parent;
  } catch {
    return window;
  }
}

/** @returns {?{zoom: number, lat: number, lon: number}}  null where the address names no view on earth */
export function asked() {
  const [, zoom, lat, lon] = (FORM.exec(page().location.hash) || []).map(Number);
  return Math.abs(lat) <= 85 && Math.abs(lon) <= 180 ? { zoom, lat, lon } : null;
}

/** Write the view into the address whenever it is not there. @param {() => ?L.Map} shown  null at home */
export function keep(shown) {
  setInterval(() => {
    const map = shown();
    const { history, location } = page();
    if (!map && !location.hash.startsWith('#map=')) return;
    const hash = map ? told(map) : '';
    if (location.hash !== hash) history.replaceState(history.state, '', location.pathname + location.search + hash);
  }, LOOK_AGAIN);
}

function told(map) {
  const { lat, lng } = map.getCenter().wrap();
  return `#map=${[map.getZoom().toFixed(2), lat.toFixed(4), lng.toFixed(4)].map(Number).join('/')}`;
}
