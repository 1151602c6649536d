/**
 * Light or dark, as the page around the frame. Before Streamlit's first message the page's background
 * tells; afterwards each message names the theme, so a switch is followed at once.
 */

const DARK_BELOW = 128;

function seemsDark() {
  try {
    const page = window.parent.document.querySelector('.stApp');
    const channels = getComputedStyle(page).backgroundColor.match(/\d+/g).map(Number);
    return 0.3 * channels[0] + 0.59 * channels[1] + 0.11 * channels[2] < DARK_BELOW;
  } catch (_) {
    return window.matchMedia('(prefers-color-scheme: dark)').matches;
  }
}

/**
 * @typedef {{name: 'light'|'dark', ground: Object<string, string>, event: Object<string, string>,
 *   shades: string[]}} Theme
 * @param {Object} options  as geo/maps/palette.py gives them
 * @param {() => void} changed  called after every switch
 * @returns {Theme}  changed in place
 */
export function watchTheme(options, changed) {
  const root = document.documentElement;
  const theme = { name: '', ground: {}, event: {}, shades: [] };

  function apply(name) {
    if (name === theme.name) return;
    theme.name = name;
    theme.ground = options.ground[name];
    theme.shades = options.shades[name];
    theme.event = Object.fromEntries(options.types.map((type) => [type.name, type[name]]));
    root.dataset.theme = name;
    root.style.colorScheme = name;
    for (const [variable, colour] of Object.entries(theme.ground)) root.style.setProperty(`--${variable}`, colour);
    changed();
  }

  apply(seemsDark() ? 'dark' : 'light');
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window.parent || !data || data.type !== 'streamlit:render' || !data.theme) return;
    apply(data.theme.base === 'dark' ? 'dark' : 'light');
  });
  if (window.parent === window) {
    window.matchMedia('(prefers-color-scheme: dark)')
      .addEventListener('change', ({ matches }) => apply(matches ? 'dark' : 'light'));
  }
  return theme;
}
