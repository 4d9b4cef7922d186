### Operation: what could not be delivered, and the knowledge taken anew. Read by staff and owners.

letters-none = Everything has been delivered.
letters-head = Could not be delivered: { $count }
letters-to-person = { $number }. { $moment } to { $name }
letters-to-topic = { $number }. { $moment } to the topic of { $name }
letters-to-unknown = { $number }. { $moment } to somebody who never asked for a person
letters-to-group = { $number }. { $moment } to this group
letters-blocked = Why: they blocked the bot or left Telegram
letters-refused = Why: Telegram refused it ({ $words })
letters-words = “{ $words }”
letters-original = See the message itself
letters-no-words = (no words of its own)
letters-again = Sending it again.
letters-dropped = Put away.
letters-gone = It is not there any more. Somebody else was faster.
button-letter-again = { $number } Try again
button-letter-drop = { $number } Put away

reload-begins = One moment.
reload-taken = The knowledge has been reloaded: revision { $revision }, { $entries } entries.
reload-same = The knowledge is the same as before: revision { $revision }, { $entries } entries.
reload-new = New ({ $count }): { $list }
reload-changed = Changed ({ $count }): { $list }
reload-gone = Gone ({ $count }): { $list }
reload-otherwise = No entry changed, only what stands beside them (ways of asking, words, sources, rules).
reload-more = { $count } more
reload-refused = There are { $count } things to fix, so the previous revision stays in force.
reload-failed = The knowledge could not be read. The previous revision stays in force. { $reason }
reload-went-back = Revision { $revision } is in force again, with { $entries } entries. The folder was not changed: /reload or a restart reads it again.
reload-not-kept = That revision is not kept any more. /reload back shows those that are.
reload-choose = These revisions are kept. Choose the one to go back to.
reload-no-other = No revision is kept but the one in force.
revision-choice = { $moment } { $revision } ({ $entries })
only-owners = Only for those who run the bot.
button-go-back = Go back to the last
command-dead-letters = List what could not be delivered
command-reload = Reload the knowledge (owners only)
