// One message as a bubble with its buttons, reactions and quote.

import { drawTiles, speaker } from './album.js';
import { el, icon } from './dom.js';
import { rich, safeUrl } from './rich.js';
import { t } from './strings.js';
import { hourMinute, moment } from './time.js';

const GLYPHS = {
  photo: '🏞️', video: '🎬', animation: '🎬', video_note: '🎬', voice: '🎤', audio: '🎵', sticker: '🌸', location: '📍', contact: '👤',
  dice: '🎲', poll: '📊', giveaway: '🎁',
};
const SHORT = 80;

/** A message in a line of plain text, for quotes and lists. */
export function brief({ text, media, system }) {
  const words = system ? notice(system) : [media && t('kinds')[media.kind], text].filter(Boolean).join(' ');
  return words.length > SHORT ? `${words.slice(0, SHORT)}…` : words;
}

/** What Telegram itself tells (`topic created: name`), in the page's language. */
function notice(system) {
  const [what, ...rest] = system.split(': ');
  return [t('notices')[what] ?? what, ...rest].join(': ');
}

/** Draws `{group, newest, side, showName, quote}`, one message or an album; what can be done with it is in `actions`. */
export function drawMessage({ group, newest, side, showName, quote }, actions) {
  const message = speaker(group);
  if (message.system) return el('p', { class: 'notice', 'data-message': message.id }, notice(message.system));
  const time = hourMinute(moment(message.date));
  const isAlbum = group.length > 1;
  return el('article', {
    class: `message ${side}`, 'data-testid': 'message', 'data-from': side, 'data-message': !isAlbum && message.id,
    'aria-label': `${message.from.name} ${time}${isAlbum ? ` ${t('album', group.length)}` : ''}`,
  },
  el('div', { class: 'bubble' },
    showName && el('p', { class: 'sender' }, message.from.name),
    quote && drawQuote(quote, actions),
    isAlbum ? drawTiles(group, drawMedia) : message.media && drawMedia(message.media),
    message.html && drawText(message.html, actions),
    drawMeta({ ...message, reactions: group.flatMap(({ reactions }) => reactions) }, time)),
  drawMore(message, actions),
  message.buttons.length > 0 && drawKeyboard(message, newest, actions));
}

/** Reached by the arrow keys, as are older keyboards: as tab stops on every message they would bury the input. */
function drawMore(message, { menu }) {
  // Pressing the button ends the selection, so what was selected is taken before.
  let selected = '';
  const look = ({ currentTarget }) => { selected = selectionIn(currentTarget.closest('.message')); };
  const open = ({ currentTarget }) => {
    menu(message, currentTarget, selected);
    selected = '';
  };
  return el('button', {
    type: 'button', class: 'round more', tabindex: '-1', 'aria-haspopup': 'menu', 'aria-label': t('more'), onpointerdown: look, onclick: open,
  }, icon('more'));
}

/** What of a message's own words is selected. */
function selectionIn(bubble) {
  const selection = getSelection();
  const words = bubble.querySelector('.text');
  const isInside = selection.rangeCount > 0 && words?.contains(selection.getRangeAt(0).commonAncestorContainer);
  return isInside ? selection.toString().trim() : '';
}

function drawQuote({ id, name, text }, actions) {
  return el('button', { type: 'button', class: 'quote', onclick: () => actions.reveal(id) }, el('b', {}, name), el('span', {}, text));
}

function drawMedia({ kind, file_name, picture }) {
  if (picture) return drawPicture(`/demo/picture/${encodeURIComponent(picture)}`, file_name ?? t('kinds')[kind]);
  return el('div', { class: `media ${kind}` }, el('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[kind] ?? '📄'),
    el('span', { class: 'what' }, file_name ?? t('kinds')[kind] ?? kind));
}

/** A picture as it was sent; a tap shows it in its own size. */
function drawPicture(src, name) {
  return el('a', { class: 'picture', href: src, target: '_blank', rel: 'noopener', tabindex: '-1', 'aria-label': t('wholePicture', name) },
    el('img', { src, alt: '' }));
}

function drawText(html, actions) {
  const follow = (event) => {
    const target = event.target.closest('a, .command');
    if (target?.matches('a')) actions.link(event, target.href);
    else if (target) actions.say(target.textContent);
  };
  return el('div', { class: 'text', dir: 'auto', onclick: follow }, rich(html));
}

function drawMeta({ reactions, edited, pinned }, time) {
  return el('footer', {},
    pinned && el('span', { role: 'img', 'aria-label': t('pinned') }, '📌'),
    reactions.map((emoji) => el('span', { class: 'reaction' }, emoji)),
    el('small', {}, edited ? `${t('edited')} ${time}` : time));
}

const drawKeyboard = (message, newest, actions) => el('div', { class: 'keyboard' },
  message.buttons.map((row) => el('div', { class: 'row' }, row.map((button) => drawKey(message, button, newest, actions)))));

function drawKey(message, button, newest, actions) {
  const props = { class: `key ${button.kind}`, 'data-testid': 'inline-button', tabindex: newest ? null : '-1' };
  const href = button.kind === 'url' && safeUrl(button.data);
  if (href) return el('a', { ...props, href, target: '_blank', rel: 'noopener noreferrer', onclick: (event) => actions.link(event, href) }, button.label);
  const press = async ({ currentTarget: key }) => {
    key.setAttribute('aria-busy', 'true');
    await actions.press(message, button);
    key.removeAttribute('aria-busy');
  };
  return el('button', { ...props, type: 'button', onclick: press }, button.label);
}
