### What stands around the text of an entry: how far it holds, its sources, its dates.

fallback-language = There is no English text on this topic yet, so here is the one in { $language }.
no-body = There is no text on this topic yet.
valid-until-passed = This applied until { $date }. Please check with the city what applies now.
review-due = This is due for review. Please check with the city whether it still applies.
event-ended = This event ended on { $date }.
name-ja = Japanese
name-ja-simple = plain Japanese
name-en = English

source-line = Source: { $list }
source-item = { $title } ({ $date })
source-separator = {" "}/{" "}
ask-the-bot = Ask this bot

month = { $number ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
day = { $day } { $month } { $year }
month-short = { $number ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
weekday = { $number ->
        [1] Mon
        [2] Tue
        [3] Wed
        [4] Thu
        [5] Fri
        [6] Sat
       *[7] Sun
    }
minute = { $number ->
        [0] 00
        [1] 01
        [2] 02
        [3] 03
        [4] 04
        [5] 05
        [6] 06
        [7] 07
        [8] 08
        [9] 09
       *[other] { $number }
    }
moment = { $weekday } { $day } { $month }, { $hour }:{ $minute } (Japan time)
moment-of-year = { $weekday } { $day } { $month } { $year }, { $hour }:{ $minute } (Japan time)
as-of-day = as of { $day } { $month } { $year }
as-of-month-end = as of the end of { $month } { $year }
as-of-month = { $month } { $year }
as-of-year = { $year }
as-of-fiscal-year = FY{ $year }
as-of-undated = undated, read in { $year }
