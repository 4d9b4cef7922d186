// The scrolling list of messages, with the days between them. It stays at the end unless the reader scrolled up, but
// never runs past the beginning of something new: long answers are read from the top.

import { albums } from './album.js';
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

  arrows(box, '.more, .key, .example, .picture');
  const find = (id) => box.querySelector(`[data-message="${Number(id)}"]`);
  const toEnd = () => { box.scrollTop = box.scrollHeight; };
  const look = () => {
    following = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (following) newest.hidden = true;
  };
  newest.addEventListener('click', toEnd);
  box.addEventListener('scroll', look);
  // Also fires when a hidden pane comes back, whose place the browser has forgotten.
  new ResizeObserver(() => following && toEnd()).observe(box);
  // A picture has no height before it is there. Such events do not bubble.
  box.addEventListener('load', () => following && toEnd(), true);

  const reveal = (id) => {
    const target = find(id);
    target?.scrollIntoView({ block: 'center' });
    target?.classList.add('found');
    target?.addEventListener('animationend', () => target.classList.remove('found'), { once: true });
  };
  const draw = (item) => (item.draw ?? drawMessage)(item, { ...actions, reveal });

  /** `key` names the conversation, `mine` the writer on this side, `after` further items ({key, draw}) at the end. */
  return ({ key, messages, mine, showNames, after }) => {
    const last = messages.at(-1);
    const fresh = shown?.key === key && messages.find(({ id }) => id > shown.last);
    if (shown?.key !== key || (fresh && last.from.id === mine)) following = true;
    shown = { key, last: last?.id ?? 0 };
    reconcile(box, [...itemsOf(messages, mine, showNames), ...after], draw);
    if (following) {
      toEnd();
      const start = fresh && find(fresh.id);
      if (start && start.offsetTop < box.scrollTop) start.scrollIntoView();
      look();
    }
    if (fresh && !following) newest.hidden = false;
  };
}

function itemsOf(messages, mine, showNames) {
  const byMessage = new Map(messages.map((message) => [message.id, message]));
  const items = [];
  let day = null;
  let before = null;
  for (const group of albums(messages)) {
    const [message] = group;
    const at = moment(message.date);
    if (dayKey(at) !== day) {
      day = dayKey(at);
      before = null;
      items.push({ key: `day-${day}`, label: dayName(at), draw: drawDay });
    }
    items.push({
      key: `message-${message.id}`, group, lang: language(), quote: message.reply_to && quoteOf(message, byMessage),
      newest: group.at(-1) === messages.at(-1), side: sideOf(message.from, mine), showName: showNames && message.from.id !== mine && message.from.id !== before,
    });
    before = message.system ? null : message.from.id;
  }
  return items;
}

const drawDay = ({ label }) => el('p', { class: 'day' }, label);

const sideOf = (from, mine) => (from.id === mine ? 'me' : from.bot ? 'bot' : 'other');

function quoteOf({ reply_to: id, quote }, messages) {
  const message = messages.get(id);
  const text = quote ? t('quoted', quote) : message && brief(message);
  return message ? { id, name: message.from.name, text } : { id, name: '', text: text ?? t('gone') };
}
