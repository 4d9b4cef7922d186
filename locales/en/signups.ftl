### Taking part in events.

## Asking to take part

button-apply = Sign up
button-apply-change = Change my sign-up
button-apply-withdraw = Cancel my sign-up
button-apply-cancel = Yes, cancel it
button-apply-keep = Keep it
button-apply-submit = Send this
button-apply-stop = Stop
button-apply-again = Start again
button-apply-nothing = Nothing to add
event-sign-up-chat = here in this chat
apply-why =
    Signing up for “{ $title }”
    I only ask what is needed on the day: a name to call you by, how many you are, and the like. Only our staff see it, and it is used for nothing else. The bot deletes its record 30 days after the event. No phone number is needed; we will write to you here.
apply-why-full = All places are taken at the moment. If you sign up, you will be on the waiting list.
apply-goes-on = Back to your sign-up.
apply-name = ({ $step }/{ $steps }) What name shall we call you by? A nickname is fine.
apply-people = ({ $step }/{ $steps }) How many of you are coming? Choose below or write a number.
apply-people-choice = { $people }
apply-people-unclear = Please write one number for all of you together, from 1 to { $most }. If you are more, please ask our staff.
apply-day = ({ $step }/{ $steps }) On which day are you coming?
apply-day-more = For another day, write it like “3/20” (month first).
apply-day-full = { $day } (full)
apply-day-waits = { $day } is full. If you sign up, you will be on the waiting list.
apply-note = ({ $step }/{ $steps }) Is there anything our staff should know? Up to { $most } characters.
apply-note-long = Please use at most { $most } characters.
apply-check = Shall I send this? It has not been sent yet.
apply-fact-name = Name: { $name }
apply-fact-people = People: { $people }
apply-fact-day = Day: { $day }
apply-fact-note = Note: { $note }
apply-received = Your sign-up has been received. It is not confirmed yet; our staff will tell you here.
apply-received-full = Your sign-up has been received. All places are taken at the moment; you will hear here if one becomes free.
apply-stopped = Stopped. What you wrote has been deleted.
apply-forgotten = That sign-up is no longer open. Please start again.
apply-not-here = You cannot sign up for this event here.
apply-cancelled = This event has been cancelled, so you cannot sign up.
apply-late = Sign-up closed on { $moment }.
apply-begun = This event has already begun or is over, so you cannot sign up.
apply-with-person = You are talking to our staff now. Please write to them that you would like to sign up.
apply-already = Your place is already confirmed. To change it, please cancel first and sign up again.
apply-withdraw-ask = Cancel your sign-up for “{ $title }”?
apply-withdrawn = Your sign-up for “{ $title }” is cancelled. Our staff know.
apply-nothing-there = There is no sign-up to cancel.
apply-is-asked = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } is not confirmed yet.
apply-is-confirmed = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } is confirmed.
apply-is-waiting = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } is on the waiting list.
apply-is-asked-on = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } on { $day } is not confirmed yet.
apply-is-confirmed-on = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } on { $day } is confirmed.
apply-is-waiting-on = Your sign-up for { $people } { $people ->
    [one] person
   *[other] people
 } on { $day } is on the waiting list.
apply-is-declined = Your sign-up could not be accepted.
apply-confirmed = Your place at “{ $title }” is confirmed. See you there.
apply-waiting = “{ $title }” is full, so you are on the waiting list. You will hear here if a place becomes free.
apply-declined = We are sorry: your sign-up for “{ $title }” could not be accepted. You can ask our staff why.
apply-revoked = We are sorry: your place at “{ $title }” was confirmed, but we cannot keep it for you. You can ask our staff why.

## What staff read

sign-up-new = New sign-up
sign-up-changed = Sign-up changed
sign-up-next = First on the waiting list who fits the free places
sign-up-withdrew = Sign-up cancelled by the mover
sign-up-event = Event: { $title }
sign-up-language = Language: { $language }
sign-up-places = Confirmed: { $taken } of { $capacity }
sign-up-taken = Confirmed: { $taken } (no limit)
sign-up-places-on = { $day }: { $places }
sign-up-state = State: { $state }
sign-up-state-by = State: { $state } (by { $name })
state-asked = undecided
state-confirmed = confirmed
state-waiting = waiting
state-declined = declined
state-withdrawn = cancelled
sign-up-did-confirm = Confirmed.
sign-up-did-wait = Put on the waiting list.
sign-up-did-decline = Declined.
sign-up-full = Full: { $taken } of { $capacity } are confirmed, and they are { $people }.
sign-up-unknown = This sign-up has changed or is gone. Please see the newer message.
sign-up-is-withdrawn = The mover has cancelled this sign-up.
sign-up-is-confirmed = This sign-up is confirmed already.
sign-up-same = That is already done.
sign-up-no-event = This event is no longer in the calendar.
sign-up-past = This event has been cancelled or is over.
sign-up-not-that-day = The day asked for is not one of the event’s days now. Please ask the mover.
sign-up-named = { $name } ({ $people })
sign-up-named-separator = {", "}
sign-up-days-gone = The dates of “{ $title }” have changed, and these sign-ups are for a day that is gone: { $names }
sign-up-list = Coming events with sign-ups
sign-up-list-none = There are no coming events with sign-ups.
sign-up-list-line = { $day } { $title } ({ $taken } confirmed, { $open } open)
sign-up-waits = Waiting: { $count } ({ $people } people)
sign-up-open = Undecided: { $count } ({ $people } people)
sign-up-line = - { $name } ({ $people })
sign-up-line-more = - and { $count } more
sign-up-table = { $title }: all sign-ups. This is personal data; please delete it when it is no longer needed.
desk-button-sign-up-confirm = Confirm
desk-button-sign-up-wait = Waiting list
desk-button-sign-up-decline = Decline
desk-button-sign-up-table = Get as CSV
desk-button-sign-up-list = Back to the list
desk-button-sign-up-card = See { $name } ({ $people })
command-signups = See the sign-ups for events

## The table

table-state = State
table-asked = Asked at
table-name = Name
table-people = People
table-day = Day
table-note = Note
table-language = Language
