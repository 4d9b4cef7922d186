// A transcript with its composer: the mover's chat and each topic of the desk are both this.

import { commandsFor } from './commands.js';
import { createComposer, hasWords } from './composer.js';
import { byId } from './dom.js';
import { toast } from './feedback.js';
import { openMenu } from './menu.js';
import { t, translate } from './strings.js';
import { createTranscript } from './transcript.js';

const REACTIONS = ['👍', '❤️', '🙏'];

/** Fills `root`; `ids` are the test ids of its input and send button. */
export function createConversation(root, door, ids) {
  root.append(byId('conversation').content.cloneNode(true));
  translate(root);
  root.querySelector('textarea').dataset.testid = ids.input;
  root.querySelector('.send').dataset.testid = ids.send;
  let here = null; // { world, person, chat, thread, messages, hidden?, leads?, … } of the last render

  const place = () => ({ person: here.person.id, chat: here.chat.id });
  const writing = () => ({ ...place(), thread: here.thread, ...(here.hidden && { anonymous: true }) });
  const say = (text, aim = null) => door.act({ do: 'say', ...writing(), text, reply_to: aim?.message.id, quote: aim?.quote });
  const offered = () => commandsFor(here.world.commands, here.chat, here.person);
  const isOwn = (message) => message.from.id === here.person.id;
  const editable = (message) => isOwn(message) && hasWords(message);

  const press = async (message, { kind, data }) => {
    if (kind === 'share') return door.share(data);
    if (kind === 'url') return toast(t('linkNotOpened'), 'error');
    if (kind === 'copy') return navigator.clipboard.writeText(data).then(() => toast(t('copied')));
    const answer = await door.act({ do: 'tap', ...place(), message: message.id, data });
    return answer?.note && toast(answer.note);
  };
  // Links to the bot itself would lead out to the real Telegram: here they start it with their payload.
  const link = (event, href) => {
    const { deep } = here.world.links;
    if (!href.startsWith(deep)) return;
    event.preventDefault();
    say(`/start ${href.slice(deep.length)}`);
  };
  const menu = (message, anchor, selected) => {
    const aim = (kind, quote) => () => composer.aimAt({ kind, message, quote });
    const act = (action) => () => door.act({ ...action, message: message.id });
    openMenu(anchor, [
      { label: t('reply'), run: aim('reply') },
      selected && { label: t('replyToPart'), hint: selected, run: aim('reply', selected) },
      editable(message) && { label: t('edit'), run: aim('edit') },
      ...REACTIONS.map((emoji) => ({ label: emoji, run: act({ do: 'react', ...place(), emoji }) })),
      here.leads && { label: t('pin'), run: act({ do: 'pin', person: here.person.id }) },
      (here.leads || isOwn(message)) && { label: t('delete'), run: act({ do: 'delete', ...place() }) },
    ].filter(Boolean));
  };

  const show = createTranscript(root, { say, press, link, menu });
  const composer = createComposer(root.querySelector('form'), {
    write: (text, aim) => (aim?.kind === 'edit'
      ? door.act({ do: 'edit', ...place(), message: aim.message.id, text })
      : say(text, aim)),
    attach: (kinds, caption) => door.act(kinds.length > 1
      ? { do: 'album', ...writing(), kinds, caption }
      : { do: 'send', ...writing(), kind: kinds[0], caption }),
    commands: offered,
    lastOwn: () => here.messages.findLast(editable),
  });

  return {
    say,
    render(next) {
      here = next;
      root.querySelector('.commands').hidden = offered().length === 0;
      const key = `${here.chat.id}/${here.thread ?? ''}`;
      composer.switchTo(`${here.person.id}@${key}`);
      show({ key, messages: here.messages, mine: here.person.id, showNames: here.showNames, after: here.after ?? [] });
    },
  };
}
