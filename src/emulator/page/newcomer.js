// The dialog that adds a person.

import { byId, el } from './dom.js';
import { language } from './strings.js';

/** Beside what the concierge speaks, a few it does not: then it has to say so. */
const LANGUAGES = ['ja', 'en', 'zh-hans', 'ko', 'vi', 'pt-br', 'fr'];

/** Sets up the dialog and answers what opens it. Who was added is chosen at once. */
export function createNewcomer(door) {
  const dialog = byId('newcomer');
  const form = dialog.querySelector('form');
  const fields = form.elements;

  form.querySelector('[value=cancel]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async () => {
    const added = await door.act({ do: 'new_person', name: fields.name.value.trim(), language: fields.language.value });
    if (added) door.show({ mover: added.person, tab: 'chat' });
  });

  return () => {
    const names = new Intl.DisplayNames(language(), { type: 'language' });
    form.reset();
    fields.language.replaceChildren(...LANGUAGES.map((tag) => el('option', { value: tag }, names.of(tag))));
    dialog.showModal();
  };
}
