// Where one writes: text, attachments, commands, and the message that is being answered or edited.

import { openMenu } from './menu.js';
import { brief } from './message.js';
import { t } from './strings.js';

const KINDS = [
  'photo', 'voice', 'sticker', 'location', 'document', 'contact', 'video', 'video_note', 'animation', 'audio', 'live_location', 'dice',
  'poll', 'quiz', 'giveaway',
];
const CAPTIONED = new Set(['photo', 'voice', 'document', 'video', 'animation', 'audio']);
const ALBUMS = [['photo', 'photo', 'photo'], ['photo', 'video'], ['document', 'document']];
const EMPTY = { text: '', aim: null };

/** Whether a message has words, or could have some below it. */
export const hasWords = ({ media, system }) => !system && (!media || CAPTIONED.has(media.kind));

/**
 * Brings a composer form to life. `write(text, aim)` and `attach(kinds, caption)` answer whether it went well;
 * `commands()` are those on offer; `lastOwn()` is the message the up arrow edits. An aim is {kind: reply|edit, message},
 * and may have the `quote` that is answered.
 */
export function createComposer(form, { write, attach, commands, lastOwn }) {
  const input = form.querySelector('textarea');
  const aimBar = form.querySelector('.aim');
  const drafts = new Map();
  let key = null;
  let aim = null;
  let suggestions = null;

  const showAim = () => {
    aimBar.hidden = !aim;
    if (aim) {
      const { kind, message, quote } = aim;
      const words = quote ? t('quoted', quote) : brief(message);
      aimBar.firstElementChild.textContent = kind === 'edit' ? t('editing', words) : t('replying', message.from.name, words);
    }
  };
  const fill = (draft) => {
    ({ aim } = draft);
    input.value = draft.text;
    showAim();
  };
  const aimAt = (next) => {
    fill({ aim: next, text: next?.kind === 'edit' ? next.message.text : input.value });
    input.focus();
  };
  const cancelAim = () => fill(aim?.kind === 'edit' ? EMPTY : { aim: null, text: input.value });

  const send = async () => {
    const draft = { text: input.value, aim };
    const sentFrom = key;
    if (!draft.text.trim()) return;
    fill(EMPTY);
    if (await write(draft.text.trim(), draft.aim)) return;
    // What could not be sent comes back to where it was written, unless something else is being written there by now.
    if (key !== sentFrom) drafts.set(sentFrom, draft);
    else if (!input.value) fill(draft);
  };
  const sendMedia = async (kinds) => {
    const caption = CAPTIONED.has(kinds[0]) ? input.value.trim() : '';
    if (await attach(kinds, caption || null) && caption) fill(EMPTY);
    input.focus();
  };
  const commandItems = (start) => commands().filter(({ command }) => command.startsWith(start)).map(({ command, description }) => ({
    label: `/${command}`,
    hint: description,
    run: () => {
      input.value = `/${command}`;
      send();
      input.focus();
    },
  }));
  const suggest = () => {
    const typed = /^\/(\w*)$/.exec(input.value);
    const items = typed ? commandItems(typed[1]) : [];
    if (suggestions?.isConnected) suggestions.hidePopover();
    suggestions = items.length ? openMenu(form, items, { takeFocus: false }) : null;
  };

  const onKey = (event) => {
    // While an input method is composing, Enter chooses a word. (Safari ends the composition first: keyCode 229.)
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === 'Escape' && aim) {
      cancelAim();
    } else if (event.key.startsWith('Arrow') && suggestions?.isConnected) {
      event.preventDefault();
      suggestions.querySelector('button').focus();
    } else if (event.key === 'ArrowUp' && !input.value && lastOwn()) {
      event.preventDefault();
      aimAt({ kind: 'edit', message: lastOwn() });
    }
  };

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (suggestions?.isConnected) suggestions.hidePopover();
    send();
  });
  input.addEventListener('keydown', onKey);
  input.addEventListener('input', suggest);
  aimBar.querySelector('button').addEventListener('click', cancelAim);
  form.querySelector('.attach').addEventListener('click', ({ currentTarget }) => {
    const albums = ALBUMS.map((kinds) => ({ label: t('albumOf', kinds.map((kind) => t('kinds')[kind])), run: () => sendMedia(kinds) }));
    const single = KINDS.map((kind) => ({ label: t('kinds')[kind], run: () => sendMedia([kind]) }));
    openMenu(currentTarget, [...single, ...albums]);
  });
  form.querySelector('.commands').addEventListener('click', ({ currentTarget }) => {
    openMenu(currentTarget, commandItems(''));
  });

  return {
    aimAt,
    /** Each conversation keeps its own draft, so that nothing half written goes to somebody else. */
    switchTo(next) {
      if (next === key) return;
      drafts.set(key, { text: input.value, aim });
      key = next;
      fill(drafts.get(key) ?? EMPTY);
    },
  };
}
