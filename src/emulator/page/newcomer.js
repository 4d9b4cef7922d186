// The dialog that adds a person.

import { byId, el } from './dom.js';
import { language } from './strings.js';

/** Beside what the concierge speaks, a few it does not: then it has to say so. */
const LANGUAGES = ['ja', 'en', 'zh-hans', 'ko', 'vi', 'pt-br', 'fr'];

/** Sets up the dialog. Who appears in the world after being added is chosen at once. */
export function createNewcomer(door) {
  const dialog = byId('newcomer');
  const form = dialog.querySelector('form');
  let known = null;

  form.querySelector('[value=cancel]').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async () => {
    const added = await door.act({ do: 'new_person', name: form.elements.name.value.trim(), language: form.elements.language.value });
    if (!added) known = null;
  });

  return {
    open(people) {
      const names = new Intl.DisplayNames(language(), { type: 'language' });
      known = new Set(people.map(({ id }) => id));
      form.reset();
      form.elements.language.replaceChildren(...LANGUAGES.map((tag) => el('option', { value: tag }, names.of(tag))));
      dialog.showModal();
    },
    welcome(people) {
      const newcomer = known && people.find(({ id }) => !known.has(id));
      if (!newcomer) return;
      known = null;
      door.show({ mover: newcomer.id, tab: 'chat' });
    },
  };
}
