### The concierge desk: what a mover hears of it, and what staff read.

## To the mover

case-taken = A member of our staff is with you now. Just write here.
case-closed =
    Your talk with our staff has ended. From here on, the bot answers again.
    How was it? Please choose from 1 (poor) to 5 (very good).
case-closed-by-mover =
    You have ended the talk with our staff. From here on, the bot answers again.
    How was it? Please choose from 1 (poor) to 5 (very good).
case-closed-idle =
    As nothing was written for a while, the talk with our staff has ended. From here on, the bot answers again.
    How was it? Please choose from 1 (poor) to 5 (very good).
case-idle = Nothing has been written for a while. If it stays quiet, the talk with our staff ends on { $moment }. To go on, just write here.
case-lost = This could not be passed to our staff. Please send it again as text or a photo.
case-staff-lost = One message from our staff could not be delivered here. They have been told.
case-lost-part = { $missing } of these could not be passed to our staff.
wanted-kept = I will tell you when I know.
wanted-answered = You asked earlier: “{ $question }”. Now there is an answer.
button-end-case = End the talk
button-human-again = Ask our staff again
button-tell-me = Tell me when you know

## Names and titles

some-mover = Somebody without a name
some-colleague = a colleague
title-open = ⏳ { $name }
title-urgent = 🚨 { $name }
title-waiting = ❗ { $name } ({ $owner })
title-answered = 💬 { $name } ({ $owner })
title-snoozed = 💤 { $name }
title-closed = ✅ { $name }

## The card

card-head = { $name }, case { $number }
card-username = @{ $username }
card-language = Language: { $language }
card-since = Since: { $moment }
card-why = Why: { $reason }
card-question = Asked: { $question }
card-tried = Asked before:
card-tried-answered = · { $question } → { $label }
card-tried-open = · { $question } → no answer
card-how = Only the words of whoever has taken the case reach the mover. A line that begins with // is a note.
state-open = Waiting for somebody to take it
state-claimed = With { $name }
state-snoozed = Put off until { $moment }
state-closed = Closed: { $reason } ({ $moment })
why-asked = asked for a person
why-crisis = danger to life or body
why-complaint = complaint
why-individual = needs a judgement on their own case
why-gap = not in our sources
why-not-helped = the bot could not help
reason-solved = Solved
reason-passed-on = Sent to another office
reason-no-reply = No reply
reason-other = Other
reason-mover = ended by the mover
reason-idle = went quiet
rest-hour = An hour
rest-next-day = Until the next desk day
rest-three-days = For three desk days

## In the topic

