### What staff tell many at once.

command-broadcast = Send a notice to many people

## Writing it

ask-broadcast = Please write the notice (up to { $limit } characters in each language). For English or plain Japanese, begin a new line with “en:” or “やさしい：”.
ask-broadcast-again = Please write the new words (up to { $limit } characters in each language). Lines may begin with “en:” or “やさしい：”. Languages you do not write stay as they are; write “en: none” to remove one.
ask-broadcast-link = Please write the address of the page for the button “Read more”. Write “none” to remove it.
ask-segment = Please choose who is told.
ask-segment-event = Please choose the event whose followers are told.
broadcast-page = Button “Read more”: { $address }
broadcast-instead-ja = They get the Japanese text.
broadcast-instead-ja-simple = They get the plain Japanese text.
broadcast-instead-en = They get the English text.
broadcast-to = To: { $segment }
broadcast-to-everybody = everyone who gets notifications
broadcast-to-kind = everyone who is told of “{ $kind }”
broadcast-to-event = everyone who is told of “{ $title }”
broadcast-choice = { $name } ({ $count })
broadcast-receivers = It reaches { $total } (Japanese { $ja }, plain Japanese { $simple }, English { $en }).
broadcast-others = It does not reach { $count } more, who have paused or stopped the bot.
broadcast-not-counted = They cannot be counted now. Please try again in a moment.
broadcast-tried = It goes to your private chat with the bot.
broadcast-trial-unreachable = The trial did not arrive. Please write to the bot in a private chat first.
broadcast-trial-refused = Telegram does not take this message: { $reason }
broadcast-asks-second = A colleague has to look at this. Please read it and tap “Confirm and send”.
broadcast-asks-sure = Shall this be sent? It cannot be taken back.
button-broadcast-sure = Yes, send it
broadcast-own = Only a colleague of the writer can confirm this.
broadcast-to-nobody = It reaches nobody.
broadcast-started = Sending has begun.
button-broadcast-all = All who are told
button-broadcast-events = Choose an event
button-broadcast-trial = Send it to me first
button-broadcast-send = Send
button-broadcast-words = Change the words
button-broadcast-link = Add a link
button-broadcast-other-link = Change the link
button-broadcast-segments = Choose others
button-broadcast-confirm = Confirm and send

## While it goes out

broadcast-sending = Sending { $told } / { $all }
broadcast-paused = Paused { $told } / { $all }
broadcast-paused-refused = Stopped, since Telegram does not take it { $told } / { $all }
broadcast-cancelled = Cancelled: arrived { $sent }
broadcast-done = Sent: arrived { $sent }
broadcast-unreachable = not reached { $count }
broadcast-failed = refused { $count }
broadcast-skipped = no longer wanted { $count }
broadcast-left = about { $minutes } min left
broadcast-stopped = Sending has paused: Telegram refused it again and again: { $reason }
broadcast-note-paused = Paused.
broadcast-note-resumed = Resumed.
broadcast-note-cancelled = Cancelled.
broadcast-already = That is already done.
broadcast-over = This has already finished.
button-broadcast-pause = Pause
button-broadcast-resume = Go on
button-broadcast-cancel = Cancel
