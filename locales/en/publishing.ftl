### What staff enter and send to many, outside the movers' topics.

command-event = Enter or change events

## The events, as staff see them

events-staff = The events to come. Tap one to change it.
events-staff-none = There are no events to come.
events-staff-file = Send a calendar file (.ics) or the municipal event list (.csv) here to enter many at once.
button-new-event = Enter a new event
button-change-event = Change this event

## Asking for the details of an event

ask-title = Please write the event's name. For the English or plain Japanese name, begin a new line with “en:” or “やさしい：”.
ask-when = Please write when it is, for example 2027-02-14 9:30-11:30. A date alone means all day.
ask-kind = Please choose a kind.
ask-place = Please write the name of the place. Lines may begin with “en:” or “やさしい：”. Write “none” to remove it.
ask-address = Please write the address. Write “none” to remove it.
ask-map = Please write latitude and longitude, for example 36.3262, 138.8870. Write “none” to remove them.
ask-audience = Please write whom it is for. Lines may begin with “en:” or “やさしい：”. Write “none” to remove it.
ask-fee = Please write what it costs. Lines may begin with “en:” or “やさしい：”. Write “none” to remove it.
ask-contact = Please write whom to ask. Lines may begin with “en:” or “やさしい：”. Write “none” to remove it.
ask-text = Please write what it is about (up to 800 characters). Lines may begin with “en:” or “やさしい：”. Write “none” to remove it.
ask-link = Please write the address of the sign-up page. Write “none” to remove it.
ask-deadline = Please write until when one can sign up, for example 2027-02-10 17:00. A date alone means to the end of that day. Write “none” to remove it.
ask-capacity = Please write how many people can take part. Write “none” to remove it.

## The event as it will be seen

preview-ja = ── 日本語 ──
preview-ja-simple = ── やさしい日本語 ──
preview-en = ── English ──
preview-in-other-language = Not in English yet: { $list }
publish-tells = { $count } people will be told when you publish this.
publish-tells-some = Those who wait for this event will be told when you publish this.
publish-tells-nobody = Nobody will be told when you publish this.
button-field-title = Name
button-field-when = Date and time
button-field-kind = Kind
button-field-place = Place
button-field-address = Address
button-field-map = On the map
button-field-audience = For whom
button-field-fee = Price
button-field-contact = Contact
button-field-text = Description
button-field-link = Sign-up page
button-field-deadline = Sign-up until
button-field-capacity = Places
button-in-chat = Take sign-ups here
button-not-in-chat = No sign-ups here
button-confirm-date = Confirm the date
button-unconfirm-date = Date not confirmed
button-cancel-event = Cancel the event
button-publish = Publish
button-discard = Never mind
button-back = Back
publish-unfinished = You have something unfinished. Please publish it or discard it first.
button-go-on = Go on with it
published = Published: { $title }
publish-discarded = Nothing was changed.
publish-old = This is no longer up to date. Please use the buttons of the latest message.
publish-not-yours = Only the one who began this can go on with it.
publish-changed-meanwhile = A colleague has changed this event meanwhile. Please open it again with /event.
publish-anonymous = Anonymous administrators cannot write here. Please send it under your own name.
publish-in-general = Please do this outside the movers' topics, in General.

## What is wrong with what was written

wrong-no-text = There are no words in it. Please write it again.
wrong-too-long = Please write at most { $limit } characters.
wrong-no-place = Please write the name of the place first.
wrong-map = This is not a point on the map. Please write it as 36.3262, 138.8870.
wrong-link = Please write an address that begins with https://.
wrong-capacity = Please write a number from 1.
wrong-weekday = That day is { $day }, which does not fit the weekday you wrote. Please correct one of them and write it again.
wrong-day = There is no day “{ $read }”.
wrong-hour = There is no time “{ $read }”. Please write hours from 0 to 29 (25:30 is half past one the next day).
wrong-noon = “{ $read }” may mean noon or midnight. Please write 12:00 or 0:00.
wrong-years = The two years in “{ $read }” are not the same.
wrong-no-year = There is no year in “{ $read }”.
wrong-no-day = There is no day in “{ $read }”.
wrong-end = In “{ $read }” the end is before the start.
wrong-past = { $when } is past.
wrong-too-far = “{ $read }” is too far away. Years go from 1900 to 2199.
wrong-time = “{ $read }” is not understood. Please write it as 2027-02-14 9:30-11:30.

## Files

file-read = Read { $name }: { $new } new events, { $changed } changed, { $same } as they were.
file-line = - { $when }: { $title }
file-tells = Taking it sends { $count } messages about changed and cancelled events.
file-problems = { $count } lines cannot be taken. Once they are corrected, send the file again.
file-problem = Line { $line }: { $what }
file-problem-at = Line { $line }, { $at }: { $what }
file-all-problems = Everything that cannot be taken.
file-quietly = New events are not announced one by one. Changes of date and cancellations are announced at once.
file-kept-by-staff = The event on line { $line } stays as staff wrote it.
file-kept-by-entry = The event on line { $line } stays as its entry says.
file-kept-newer = A newer state of the event on line { $line } is known.
file-kept-once = The event on line { $line } is there twice; the first is taken.
file-taken = Taken: { $new } new events, { $changed } changed.
file-other-kind = Please send events as .ics or .csv.
file-too-large = The file is too large. Please send at most 2 MB.
file-not-fetched = The file did not arrive. Please send it again.
button-take-file = Take them
wrong-no-calendar = This is not a calendar file: the first line has to be BEGIN:VCALENDAR.
wrong-no-table = This is not an event list: the first line has to name the columns イベント名 and 開始日.
wrong-encoding = The characters cannot be read. Please save the file in UTF-8 or Shift_JIS.
wrong-no-property = This line is not understood. It should be a name, a colon and a value.
wrong-unclosed = The end of the event (END:VEVENT) is missing.
wrong-missing = is missing.
wrong-twice = The same event is on line { $first }.
wrong-read = “{ $read }” is not understood.
wrong-zone = “{ $name }” is not a known time zone.
wrong-single-dates = Single dates of a series cannot be changed. Please make them events of their own.
wrong-elsewhere = “{ $read }” is another municipality.
wrong-span = The end is before the start, or the year is too far away.
wrong-rule = The repeat rule is not understood.

## The demo's own event

demo-event-title = Sample: farming day
demo-event-text = This is a sample for the demo, not a real event.
demo-event-place = A sample field
demo-event-audience = Anybody who thinks of moving here
demo-event-fee = Free
