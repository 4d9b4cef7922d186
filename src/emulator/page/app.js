// The page of `concierge demo`: a mover's chat, the desk's group and the controls, drawn anew from each state.
//
// The server's state is the only truth. What is chosen on the page (`view`) never leaves it, and nothing is shown as
// sent before the server says so.

import { act, follow } from './api.js';
import { createChat } from './chat.js';
import { createControls } from './controls.js';
import { arrows, byId } from './dom.js';
import { toast } from './feedback.js';
import { createDesk } from './group.js';
import { createMembers, leads } from './members.js';
import { createNewcomer } from './newcomer.js';
import { language, switchLanguage, t, translate } from './strings.js';
import { setZone } from './time.js';

/** Telegram shows “typing…” for five seconds; nothing on the wire says when it ends. */
const TYPING_MS = 5000;

const wide = matchMedia('(min-width: 1080px)');
const view = { mover: null, staff: null, hidden: false, tab: 'chat' };
let world = null;
let typingEnds = 0;

/** What the panes may ask of the page. */
const door = {
  async act(action) {
    try {
      return await act(action);
    } catch (error) {
      toast(error instanceof TypeError ? t('unreachable') : error.message, 'error');
      return null;
    }
  },
  show(change) {
    Object.assign(view, change);
    render();
  },
  isWide: () => wide.matches,
  sees: (pane) => wide.matches || view.tab === pane,
  share(query) {
    door.show({ tab: 'controls' });
    return controls.share(query);
  },
  addPerson: () => openNewcomer(),
};

const openNewcomer = createNewcomer(door);
const chat = createChat(door);
const desk = createDesk(door);
const controls = createControls(door, chat);
const members = createMembers(door);
const tabs = [...byId('tabs').children];

/** Who writes as `mover` or as `staff`: the one chosen, or the first there is. */
function writer(role) {
  return world.people.find(({ id }) => id === view[role]) ?? world.people.find((person) => person.role === role);
}

function render() {
  if (!world) return;
  const mover = writer('mover');
  const staff = writer('staff');
  const group = world.chats.find(({ type }) => type === 'supergroup');
  const hidden = view.hidden && group && leads(group, staff.id);
  const unread = { chat: chat.render(world, mover), desk: desk.render(world, group, staff, hidden), controls: 0 };
  controls.render(world, mover);
  members.render(world, group, staff, hidden);
  document.body.dataset.tab = view.tab;
  for (const tab of tabs) {
    tab.setAttribute('aria-pressed', String(tab.dataset.tab === view.tab));
    tab.dataset.unread = unread[tab.dataset.tab] || '';
  }
}

function translatePage() {
  document.documentElement.lang = language();
  document.title = t('title');
  byId('lang').textContent = t('otherLanguage');
  byId('lang').lang = language() === 'ja' ? 'en' : 'ja';
  translate(document);
}

function onState(state) {
  world = state;
  setZone(world.zone);
  clearTimeout(typingEnds);
  typingEnds = setTimeout(() => {
    for (const one of world.chats) one.typing = false;
    render();
  }, TYPING_MS);
  render();
}

function onLine(connected) {
  byId('lost').textContent = connected ? '' : t('lost');
}

for (const tab of tabs) {
  tab.addEventListener('click', () => door.show({ tab: tab.dataset.tab }));
}
arrows(byId('tabs'), 'button');
byId('lang').addEventListener('click', () => {
  switchLanguage();
  translatePage();
  render();
});
wide.addEventListener('change', render);
translatePage();
follow(onState, onLine);
