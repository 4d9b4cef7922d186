### Buttons: a verb and a thing, at most 22 characters.

button-menu = Open the menu
button-human = Ask our staff
button-languages = Change language
button-none = None of these
button-right = This helped
button-not-this = See other answers
button-share = Send to family
button-previous = Previous page
button-next = Next page
button-topics = Back to topics
button-rating-line = Write a line
