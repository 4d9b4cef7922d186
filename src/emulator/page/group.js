// The staff's side: their group as a forum, topics first.

import { badge, showPeople } from './chips.js';
import { createConversation } from './conversation.js';
import { arrows, byId, el, reconcile } from './dom.js';
import { isInside, leads, standingOf } from './members.js';
import { openMenu } from './menu.js';
import { brief } from './message.js';
import { language, t } from './strings.js';
import { createTitleDialog } from './title.js';
import { createUnread } from './unread.js';

/** The topic that always exists. Its messages carry no thread, and nobody may name it as one. */
const GENERAL = null;

/** Sets up the pane. Its `render` answers how many messages are unread. */
export function createDesk(door) {
  const desk = byId('desk');
  const conversation = createConversation(desk.querySelector('.conversation'), door, { input: 'topic-input', send: 'topic-send' });
  const unread = createUnread();
  const askTitle = createTitleDialog();
  let opened = false;
  let topic = GENERAL;
  let awaited = null; // a topic made here that no state has shown yet
  let shown = null; // the topic of the last render, and who writes there

  // On a phone the list and the topic take turns; on a wide screen both are always there.
  const turnTo = (view) => { desk.dataset.view = view; };
  const open = (id) => {
    topic = id;
    turnTo('topic');
    door.show({});
  };
  arrows(byId('topics'), '[role=tab]');
  byId('topic-back').addEventListener('click', () => {
    turnTo('topics');
    door.show({});
    byId('topics').querySelector('[aria-selected=true]')?.focus();
  });
  const openTopic = async () => {
    const { person } = shown;
    const title = await askTitle('newTopic');
    const made = title && await door.act({ do: 'topic_open', person, title });
    if (!made) return;
    awaited = made.thread;
    door.show({});
  };
  const renameTopic = async ({ thread, title: old, person }) => {
    const title = await askTitle('renameTopic', old);
    if (title) door.act({ do: 'topic_rename', person, thread, title });
  };
  const topicMenu = (at) => [
    { label: t('renameTopic'), run: () => renameTopic(at) },
    {
      label: t(at.closed ? 'reopenTopic' : 'closeTopic'),
      run: () => door.act({ do: 'topic_close', person: at.person, thread: at.thread, closed: !at.closed }),
    },
    { label: t('deleteTopic'), run: () => door.act({ do: 'topic_delete', thread: at.thread }) },
  ];
  byId('topic-new').addEventListener('click', openTopic);
  byId('topic-more').addEventListener('click', ({ currentTarget }) => openMenu(currentTarget, topicMenu(shown)));

  const drawTopic = ({ id, title, closed, selected, count, last }) => el('button', {
    type: 'button', role: 'tab', 'aria-selected': String(selected), 'aria-controls': 'topic', tabindex: selected ? '0' : '-1',
    'data-testid': 'topic', 'data-thread': id ?? 'general', onclick: () => open(id),
  }, el('span', { class: 'grow' }, el('b', {}, title), el('small', {}, last)), closed && el('small', { class: 'tag' }, t('closed')), badge(count));

  const drawEmpty = ({ label }) => el('p', { class: 'notice' }, label);

  return {
    render(world, group, writer, hidden) {
      desk.hidden = !group || !writer;
      if (desk.hidden) return 0;

      // Without topics everything stands in one chat.
      const messagesOf = (id) => group.messages.filter(({ thread }) => !group.forum || (thread ?? GENERAL) === id);
      const newestOf = ({ id }) => messagesOf(id).at(-1)?.id ?? 0;
      const byNewest = group.topics.toSorted((one, other) => newestOf(other) - newestOf(one));
      const topics = [{ id: GENERAL, title: t('general'), closed: false }, ...byNewest];
      if (topics.some(({ id }) => id === awaited && id !== GENERAL)) {
        topic = awaited;
        awaited = null;
        turnTo('topic');
      }
      const current = topics.find(({ id }) => id === topic) ?? topics[0];
      topic = current.id;
      shown = { thread: topic, title: current.title, closed: current.closed, person: writer.id };
      desk.classList.toggle('single', topics.length === 1);
      if (!opened) topics.forEach(({ id }) => unread.mark(id, messagesOf(id)));
      opened = true;
      const inView = door.sees('desk') && (door.isWide() || topics.length === 1 || desk.dataset.view === 'topic');
      if (inView) unread.mark(topic, messagesOf(topic));

      byId('desk-title').textContent = group.title;
      byId('desk-status').textContent = [t('botStands')[standingOf(group, world.bot.id)], hidden && t('asGroup')].filter(Boolean).join(' · ');
      byId('topic-new').hidden = !group.forum;
      byId('topic-title').textContent = current.title;
      byId('topic-more').hidden = topic === GENERAL;
      showPeople(byId('staff'), world.people.filter(({ role }) => role === 'staff'), {
        chosen: writer.id, away: (id) => !isInside(group, id), choose: (id) => door.show({ staff: id, hidden: false }),
      });
      const items = topics.map(({ id, title, closed }) => {
        const newest = messagesOf(id).at(-1);
        const count = unread.count(id, messagesOf(id), writer.id);
        return { key: `topic-${id}`, id, title, closed, selected: id === topic, count, last: newest ? brief(newest) : '', lang: language() };
      });
      reconcile(byId('topics'), items, drawTopic);
      const messages = messagesOf(topic);
      const empty = { key: 'empty', label: t('noTopicMessages'), draw: drawEmpty };
      conversation.render({
        world, person: writer, chat: group, thread: topic, messages, showNames: true, after: messages.length ? [] : [empty],
        hidden, leads: leads(group, writer.id),
      });
      return items.reduce((sum, { count }) => sum + count, 0);
    },
  };
}
