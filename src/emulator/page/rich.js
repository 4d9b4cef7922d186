// Telegram's HTML, rebuilt element by element from a list of what is allowed. Nothing parsed is ever inserted itself:
// DOMParser makes an inert document, and only fresh elements with attributes of our own choosing reach the page.

import { el } from './dom.js';

const PLAIN = new Set(['b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'code', 'pre', 'blockquote']);
const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address if a link may lead there, else null. */
export function safeUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && SCHEMES.has(url.protocol) ? url.href : null;
}

/** The nodes of a message's `html`. Links and commands are left to who listens to clicks. */
export function rich(html) {
  return copies(new DOMParser().parseFromString(html, 'text/html').body);
}

const copies = (node) => [...node.childNodes].map(copy).flat();

function copy(node) {
  if (node.nodeType === Node.TEXT_NODE) return [node.data];
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const tag = node.localName;
  if (PLAIN.has(tag)) return [el(tag, {}, copies(node))];
  if (tag === 'tg-spoiler' || node.matches('.spoiler, .tg-spoiler')) return [spoiler(node)];
  if (node.matches('.command')) return [el('button', { type: 'button', class: 'command' }, node.textContent)];
  const href = tag === 'a' && safeUrl(node.getAttribute('href'));
  return href ? [el('a', { href, target: '_blank', rel: 'noopener noreferrer' }, copies(node))] : copies(node);
}

function spoiler(node) {
  const show = (event) => event.currentTarget.classList.add('shown');
  return el('button', { type: 'button', class: 'spoiler', onclick: show }, copies(node));
}
