// The control API of the emulator: one state, followed by long polling, and one door for everything people do.

const PATIENCE_MS = 30_000; // the server answers a wait within 20 s, so a longer silence is a dead line
const PAUSES_MS = [500, 1000, 2000, 5000];

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error ?? `${response.status} ${response.statusText}`);
  return body;
}

/** Carries out one action. Throws an Error with the server's own words, or a TypeError when the line is down. */
export async function act(action) {
  return answerOf(await fetch('/demo/act', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(action),
  }));
}

async function next(revision) {
  const url = revision === null ? '/demo/state' : `/demo/wait?revision=${revision}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS), cache: 'no-store' });
  return response.status === 204 ? null : answerOf(response);
}

/** Calls `onState` with each new state for as long as the page lives, and `onLine` when the connection goes or comes. */
export async function follow(onState, onLine) {
  let revision = null;
  let failures = 0;
  for (;;) {
    let state = null;
    try {
      state = await next(revision);
      failures = 0;
      onLine(true);
    } catch {
      onLine(false);
      // A restarted server counts its revisions from the beginning: ask for the whole state again.
      revision = null;
      await new Promise((wake) => setTimeout(wake, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]));
      failures += 1;
    }
    if (state) {
      revision = state.revision;
      try {
        onState(state);
      } catch (error) {
        reportError(error); // one state that cannot be drawn must not end the following
      }
    }
  }
}
