// An album: several messages in one bubble.

import { el } from './dom.js';

/** Puts messages of one album and author that follow each other together; each group has at least one message. */
export function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const before = groups.at(-1)?.[0];
    const fits = message.album && message.buttons.length === 0 && before?.album === message.album && before.buttons.length === 0;
    if (fits) groups.at(-1).push(message);
    else groups.push([message]);
  }
  return groups;
}

/** The message a whole album is spoken of by: the one with words, else the first. */
export const speaker = (group) => group.find(({ text }) => text) ?? group[0];

/** Draws the things of an album side by side; `draw` draws one. */
export const drawTiles = (group, draw) => el('div', { class: 'tiles' },
  group.map((message) => el('div', { class: 'tile', 'data-message': message.id }, draw(message.media))));
