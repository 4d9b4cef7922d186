## When something cannot be handled

set-aside = ⚠ One update could not be processed and was set aside (number { $number }). Everything else goes on. Look for this number in the server's log.
set-aside-from = ⚠ One update from { $name } could not be processed and was set aside (number { $number }). Everything else goes on. Look for this number in the server's log, and get in touch with { $name }.
not-processed = Sorry, your message could not be processed. Please send it again in other words.
not-processed-told = Sorry, your message could not be processed. Our staff have been told. If it is urgent, please send it again in other words.
