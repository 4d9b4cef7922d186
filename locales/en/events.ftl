### Events, and being told of them.

## The list

events-head = Coming events
events-head-kind = Coming events: { $kind }
events-page = { $head } ({ $page } of { $pages })
events-none = There are no coming events with a confirmed date at the moment.
events-none-so = There are no coming events like that at the moment.
events-offer = I can tell you here when a new event is set.
event-line = { $day } { $title }
event-line-uncertain = { $day } { $title } (not confirmed)
event-line-cancelled = { $day } { $title } (cancelled)
kind-farming = Farming
kind-vacant-home = Vacant homes
kind-community = Community
kind-festival = Festivals
kind-seminar = Seminars and courses
month-of-year = { $month } { $year }

## One event

event-cancelled = This event has been cancelled.
event-unconfirmed = The date is not confirmed yet.
event-expected = Expected from past years. The date is not confirmed yet.
event-under-way = It is on now.
event-when = When: { $when }
event-where = Where: { $place }
event-audience = For: { $audience }
event-fee = Cost: { $fee }
event-sign-up = Sign-up: { $how }
event-sign-up-page = on the page behind the button below
event-deadline = Sign up by { $moment }
event-deadline-over = Sign-up closed on { $moment }.
event-capacity = Places: { $count }
event-contact = Contact: { $contact }
event-unknown = not known
event-as-of = As of { $date }
event-no-longer = This event can no longer be found.
when-from = from { $moment }
when-same-day = { $moment } to { $hour }:{ $minute }
when-span = { $from } to { $until }
short-day = { $weekday } { $day } { $month }
when-day = { $weekday } { $day } { $month } { $year }
ics-name = event

## Buttons

button-events = See the events
button-events-all = See every kind
button-follow-event = Remind me of this
button-unfollow-event = Stop these reminders
button-follow-kind = Tell me of: { $kind }
button-unfollow-kind = Stop: { $kind }
button-follow-all = Tell me of new events
button-unfollow-all = Stop “all events”
button-sign-up = Open the sign-up page
button-map = See the map
button-ics = Add to my calendar
button-share-event = Share the event
button-more = Read more
button-going = I am going
button-reminders = See reminder settings

## Being told

followed = I will let you know.
unfollowed = Reminders stopped.
followed-too-many = That is too many single events. Please choose a kind instead.
going-noted = Noted. I will tell you if anything changes.
follow-told = I will remind you here on { $times } (Japan time).
follow-told-none = The time for reminders has passed. I will tell you if the event moves or is cancelled.
follow-told-uncertain = I will tell you when the date is set.
reminders-none = You are not following any events.
reminders-paused = Reminders are paused.
reminders-follows = You follow: { $list }
reminders-all = all events
reminders-leads = Reminders: { $list }
reminders-quiet = Quiet hours: { $from } to { $until }. Reminders due in these hours come the evening before.
reminders-no-quiet = Quiet hours: none
reminders-zone = Time zone: { $zone }
reminders-weekly = Every Monday you get the coming events in one message.
list-comma = {", "}
clock-time = { $hour }:{ $minute }
lead-days = { $days ->
        [one] { $days } day before
       *[other] { $days } days before
    }
lead-hours = { $hours ->
        [one] { $hours } hour before
       *[other] { $hours } hours before
    }
lead-chosen = ✓ { $lead }
button-own-lead = Choose another time
button-quiet = Change quiet hours
button-no-quiet = No quiet hours
button-zone = Change time zone
button-weekly = Get a weekly list
button-no-weekly = Stop the weekly list
button-pause = Pause reminders
button-resume = Resume reminders
button-stop-all = Stop all reminders
lead-ask = How long before? Please write something like “3 days” or “12 hours”.
lead-unclear = Please write a time from 1 hour to 60 days, such as “3 days”.
lead-too-many = You can have up to five reminder times. Please remove one first.
lead-last = At least one reminder time has to stay.
quiet-ask = When should I stay quiet? Please write something like “22:00-7:00”.
quiet-unclear = Please write up to 16 hours, such as “22:00-7:00”.
zone-ask = Which time zone are you in? Please write something like “Asia/Taipei” or “Paris”.
zone-unclear = I cannot find that time zone. Please write something like “Asia/Taipei”.
changed = Changed.
stopped-all = All reminders are stopped.

## Reminders, and news of events

reminder-today = Today: { $title }
reminder-tomorrow = Tomorrow: { $title }
reminder-days = In { $days } days: { $title }
reminder-late = This reminder is late.
news-moved = Time or place has changed: { $title }
news-moved-from = Before: { $when }
news-cancelled = Cancelled: { $title }
news-new = New event: { $title }
news-dated = The date is set: { $title }
news-back = Going ahead after all: { $title }
news-postponed = Postponed, the new date is not known yet: { $title }
weekly-head = Coming events
button-stop-this = Stop this reminder
