/*
 * The only classic script. folium's script calls `start` and `set` at once, but neither the modules
 * nor the style sheets need have arrived by then: this keeps the last state until both have.
 *
 * window.eventmap
 *   start(map, options)  called once by the folium layer
 *   set(state)           what the page pushes; members as in `State` of layer.js
 *   marks()              what is drawn: [{place, n, x, y}], x and y in pixels of the map's container
 *   ready                a promise that is kept when the layer runs
 */
(() => {
  if (window.eventmap) return;
  const here = document.currentScript.src;
  const modules = import(new URL('layer.js', here).href);
  const folder = here.slice(0, here.lastIndexOf('/') + 1);
  const STYLES = 3;
  const PATIENCE = 8000;

  /** Style sheets are inserted late and once more: wait until ours have rules. */
  async function styled() {
    const loaded = (sheet) => sheet.href && sheet.href.startsWith(folder) && sheet.cssRules.length > 0;
    const end = Date.now() + PATIENCE;
    while ([...document.styleSheets].filter(loaded).length < STYLES && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  let layer = null;
  let waiting = null;
  let begun;
  window.eventmap = {
    ready: new Promise((resolve) => { begun = resolve; }),
    async start(map, options) {
      const [{ createLayer }] = await Promise.all([modules, styled()]);
      layer = createLayer(map, options);
      if (waiting) layer.set(waiting);
      begun();
    },
    set(state) {
      if (layer) layer.set(state);
      else waiting = state;
    },
    marks: () => (layer ? layer.marks() : []),
  };
})();
