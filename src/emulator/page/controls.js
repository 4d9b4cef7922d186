// The operator's side: time, faults, inline mode, deep links, and what the bot called.

import { byId, el } from './dom.js';
import { t } from './strings.js';
import { fullDay, hourMinute, hourMinuteSecond, moment, secondsUntil } from './time.js';

const HOUR = 3600;
const TICK_MS = 1000;

/** Sets up the pane; `chat` is the mover's side, whose person the controls speak of. */
export function createControls(door, chat) {
  const clock = createClock(door);
  const faults = createFaults(door);
  const inline = createInline(door);
  byId('deep').addEventListener('submit', (event) => {
    event.preventDefault();
    chat.say(`/start ${byId('deep-payload').value}`);
    door.show({ tab: 'chat' });
  });

  return {
    share: inline.share,
    render(world, mover) {
      clock(world);
      faults(world, mover);
      inline.render(mover);
      byId('deep-prefix').textContent = world.links.deep.replace('https://', '');
      byId('log').replaceChildren(...world.calls.toReversed().map(drawCall));
    },
  };
}

function drawCall({ at, method, ok, description }) {
  return el('li', { class: ok ? 'ok' : 'refused' },
    el('time', {}, hourMinuteSecond(moment(at))), el('b', {}, method), el('span', {}, ok ? '✓' : '✕'), description && el('small', {}, description));
}

/** The emulator's clock runs on between two states, so this one does too. */
function createClock(door) {
  const face = byId('clock');
  let base = null;
  const now = () => base.now + (performance.now() - base.seen);
  const tick = () => {
    const text = base ? `${fullDay(now())} ${hourMinute(now())}` : '';
    if (face.textContent !== text) face.textContent = text;
  };
  const advance = (seconds) => door.act({ do: 'clock', advance_seconds: seconds });
  byId('clock-hour').addEventListener('click', () => advance(HOUR));
  byId('clock-day').addEventListener('click', () => advance(24 * HOUR));
  byId('clock-nine').addEventListener('click', () => advance(secondsUntil(9, now())));
  setInterval(tick, TICK_MS);
  return (world) => {
    base = { now: moment(world.now), seen: performance.now() };
    tick();
  };
}

function createFaults(door) {
  const calls = () => byId('fault-calls').valueAsNumber || 1;
  const block = byId('fault-block');
  let person = null;
  const cut = (after) => door.act({ do: 'cut', calls: calls(), after });
  byId('fault-flood').addEventListener('click', () => door.act({ do: 'flood', calls: calls(), seconds: byId('fault-seconds').valueAsNumber || 1 }));
  byId('fault-cut-before').addEventListener('click', () => cut(false));
  byId('fault-cut-after').addEventListener('click', () => cut(true));
  byId('fault-heal').addEventListener('click', () => door.act({ do: 'heal' }));
  block.addEventListener('change', async () => {
    const done = await door.act({ do: 'block', person: person.id, blocked: block.checked });
    if (!done) block.checked = person.blocked;
  });
  return (world, mover) => {
    person = mover;
    block.checked = mover.blocked;
    byId('fault-block-label').textContent = t('blocks', mover.name);
    const waiting = Object.entries(world.faults).map(([name, left]) => `${t(name)} ×${left}`);
    byId('fault-now').textContent = waiting.length ? t('faultNow', waiting.join(', ')) : '';
  };
}

function createInline(door) {
  const form = byId('inline');
  const list = byId('inline-results');
  let person = null;

  const choose = async (result) => {
    if (await door.act({ do: 'choose', person: person.id, chat: person.id, result })) door.show({ tab: 'chat' });
  };
  const drawResult = (result) => el('li', {},
    el('button', { type: 'button', 'data-testid': 'inline-result', onclick: () => choose(result) },
      el('b', {}, result.title), result.description && el('small', {}, result.description)));
  const search = async (query) => {
    form.elements.query.value = query;
    const found = await door.act({ do: 'inline', person: person.id, query });
    if (!found) return;
    const none = el('li', { class: 'hint' }, t('noResults'));
    list.replaceChildren(...(found.results.length ? found.results.map(drawResult) : [none]));
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    search(form.elements.query.value.trim());
  });
  return {
    /** What a share button does: the answers to choose from are brought into sight. */
    async share(query) {
      await search(query);
      form.parentElement.scrollIntoView();
      list.querySelector('button')?.focus({ preventScroll: true });
    },
    render(mover) {
      if (mover.id !== person?.id) list.replaceChildren();
      person = mover;
    },
  };
}
