### What is said about messages on their way over the concierge desk, and about its topics.

## To the mover

case-edited = Corrected:{" "}
case-lost-protected = This could not be passed to our staff, as a setting forbids copying it. Please write it as text, or change the setting and send it again.

## To both sides

edited-to-nothing = (the words were removed)

## To staff

desk-edited = Edited:{" "}
desk-lost-protected = Not delivered: this group restricts saving content, so that only text can be sent. Please write it as text, or switch that off and send it again.
desk-held-full = No more can be held. Please send the words above or keep them as notes, then write this again.
desk-close-why = Why is it closed?
desk-again-with-you = You had this case before. Please take it if you can.

## To the owners

desk-topic-deleted = A case's topic in the staff group was deleted. A new one was opened, with its card and the new words. What stood in the old one is gone.
desk-topic-closed = The topic of a case in hand was closed in the staff group. It was opened again, and the new words were sent. To end a case, use “Close”.
