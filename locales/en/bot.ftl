### What the bot says besides answers.

## The first words

welcome =
    I answer questions about moving to Annaka, using documents from the city and others.
    I am a bot; you can also ask for a person at any time.
    Each answer gives its source and date.
welcome-line = I am a bot that answers questions about moving to Annaka, using documents from the city and others.
link-unknown = I cannot find what this link points to. Please write what you would like to know, or choose from the menu.
other-language-instead = I do not speak the language your Telegram is set to, so I will answer in English.
smalltalk = I am a bot for people who are thinking of moving to Annaka. Ask me about grants, vacant homes, childcare, transport and more.
refuse = I cannot do that. I answer questions about moving to Annaka.

## When it was not clear

not-understood = I did not understand that. Please put it another way, or choose from the menu.
person-first = I am sorry I could not help. Would you like to ask our staff?
person-offered = You can ask our staff, or put your question another way.
clarify = Which of these is closest to your question?
chosen = You chose: { $label }
not-readable = I could not find any words there. Please write what you would like to know.
too-long = I can read up to { $limit } characters at a time. Please shorten your message and send it again. What you wrote has been kept, and you can also ask our staff.
voice = I cannot listen to voice messages. Please write what you would like to know.
photo = I cannot read pictures. Please write what you would like to know.
sticker = Thank you for the sticker. Please write your question in words.
video = I cannot watch videos. Please write what you would like to know.
document = I cannot read files. Please write what you would like to know.
location = I cannot read locations. To ask about a place, please write its name.
contact = I cannot read contacts. If you would like to ask our staff, please use the button below.
other-kind = I cannot read this kind of message. Please write what you would like to know.

## A person

wish-kept =
    I have noted that you would like to talk to our staff.
    They are at the desk on weekdays from 8:30 to 17:15 (Japan time), except public holidays and 29 December to 3 January.
    A way for them to reply in this chat is still being prepared, so I cannot promise when you will hear from them.
wish-told = I have passed this to our staff. They will answer in this chat by { $moment }.
wish-held = Our staff are reading this chat. Just write here.
person-sorry = I am sorry I could not help.
complaint-sorry = I am sorry about this experience.
individual-cannot = I cannot judge individual cases.
rating-thanks = Thank you for your rating ({ $stars } / 5).
rating-line-ask = Your next message will go to our staff word for word.
rating-line-thanks = I will pass it on. Thank you.
wish-question = What you wrote: { $question }
wish-again = I noted on { $date } that you would like to talk to our staff.
complaint = I am sorry for the trouble. I cannot put this right myself, but you can ask our staff.
individual = I cannot judge individual cases. Would you like to ask our staff?

## Settings and rights

language-ask = Which language would you like?
language-name = English
language-set = I will answer in English from now on.

## Help and commands

help-intro = Write what you would like to know in your own words. You can also use these commands:
command-line = /{ $name } { $description }
help-examples = Examples: “Is there money for buying a house?” or “Is there aid to renovate an old house?”
command-start = See the introduction
command-menu = Choose a topic
command-help = See how to use the bot
command-language = Change the language
command-events = See events
command-reminders = About event reminders
command-human = Ask our staff
command-mydata = See your stored data
command-forget = Delete your stored data
command-privacy = See what is kept and why

## After a tap

thanks = Thank you.
old-button = This button is out of date.
old-button-menu = That button is out of date. Please choose again from the menu.
