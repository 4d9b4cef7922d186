// One message as a bubble with its buttons, reactions and quote.

import { el, icon } from './dom.js';
import { rich, safeUrl } from './rich.js';
import { t } from './strings.js';
import { hourMinute, moment } from './time.js';

const GLYPHS = {
  photo: '🏞️', video: '🎬', animation: '🎬', video_note: '🎬', voice: '🎤', audio: '🎵', sticker: '🌸', location: '📍', contact: '👤',
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

/** Draws `{message, newest, side, showName, quote}`; what can be done with it is in `actions`. */
export function drawMessage({ message, newest, side, showName, quote }, actions) {
  if (message.system) return el('p', { class: 'notice' }, notice(message.system));
  const time = hourMinute(moment(message.date));
  return el('article', {
    class: `message ${side}`, 'data-testid': 'message', 'data-from': side, 'data-message': message.id, 'aria-label': `${message.from.name} ${time}`,
  },
  el('div', { class: 'bubble' },
    showName && el('p', { class: 'sender' }, message.from.name),
    quote && drawQuote(quote, actions),
    message.media && drawMedia(message.media),
    message.html && drawText(message.html, actions),
    drawMeta(message, time)),
  drawMore(message, actions),
  message.buttons.length > 0 && drawKeyboard(message, newest, actions));
}

/** Reached by the arrow keys, as are older keyboards: as tab stops on every message they would bury the input. */
function drawMore(message, { menu }) {
  const open = ({ currentTarget }) => menu(message, currentTarget);
  return el('button', { type: 'button', class: 'round more', tabindex: '-1', 'aria-haspopup': 'menu', 'aria-label': t('more'), onclick: open }, icon('more'));
}

function drawQuote({ id, name, text }, actions) {
  return el('button', { type: 'button', class: 'quote', onclick: () => actions.reveal(id) }, el('b', {}, name), el('span', {}, text));
}

function drawMedia({ kind, file_name }) {
  return el('div', { class: `media ${kind}` }, el('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[kind] ?? '📄'),
    el('span', { class: 'what' }, file_name ?? t('kinds')[kind] ?? kind));
}

function drawText(html, actions) {
  const follow = (event) => {
    const target = event.target.closest('a, .command');
    if (target?.matches('a')) actions.link(event, target.href);
    else if (target) actions.say(target.textContent);
  };
  return el('div', { class: 'text', dir: 'auto', onclick: follow }, rich(html));
}

function drawMeta({ reactions, edited }, time) {
  return el('footer', {},
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
