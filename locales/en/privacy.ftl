### What is kept of a person: explained, shown, deleted.

## /privacy

privacy-intro = This is what the bot keeps about you, and what happens with it.
privacy-kept =
    What, why and for how long
    - The conversation: your Telegram user ID, language, latest questions and the topics of their answers, when you wrote. To answer follow-up questions; for { $conversations ->
        [one] one day
       *[other] { $conversations } days
    } after you were last here
    - Talks with our staff: your display name, your question, the answers sent, your rating. To hand your case on; for { $cases ->
        [one] one day
       *[other] { $cases } days
    } after it is closed
    - Event reminders: what you follow and when you are told. As long as you get reminders; once you stop them all, for { $conversations ->
        [one] one day
       *[other] { $conversations } days
    } after you were last here. Notes of reminders sent: 90 days
    - Sign-ups for events: the name you gave, number of people, day, note. To take them; for { $sign_ups ->
        [one] one day
       *[other] { $sign_ups } days
    } after the event
    - Questions you want to hear about once we know: until you are told, for { $questions ->
        [one] one day
       *[other] { $questions } days
    } at most
    - The wording of questions, the answers chosen, and answers staff kept as drafts: to improve the answers. Not who asked, and without phone numbers, street numbers and the like; for { $questions ->
        [one] one day
       *[other] { $questions } days
    }
    - Messages you send: until they are handled. If they cannot be handled, for { $set_aside ->
        [one] one day
       *[other] { $set_aside } days
    }; what could not be delivered to you, for { $undelivered ->
        [one] one day
       *[other] { $undelivered } days
    }
    - Message numbers: so that replies and edits reach the other side; for 60 days
privacy-seen =
    Who sees it
    - Our staff see talks with them and sign-ups, in their Telegram group
    - Only those who run the bot can see the rest
    - Telegram itself keeps its own copy of messages
privacy-second-look = When the bot offers several answers to choose from, the wording of the question alone, without phone numbers and the like, may be sent to an outside service that helps to order them.
privacy-rights = You can see and delete your data at any time.
button-my-data = See my data
button-forget = Delete my data

## /mydata

my-data = This is everything the bot has stored about you. What staff write among themselves is only in their Telegram group and is not part of this.

## /forget

forget-ask =
    Delete everything the bot has stored about you?
    What goes: the conversation, talks with our staff, reminders and sign-ups for events, messages waiting to be sent. If a talk with our staff is open, it ends here. Your topic in the staff's group is deleted as well.
    What stays: counts and question wordings that point to nobody, and the messages in Telegram itself. Notices of sign-ups in the staff's group are deleted by staff.
    This cannot be undone.
button-forget-sure = Delete everything
button-forget-keep = Keep my data
forget-kept = Nothing was deleted.
forget-done = Everything the bot had stored about you is deleted. If you write again, you will be treated as somebody new.

## For staff

desk-forgotten = Somebody who waited for staff wished to be forgotten. The bot's record is deleted, the case is over, and the topic is being deleted.
desk-forgotten-of = Somebody { $name } was helping wished to be forgotten. The bot's record is deleted, the case is over, and the topic is being deleted.
desk-delete-topic = The record of this person is deleted. The bot may not delete this topic: an administrator has to.
sign-up-forgotten = Sign-up withdrawn (data deleted)
sign-up-forgotten-people = People: { $people }
sign-up-forgotten-card = Whoever signed up wished to be forgotten. Please delete earlier notices of this sign-up from the group.

## The names in the file

data-made = Made at
data-user = Telegram user ID
data-conversation = Conversation
data-case = Talk with our staff
data-topic = Topic number in the staff's group
data-subscriber = Event reminders
data-reminded = Reminders sent
data-sign-ups = Sign-ups for events
data-wanted = Questions waiting for an answer
data-drafts = Draft answers made from your case
data-passed-on = Words kept for edits
data-linked = Message numbers kept
data-waiting = Waiting to be sent
data-undelivered = Could not be delivered
data-set-aside = Could not be handled
data-held-back = Notices held back
data-colleague = Name as one of the staff
data-writing = Being written as one of the staff
data-since = Since
data-last-seen = Last seen
data-lang = Language
data-lang-chosen = Language chosen by you
data-reachable = Can be written to
data-greeted = Greeted
data-last-question = Last question
data-last-entry = Answer shown last
data-trail = Latest questions
data-question = Question
data-came = Result
data-entry = Answer shown
data-wish = Wish for a person
data-why = Reason
data-form = Sign-up being filled in
data-face = Display name
data-name = Name
data-username = User name
data-stage = Stage
data-opened = Opened
data-last-words = Last words
data-last-asked = Asked last
data-answers = Answers from staff
data-asked = Asked
data-rating = Rating
data-stars = Stars
data-line = Comment
data-event = Event
data-people = People
data-day = Day
data-note = Note
data-state = State
data-follows = Follows
data-leads = Told so many hours before
data-quiet = Quiet hours
data-words = Words
data-at = At
data-going = Going to
data-muted = Not told of
data-paused = Reminders paused
data-chosen = Reminder settings changed
data-weekly = Weekly list
data-zone = Time zone
data-from = From
data-until = Until
data-filled = Details
data-suggestions = Answers suggested to staff
data-waiting-since = Waiting since
data-what = What
data-starts = Starts
data-message = Message number
data-misses = Tries in a row that did not help
data-answer-stands = Last answer not objected to
data-lang-instead = To be told of other languages
data-alerts = Times staff were reminded
