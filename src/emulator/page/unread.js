// What has been read, by this browser, since the page was opened. What was there before counts as read.

/** Counts unread messages of threads named by any key. */
export function createUnread() {
  const read = new Map();
  const newestOf = (messages) => messages.reduce((newest, { id }) => Math.max(newest, id), 0);
  return {
    /** Marks everything in a thread as read. */
    mark: (key, messages) => read.set(key, newestOf(messages)),
    /** How many messages by others came into a thread since it was last read. */
    count: (key, messages, reader) => messages.filter(({ id, from }) => id > (read.get(key) ?? 0) && from.id !== reader).length,
  };
}
