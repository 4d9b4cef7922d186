// Which of the bot's command lists a person sees, by the order of precedence in the Bot API's documentation.

const PRIVATE = ['chat', 'all_private_chats', 'default'];
const GROUP = ['chat_member', 'chat_administrators', 'chat', 'all_chat_administrators', 'all_group_chats', 'default'];

/** The commands offered to `person` in `chat`. Staff are administrators of their group. */
export function commandsFor(lists, chat, person) {
  const languages = [person.language?.slice(0, 2), ''];
  const order = chat.type === 'private' ? PRIVATE : GROUP;
  for (const type of order) {
    for (const language of languages) {
      const list = lists.find(({ scope, language: own }) => (own ?? '') === language && applies(scope, type, chat, person));
      if (list) return list.commands;
    }
  }
  return [];
}

const applies = (scope, type, chat, person) => scope.type === type
  && (scope.chat_id ?? chat.id) === chat.id
  && (scope.user_id ?? person.id) === person.id;
