// The dialog that asks for a topic's title.

import { byId } from './dom.js';
import { t } from './strings.js';

/** Sets up the dialog and answers what opens it: `ask(heading, title)` brings the title written there, or null. */
export function createTitleDialog() {
  const dialog = byId('title-dialog');
  const form = dialog.querySelector('form');
  const field = form.elements.title;
  let settle = () => {};

  form.querySelector('[value=cancel]').addEventListener('click', () => dialog.close(''));
  dialog.addEventListener('close', () => settle(dialog.returnValue === 'ok' ? field.value.trim() : null));

  return (heading, title = '') => {
    byId('title-heading').textContent = t(heading);
    field.value = title;
    dialog.returnValue = '';
    dialog.showModal();
    field.select();
    return new Promise((resolve) => { settle = resolve; });
  };
}
