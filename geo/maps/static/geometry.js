/** What the browser must know of shapes. Coordinates are [longitude, latitude] in degrees. */

/** Whether a Polygon or MultiPolygon holds a point: even-odd rule, over every ring. */
export function contains({ type, coordinates }, lon, lat) {
  const polygons = type === 'Polygon' ? [coordinates] : coordinates;
  let inside = false;
  for (const polygon of polygons) {
    for (const ring of polygon) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [x0, y0] = ring[i];
        const [x1, y1] = ring[j];
        if (y0 > lat !== y1 > lat && lon < ((x1 - x0) * (lat - y0)) / (y1 - y0) + x0) inside = !inside;
      }
    }
  }
  return inside;
}
