/**
 * Asking the server, and the shapes of its answers.
 *
 * @typedef {Object<string, string|string[]>} Query  parameters as in geo/query.py
 * @typedef {{lon: number, lat: number, n: number, types: number[], harm: number, place: string|null,
 *   places: number, cell: string, km: ?number}} Mark
 * @typedef {{id: string, name: string, precision: 'region'|'macro-region'|'country', regions: string[],
 *   n: number, types: number[]}} Area
 * @typedef {{total: number, unplaced: number, mode: 'places'|'cells', types: string[], marks: Mark[],
 *   areas: Area[]}} Cells
 * @typedef {{west: number, south: number, east: number, north: number}} Box
 */

/** Parameters as one text; a list is written as a repeated parameter. */
export function encode(query) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const text of Array.isArray(value) ? value : [value]) {
      if (text !== null && text !== undefined && text !== '') search.append(name, String(text));
    }
  }
  return search.toString();
}

/** The part of the view that the query's own box leaves, as 'W,S,E,N'. */
export function clip(bounds, own) {
  const view = [
    Math.max(-180, bounds.getWest()), Math.max(-90, bounds.getSouth()),
    Math.min(180, bounds.getEast()), Math.min(90, bounds.getNorth()),
  ];
  if (!own) return view.map((degree) => degree.toFixed(4)).join(',');
  const box = String(own).split(',').map(Number);
  const west = Math.max(view[0], box[0]);
  const south = Math.max(view[1], box[1]);
  return [west, south, Math.max(west, Math.min(view[2], box[2])), Math.max(south, Math.min(view[3], box[3]))].join(',');
}

/**
 * @param {string} root  such as '/api'
 * @returns {(path: string, query?: Query, signal?: AbortSignal) => Promise<any>}
 *   rejects with an Error on any answer that is not JSON with status 200
 */
export function createApi(root) {
  return async function get(path, query = {}, signal = undefined) {
    const response = await fetch(`${root}/${path}?${encode(query)}`, { signal });
    // A mistyped path could be answered by a page with status 200.
    const isJson = (response.headers.get('content-type') || '').includes('json');
    if (!response.ok || !isJson) throw new Error(`${path}: ${response.status}`);
    return response.json();
  };
}

/** Keeps only the last of several overlapping requests: each new one aborts the one before. */
export function latest() {
  let controller = null;
  return {
    next() {
      if (controller) controller.abort();
      controller = new AbortController();
      return controller.signal;
    },
    cancel() {
      if (controller) controller.abort();
    },
  };
}

/** Whether a failure is only our own change of mind. */
export const isAborted = (error) => error && error.name === 'AbortError';
