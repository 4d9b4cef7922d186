// The few helpers over the DOM. Text goes in as text nodes only: nothing here parses HTML.

export const byId = (id) => document.getElementById(id);

/** Makes an element. Functions in `props` (`onclick`) become listeners; null and false are left out. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon of the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

const FOCUSABLE = 'button, a[href], input, [tabindex]';
const drawn = new WeakMap();

/**
 * Makes the children of `parent` show `items`, drawing only those that changed, so that focus, selection and scroll
 * survive each new state. An item needs a `key`, and has to hold everything `draw` looks at.
 */
export function reconcile(parent, items, draw) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const sign = JSON.stringify(item);
    const old = before.get(item.key);
    if (old && drawn.get(old) === sign) return old;
    const node = draw(item);
    node.dataset.key = item.key;
    drawn.set(node, sign);
    return node;
  });
  const focused = focusIn(parent);
  const kept = new Set(nodes);
  for (const node of [...parent.children]) if (!kept.has(node)) node.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
  if (focused && !parent.contains(document.activeElement)) refocus(nodes, focused);
}

function focusIn(parent) {
  const child = [...parent.children].find((node) => node.contains(document.activeElement));
  return child && { key: child.dataset.key, at: focusables(child).indexOf(document.activeElement) };
}

const focusables = (node) => [node, ...node.querySelectorAll(FOCUSABLE)].filter((one) => one.matches(FOCUSABLE));

function refocus(nodes, { key, at }) {
  const node = nodes.find((one) => one.dataset.key === key);
  const choices = node ? focusables(node) : [];
  choices[Math.min(at, choices.length - 1)]?.focus();
}

/** Arrow keys, Home and End move the focus among the children of `box` that match `selector`. */
export function arrows(box, selector) {
  box.addEventListener('keydown', (event) => {
    const all = [...box.querySelectorAll(selector)];
    const at = all.indexOf(document.activeElement);
    const back = Math.max(at, 0) - 1;
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: back, ArrowLeft: back, Home: 0, End: -1 };
    if (!all.length || !(event.key in steps)) return;
    event.preventDefault();
    all.at(steps[event.key] % all.length).focus();
  });
}
