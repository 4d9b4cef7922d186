// A menu that opens beside a button. The popover API brings Esc, closing by a tap elsewhere and the top layer.

import { arrows, el } from './dom.js';

const GAP = 6;

/** Opens a menu of `items` ({label, hint?, run}) at `anchor`. It is gone from the document once closed. */
export function openMenu(anchor, items, { takeFocus = true } = {}) {
  const menu = el('div', { class: 'menu', role: 'menu', popover: 'auto' }, items.map((item) => entry(item, () => menu.hidePopover())));
  menu.addEventListener('toggle', ({ newState }) => newState === 'closed' && menu.remove());
  arrows(menu, '[role=menuitem]');
  document.body.append(menu);
  menu.showPopover();
  place(menu, anchor.getBoundingClientRect());
  if (takeFocus) menu.querySelector('[role=menuitem]')?.focus();
  return menu;
}

function entry({ label, hint, run }, close) {
  const choose = () => {
    close();
    run();
  };
  return el('button', { type: 'button', role: 'menuitem', onclick: choose }, el('span', {}, label), hint && el('small', {}, hint));
}

function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const above = at.top - height - GAP;
  menu.style.left = `${Math.max(GAP, Math.min(at.left, innerWidth - width - GAP))}px`;
  menu.style.top = `${above >= GAP ? above : Math.min(at.bottom + GAP, innerHeight - height - GAP)}px`;
}
