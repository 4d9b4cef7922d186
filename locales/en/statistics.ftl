### How the bot is used, in figures, for staff.

command-stats = See how the bot is used

## The message

stats-week = Use from { $from } to { $to }
stats-month = Use in { $month }
stats-so-far = {" "}(so far)
stats-compared-week = In brackets: the week before
stats-compared-month = In brackets: the month before
stats-none = Nobody asked anything in this time.
stats-asked = Questions: { $count } ({ $before })
stats-part = • { $name } { $count } ({ $before })
stats-answered = answered at once
stats-choices = choices offered
stats-gaps = not in our sources
stats-to-person = sent to a person
stats-not-understood = not understood
stats-declined = off topic
stats-share = Answered at once: { $share } ({ $before })
stats-percent = { $share }%
stats-unknown = none
stats-cases = Cases: { $opened } opened ({ $before }), { $closed } closed
stats-wait = First reply: half within { $median }, nine in ten within { $most } (desk hours)
stats-minutes = { $minutes } min
stats-hours = { $hours } h { $minutes } min
stats-rating = Rating: { $mean } of 5 on average ({ $count })
stats-topics = Most asked topics
stats-topic = { $place }. { $title } ({ $count })
stats-misses = Questions not answered
stats-miss = • “{ $question }” ({ $count })
stats-languages = Languages: Japanese { $ja }, plain Japanese { $simple }, English { $en }
stats-movers = { $active } people used it ({ $new } for the first time), { $left } have stopped the bot
stats-new-movers = For the first time: { $new }
button-stats-week = This week
button-stats-month = This month
button-stats-week-before = Week before
button-stats-week-after = Week after
button-stats-month-before = Month before
button-stats-month-after = Month after

## The picture

picture-title = A week of the relocation bot
picture-days = { $from } to { $to }
picture-asked = Questions
picture-share = Answered at once
picture-cases = Cases for staff
picture-wait = First reply (median)
picture-count = { $count }
picture-before = Week before: { $value }
picture-bars = Questions a day
picture-line = week before
picture-no-topics = None this week.
picture-more = More with /stats.
