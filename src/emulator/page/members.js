// What can befall the group: topics switched off, the bot demoted, somebody gone or hidden, another id.

import { byId } from './dom.js';
import { t } from './strings.js';

/** Sets up the card. It speaks of the one of the staff who writes at the desk. */
export function createMembers(door) {
  const forum = byId('group-forum');
  const bot = byId('group-bot');
  const staff = byId('group-staff');
  const hidden = byId('group-hidden');
  let writer = null;
  let draw = () => {};

  // What the server refused stays as it was.
  const act = async (action) => {
    if (!await door.act(action)) draw();
  };
  forum.addEventListener('change', () => act({ do: 'forum', on: forum.checked }));
  bot.addEventListener('change', () => act({ do: 'bot_standing', standing: bot.value }));
  staff.addEventListener('change', () => act({ do: 'member', person: writer.id, standing: staff.value }));
  hidden.addEventListener('change', () => door.show({ hidden: hidden.checked }));
  byId('group-move').addEventListener('click', () => door.act({ do: 'move_group' }));

  return {
    render(world, group, person, isHidden) {
      byId('group-card').hidden = !group || !person;
      if (!group || !person) return;
      writer = person;
      draw = () => {
        forum.checked = group.forum;
        bot.value = offered(standingOf(group, world.bot.id));
        staff.value = offered(standingOf(group, person.id));
        hidden.checked = isHidden;
        hidden.disabled = !leads(group, person.id);
        byId('group-staff-label').textContent = t('staffIs', person.name);
        byId('group-hidden-label').textContent = t('writesHidden', person.name);
      };
      draw();
    },
  };
}

/** Who made the group is one of its administrators. */
const offered = (standing) => (standing === 'creator' ? 'administrator' : standing);

/** What somebody is in the group: `creator`, `administrator`, `member`, `left` or `kicked`. */
export const standingOf = (group, id) => group.members.find((member) => member.id === id)?.standing ?? 'left';
export const leads = (group, id) => ['creator', 'administrator'].includes(standingOf(group, id));
export const isInside = (group, id) => leads(group, id) || standingOf(group, id) === 'member';
