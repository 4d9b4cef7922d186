### Upkeep: a clock that leapt, and what could not be delivered or handled. Read by owners and staff.

clock-leapt = ⚠ The server's clock has leapt: it showed { $last } at the last look and shows { $now } now. Nothing old is deleted for the time being. If the clock is right, that begins again in 24 hours; if it is wrong, please set it before then.
left-over = Something needs looking at: could not be delivered: { $letters }, updates set aside: { $updates }. /deadletters in the group shows them.
left-over-letters = Still there to be looked at: { $count } that could not be delivered. /deadletters in the group shows them.
left-over-updates = Still there to be looked at: { $count } updates that could not be handled. /deadletters in the group shows them.
aside-head = Updates that could not be handled and were set aside: { $count }
aside-message = No. { $number }, { $moment }: a message
aside-tap = No. { $number }, { $moment }: a button
aside-other = No. { $number }, { $moment }: another update
aside-panicked = Why: handling it failed again and again (a fault in the program)
aside-crashed = Why: the program stopped again and again while handling it
