// The map of a page of features: their places over the regions of their day, all from this origin.

/** @param {string} address @returns {Promise<any>} GeoJSON */
async function read(address) {
  const reply = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
}

/** Draw the features of the page on its map. @param {HTMLElement} place */
async function draw(place) {
  const L = /** @type {any} */ (window).L;
  const map = L.map(place, { attributionControl: false, preferCanvas: true }).setView([48, 67], 4);
  place.setAttribute("role", "application");
  place.setAttribute("aria-label", `Map: ${place.dataset.title}`);
  const ground = { color: "#8a94a3", weight: 1, fillColor: "#f6f4ef", fillOpacity: 1 };
  const found = await read(String(place.dataset.features));
  const days = (found.features || [found]).map((/** @type {any} */ one) => one.properties.date_start).filter(Boolean);
  const on = days.length ? `&datetime=${days[0]}` : "";
  const regions = await read(`/api/collections/regions/items?f=json&limit=1000${on}`);
  L.geoJSON(regions, { style: ground, interactive: false, filter: (/** @type {any} */ f) => f.geometry }).addTo(map);
  const shown = L.geoJSON(found, {
    filter: (/** @type {any} */ feature) => feature.geometry,
    style: (/** @type {any} */ feature) =>
      feature.geometry.type === "Point" ? {} : { color: "#0a5c9c", weight: 2, fillOpacity: 0.15 },
    pointToLayer: (/** @type {any} */ _, /** @type {any} */ at) =>
      L.circleMarker(at, { radius: 6, color: "#fff", weight: 1.5, fillColor: "#ae2600", fillOpacity: 0.9 }),
    onEachFeature: (/** @type {any} */ feature, /** @type {any} */ layer) => {
      const label = document.createElement("span");
      label.textContent = feature.properties.title || feature.properties.name || feature.properties.summary || feature.id;
      layer.bindTooltip(label);
    },
  }).addTo(map);
  const bounds = shown.getBounds();
  if (bounds.isValid()) map.fitBounds(bounds, { maxZoom: 9, padding: [20, 20] });
}

const place = document.getElementById("map");
if (place) {
  const ready = () => draw(place).catch((error) => { place.textContent = `No map: ${error.message}`; });
  if (/** @type {any} */ (window).L) ready();
  else window.addEventListener("load", ready);
}
