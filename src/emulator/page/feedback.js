// What the page tells its reader in passing: toasts to see, announcements to hear.

import { byId, el, icon } from './dom.js';
import { t } from './strings.js';

const SHOWN_MS = { note: 4000, error: 8000 };

/** Shows `text` for a while; `kind` is `note` or `error`. */
export function toast(text, kind = 'note') {
  const box = byId('toasts');
  const close = () => {
    node.remove();
    if (!box.children.length) box.hidePopover();
  };
  const node = el('div', { class: `toast ${kind}`, role: kind === 'error' ? 'alert' : 'status', 'data-testid': 'toast' },
    el('p', { class: 'grow' }, text),
    el('button', { type: 'button', class: 'round', 'aria-label': t('cancel'), onclick: close }, icon('close')));
  box.append(node);
  // The top layer keeps toasts above an open dialog; showing again lifts them over whatever was opened since.
  if (box.matches(':popover-open')) box.hidePopover();
  box.showPopover();
  setTimeout(close, SHOWN_MS[kind]);
}

/** Reads `text` out to people who listen to the page. */
export function announce(text) {
  byId('announcer').textContent = text;
}
