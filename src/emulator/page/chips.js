// A row of people to choose from.

import { el, reconcile } from './dom.js';
import { language, t } from './strings.js';

/**
 * Shows `people` in `box`, `chosen` pressed; `unread(person)` counts what waits for them, `away(person)` tells who is
 * gone; `extra` items come last.
 */
export function showPeople(box, people, { chosen, unread = () => 0, away = () => false, choose, extra = [] }) {
  const items = people.map(({ id, name, language: tag, blocked }) => ({
    key: String(id), id, name, tag, blocked, away: away(id), pressed: id === chosen, unread: unread(id), lang: language(),
  }));
  reconcile(box, [...items, ...extra], (item) => (item.draw ? item.draw(item) : drawChip(item, choose)));
}

function drawChip({ id, name, tag, blocked, away, pressed, unread }, choose) {
  return el('button', { type: 'button', class: 'chip', 'data-testid': `person-${id}`, 'aria-pressed': String(pressed), onclick: () => choose(id) },
    el('span', { class: 'grow' }, name), tag && el('small', {}, tag), blocked && el('small', { class: 'alarm' }, t('blocked')),
    away && el('small', { class: 'alarm' }, t('away')), badge(unread));
}

/** The number of unread messages, if any. */
export const badge = (count) => count > 0 && el('span', { class: 'badge', 'aria-label': t('unread', count) }, String(count));
