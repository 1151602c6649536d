/** Elements without HTML strings: whatever comes from data becomes text, never markup. */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {Element} node
 * @param {Object<string, any>} attributes  `on` holds listeners; null and false leave an attribute out
 */
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : String(value));
    }
  }
  return node;
}

/**
 * @param {string} tag
 * @param {Object<string, any>} [attributes]
 * @param {...(Node|string|null|false)} children
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = dress(document.createElement(tag), attributes);
  node.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return node;
}

/** A button that submits nothing. */
export function button(attributes, ...children) {
  return el('button', { type: 'button', ...attributes }, ...children);
}

/**
 * @param {string} tag
 * @param {Object<string, any>} [attributes]
 * @param {...(Node|string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = dress(document.createElementNS(SVG, tag), attributes);
  node.append(...children);
  return node;
}

/** A link that opens elsewhere, where the address is http(s); else its text alone. */
export function link(address, text) {
  let url = null;
  try {
    url = new URL(address);
  } catch (_) {
    return document.createTextNode(text);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return document.createTextNode(text);
  return el('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer' }, text);
}

/** Whether the frame is as narrow as a phone: the panel is then a sheet. */
export const isPhone = () => window.innerWidth <= 640;

/** Whether motion is unwelcome. */
export const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches;