desk-urgent = 🚨 { $name } may be in danger. Please look at the topic.
desk-bot-answered = Answered by the bot: { $label }
desk-delayed = (received { $moment })
desk-mover-left = The mover has blocked the bot. Nothing reaches them now.
desk-mover-returned = The mover is back. Messages reach them again.
desk-closed-by-mover = The mover has ended the talk.
desk-closed-idle = Closed, since nobody has written for days.
desk-rated = Rating: { $stars } / 5
desk-rated-in-words = In their words: { $line }
desk-held = Not sent: nobody has taken this case yet.
desk-held-closed = Not sent: this case is closed.
desk-held-sent = Taken and sent.
desk-held-noted = Kept as a note. It does not go to the mover.
desk-draft-offer = This reply can become a draft for our knowledge.
desk-drafted = Kept as a draft.
desk-not-drafted = This reply can no longer become a draft.
desk-anonymous = An anonymous admin cannot own a case. Please write under your own name.
desk-taken = The case is yours.
desk-taken-over = { $name } has taken over.
desk-released = Given back.
desk-released-by = { $name } has given the case back. Anybody can take it.
desk-owner-left = { $name }, who had this case, has left the group. Anybody can take it.
desk-handed-on = Handed on.
desk-handed-to = This case is yours now.
desk-closed = Closed.
desk-snoozed = Put off until { $moment }.
desk-rest-over = The case was put off until now.
desk-waits = ⏰ Waiting for an answer for { $minutes } minutes of desk time.
desk-waits-urgent = 🚨 Waiting for an answer for { $minutes } minutes.
desk-waits-hours = ⏰ Waiting for an answer for { $hours } hours of desk time.
desk-suggestion-sent = Sent.
desk-suggestion-was-sent = Sent: { $label }
desk-suggestion-lost = The answer that was sent did not arrive.
desk-taken-by-other = { $name } has this case.
desk-already-yours = The case is yours already.
desk-nobody-waits = { $name } has answered in the meantime. There is nothing to take over.
desk-not-taken = Nobody has taken this case.
desk-is-closed = This case is closed.
desk-is-not-closed = This case is not closed.
desk-is-past = That moment is past.
desk-unknown-colleague = They have not been seen in this group yet. Ask them to write something first.
desk-transfer-how = Name the colleague, for example: /transfer @name
desk-snooze-how = Give a date and time, for example: /snooze 2026-12-01 10:00
desk-lost-blocked = Not delivered: the mover has blocked the bot.
desk-edit-not-sent = This change is not sent. What has arrived stays as it is.
desk-edit-goes-along = This has not arrived yet. It will arrive as you have changed it.
desk-note-in-time = Kept as a note. It had not arrived yet and does not go to the mover.
desk-mover-deleted = The mover deleted a message before it could be shown here.
desk-lost-part = { $missing } of these did not arrive.
desk-lost-deleted = Not delivered: it was deleted before it went out.
desk-left-behind = Not delivered: what was written before the group moved can no longer be sent. Please write it again.
desk-lost-not-copied = Not delivered: this kind of message cannot be passed on. Please send text or a photo.
desk-lost-refused = Not delivered: Telegram did not accept it.
desk-lost-from-mover = Something the mover sent could not be copied here. They were asked to send it again.
desk-not-member = Only for members of the concierge desk.
desk-not-here = This button cannot be used here.
desk-no-case = There is no case in this topic. If a button is too old, use a command such as /take.
desk-unknown-command = /cases lists the cases, /unanswered the open questions, /signups the sign-ups for events, /stats how the bot is used, /deadletters what could not be delivered. In a topic: /take /release /transfer /snooze /close

## To the owners

desk-trouble-not-set = A mover has asked for a person, but no staff group is set. Set CONCIERGE_STAFF_CHAT and start again; everything is kept until then.
desk-trouble-not-inside = The bot cannot write in the staff group. Check that it is a member and that the id is right. Everything is kept until then.
desk-trouble-no-topics = The staff group has no topics. Switch them on in the group's settings. Everything is kept until then.
desk-trouble-no-rights = The bot may not manage topics in the staff group. Make it an administrator with that right. Everything is kept until then.
desk-trouble-over = The bot can write in the staff group again. What was kept goes out now.
desk-group-moved = The staff group has a new id: { $id }. Cases already go there. Please put it into CONCIERGE_STAFF_CHAT.

## Lists

cases-head = { $filter }: { $count }
cases-live = Open
cases-waiting-only = Waiting
cases-mine = Mine
cases-closed = Closed
cases-waiting = waiting since { $moment }
cases-last = last { $moment }
unanswered-head = Could not be answered in 90 days: { $count } ({ $groups } kinds)
unanswered-none = Every question of the last 90 days was answered.
unanswered-line = { $count } × “{ $question }” (last { $moment })

## Buttons and commands

desk-button-take = Take
desk-button-take-over = Take over
desk-button-release = Give back
desk-button-hand-on = Hand on
desk-button-close = Close
desk-button-reopen = Reopen
desk-button-snooze = Put off
desk-button-back = Back
desk-button-suggest = 💡 { $label }
desk-button-take-and-send = Take and send
desk-button-reopen-and-send = Reopen and send
desk-button-note = Keep as note
desk-button-learn = Keep as a draft
command-cases = List the cases
command-unanswered = List what could not be answered
command-take = Take this case
command-release = Give this case back
command-close = Close this case
command-transfer = Hand this case to a colleague
command-snooze = Put this case off
