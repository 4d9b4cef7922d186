// The mover's side: who is writing, and their chat with the bot.

import { showPeople } from './chips.js';
import { createConversation } from './conversation.js';
import { byId, el, icon } from './dom.js';
import { announce } from './feedback.js';
import { examplesFor, language, t } from './strings.js';
import { createUnread } from './unread.js';

/** Sets up the pane. Its `render` answers how many messages are unread. */
export function createChat(door) {
  const conversation = createConversation(document.querySelector('#chat .conversation'), door, { input: 'chat-input', send: 'chat-send' });
  const unread = createUnread();
  let opened = false;
  let writer = null;
  let heard = null; // the conversation and message up to which all was read out

  const drawAdd = () => el('button', {
    type: 'button', class: 'chip', 'data-testid': 'new-person', 'aria-label': t('newPerson'), onclick: door.addPerson,
  }, icon('plus'));
  const drawTyping = () => el('div', { class: 'message bot typing', 'aria-label': t('typing') }, el('div', { class: 'bubble' }, [1, 2, 3].map(() => el('i'))));
  const drawSaying = (label, text, name) => el('button', { type: 'button', class: name, 'data-testid': name, onclick: () => conversation.say(text) }, label);
  const drawWelcome = ({ examples, tag, started }) => el('div', { class: 'welcome', 'data-testid': 'welcome' },
    el('p', {}, t('welcome')),
    el('div', { lang: tag }, examples.map((text) => drawSaying(text, text, 'example'))),
    !started && drawSaying(t('start'), '/start', 'start'));

  const readOut = (chat) => {
    const newest = chat.messages.at(-1)?.id ?? 0;
    if (heard?.chat === chat.id) {
      const fresh = chat.messages.filter(({ id, from }) => from.bot && id > heard.newest);
      if (fresh.length) announce(fresh.map(({ from, text }) => `${from.name}: ${text}`).join('\n'));
    }
    heard = { chat: chat.id, newest };
  };

  byId('unblock').addEventListener('click', () => door.act({ do: 'block', person: writer, blocked: false }));

  return {
    say: conversation.say,
    render(world, person) {
      writer = person.id;
      byId('unblock').hidden = !person.blocked;
      const movers = world.people.filter(({ role }) => role === 'mover');
      const messagesOf = (id) => chatOf(world, id).messages;
      if (!opened) movers.forEach(({ id }) => unread.mark(id, messagesOf(id)));
      opened = true;
      if (door.sees('chat')) unread.mark(person.id, messagesOf(person.id));
      const count = (id) => unread.count(id, messagesOf(id), id);

      showPeople(byId('movers'), movers, {
        chosen: person.id, unread: count, choose: (mover) => door.show({ mover }), extra: [{ key: 'add', lang: language(), draw: drawAdd }],
      });
      const chat = chatOf(world, person.id);
      byId('bot-name').textContent = world.bot.name;
      byId('bot-status').textContent = chat.typing ? t('typing') : `@${world.bot.username} · ${t('bot')}`;
      const asked = chat.messages.some(({ from, text }) => !from.bot && !text.startsWith('/'));
      const welcome = {
        key: 'welcome', examples: examplesFor(person), tag: person.language, started: chat.messages.length > 0, lang: language(), draw: drawWelcome,
      };
      const typing = { key: 'typing', lang: language(), draw: drawTyping };
      conversation.render({
        world, person, chat, thread: null, messages: chat.messages, showNames: false, after: [chat.typing && typing, !asked && welcome].filter(Boolean),
      });
      readOut(chat);
      return movers.reduce((sum, { id }) => sum + count(id), 0);
    },
  };
}

/** A person's chat with the bot; it has their own id. */
const chatOf = (world, person) => world.chats.find(({ id }) => id === person);
