/** A canvas over the map that follows pans and zoom animations; drawn in pixels of the map's container. */

const MARGIN = 0.12;

export class Sheet {
  /**
   * @param {L.Map} map
   * @param {string} pane  created here
   * @param {number} zIndex
   */
  constructor(map, pane, zIndex) {
    this.map = map;
    const holder = map.createPane(pane);
    holder.style.zIndex = String(zIndex);
    holder.style.pointerEvents = 'none';
    this.canvas = L.DomUtil.create('canvas', 'leaflet-zoom-animated', holder);
    this.canvas.setAttribute('aria-hidden', 'true');
    this.context = this.canvas.getContext('2d');
    map.on('zoomanim', this.follow, this);
  }

  /** Clear it for a new drawing; returns a context in container pixels. */
  begin() {
    const { map, canvas, context } = this;
    const size = map.getSize();
    const margin = size.multiplyBy(MARGIN).round();
    const whole = size.add(margin.multiplyBy(2));
    const ratio = window.devicePixelRatio || 1;
    const corner = map.containerPointToLayerPoint(margin.multiplyBy(-1));
    this.corner = map.layerPointToLatLng(corner);
    this.zoom = map.getZoom();
    const width = Math.round(whole.x * ratio);
    const height = Math.round(whole.y * ratio);
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      canvas.style.width = `${whole.x}px`;
      canvas.style.height = `${whole.y}px`;
    }
    L.DomUtil.setPosition(canvas, corner);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(ratio, 0, 0, ratio, margin.x * ratio, margin.y * ratio);
    return context;
  }

  follow({ zoom, center }) {
    if (!this.corner) return;
    const scale = this.map.getZoomScale(zoom, this.zoom);
    const corner = this.map._latLngToNewLayerPoint(this.corner, zoom, center);
    L.DomUtil.setTransform(this.canvas, corner, scale);
  }
}
