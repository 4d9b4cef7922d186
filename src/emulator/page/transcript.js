// The scrolling list of messages, with the days between them. It stays at the end unless the reader scrolled up.

import { arrows, el, reconcile } from './dom.js';
import { brief, drawMessage } from './message.js';
import { language, t } from './strings.js';
import { dayKey, dayName, moment } from './time.js';

const NEAR_END_PX = 60;

/** Fills `root` (a clone of the conversation template); the function returned shows a conversation there. */
export function createTranscript(root, actions) {
  const box = root.querySelector('.scroll');
  const newest = root.querySelector('.newest');
  let following = true;
  let shown = null;

  arrows(box, '.more, .key, .example');
  const toEnd = () => { box.scrollTop = box.scrollHeight; };
  newest.addEventListener('click', toEnd);
  box.addEventListener('scroll', () => {
    following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (following) newest.hidden = true;
  });
  // Also fires when a hidden pane comes back, whose place the browser has forgotten.
  new ResizeObserver(() => following && toEnd()).observe(box);

  const reveal = (id) => {
    const target = box.querySelector(`[data-message="${Number(id)}"]`);
    target?.scrollIntoView({ block: 'center' });
    target?.classList.add('found');
    target?.addEventListener('animationend', () => target.classList.remove('found'), { once: true });
  };
  const draw = (item) => (item.draw ?? drawMessage)(item, { ...actions, reveal });

  /** `key` names the conversation, `mine` the writer on this side, `after` further items ({key, draw}) at the end. */
  return ({ key, messages, mine, showNames, after }) => {
    const last = messages.at(-1);
    if (shown?.key !== key || (last?.id !== shown.last && last?.from.id === mine)) following = true;
    else if (last?.id !== shown.last && !following) newest.hidden = false;
    shown = { key, last: last?.id };
    reconcile(box, [...itemsOf(messages, mine, showNames), ...after], draw);
    if (following) toEnd();
  };
}

function itemsOf(messages, mine, showNames) {
  const byMessage = new Map(messages.map((message) => [message.id, message]));
  const items = [];
  let day = null;
  let before = null;
  for (const message of messages) {
    const at = moment(message.date);
    if (dayKey(at) !== day) {
      day = dayKey(at);
      before = null;
      items.push({ key: `day-${day}`, label: dayName(at), draw: drawDay });
    }
    items.push({
      key: `message-${message.id}`, message, lang: language(), quote: message.reply_to && quoteOf(message.reply_to, byMessage),
      side: sideOf(message.from, mine), showName: showNames && message.from.id !== mine && message.from.id !== before,
    });
    before = message.system ? null : message.from.id;
  }
  return items;
}

const drawDay = ({ label }) => el('p', { class: 'day' }, label);

const sideOf = (from, mine) => (from.id === mine ? 'me' : from.bot ? 'bot' : 'other');

function quoteOf(id, messages) {
  const message = messages.get(id);
  return message ? { id, name: message.from.name, text: brief(message) } : { id, name: '', text: t('gone') };
}
