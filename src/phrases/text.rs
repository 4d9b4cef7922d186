//! Every message, with its arguments.
//!
//! One line of the table below is one message: its id in the locale files, its name here, its arguments. The table
//! makes the enum, so that no list of messages can fall behind another.

use fluent_bundle::{FluentArgs, FluentValue};

macro_rules! texts {
    ($($id:literal => $name:ident $({ $($arg:ident: $kind:ty),+ })?,)+) => {
        /// Something the bot says. The words are in `locales/`, under [`Text::id`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Text<'a> {
            $($name $({ $($arg: $kind),+ })?,)+
        }

        impl<'a> Text<'a> {
            /// The message's id in the locale files.
            #[must_use]
            pub fn id(&self) -> &'static str {
                match self {
                    $(Self::$name { .. } => $id,)+
                }
            }

            pub(super) fn args(&self) -> FluentArgs<'a> {
                let named: Vec<(&str, FluentValue<'a>)> = match *self {
                    $(Self::$name $({ $($arg),+ })? => vec![$($((stringify!($arg), $arg.into())),+)?],)+
                };
                named.into_iter().collect()
            }

            /// Every message once, with empty arguments.
            #[cfg(test)]
            pub(super) fn all() -> Vec<Self> {
                vec![$(Self::$name $({ $($arg: Default::default()),+ })?,)+]
            }
        }
    };
}

texts! {
    // bot.ftl
    "welcome" => Welcome,
    "welcome-line" => WelcomeLine,
    "link-unknown" => LinkUnknown,
    "other-language-instead" => OtherLanguageInstead,
    "smalltalk" => Smalltalk,
    "refuse" => Refuse,

    "not-understood" => NotUnderstood,
    "person-first" => PersonFirst,
    "person-offered" => PersonOffered,
    "clarify" => Clarify,
    "chosen" => Chosen { label: &'a str },
    "not-readable" => NotReadable,
    "too-long" => TooLong { limit: usize },
    "voice" => Voice,
    "photo" => Photo,
    "sticker" => Sticker,
    "video" => Video,
    "document" => Document,
    "location" => Location,
    "contact" => Contact,
    "other-kind" => OtherKind,

    "wish-kept" => WishKept,
    "wish-told" => WishTold { moment: &'a str },
    "wish-held" => WishHeld,
    "person-sorry" => PersonSorry,
    "complaint-sorry" => ComplaintSorry,
    "individual-cannot" => IndividualCannot,
    "rating-thanks" => RatingThanks { stars: usize },
    "rating-line-ask" => RatingLineAsk,
    "rating-line-thanks" => RatingLineThanks,
    "wish-question" => WishQuestion { question: &'a str },
    "wish-again" => WishAgain { date: &'a str },
    "complaint" => Complaint,
    "individual" => Individual,

    "language-ask" => LanguageAsk,
    "language-name" => LanguageName,
    "language-set" => LanguageSet,
    "reminders" => Reminders,
    "events-none" => EventsNone,
    "events-coming" => EventsComing,
    "my-data" => MyData,
    "forget" => Forget,
    "privacy" => Privacy,

    "help-intro" => HelpIntro,
    "command-line" => CommandLine { name: &'a str, description: &'a str },
    "help-examples" => HelpExamples,
    "command-start" => CommandStart,
    "command-menu" => CommandMenu,
    "command-help" => CommandHelp,
    "command-language" => CommandLanguage,
    "command-events" => CommandEvents,
    "command-reminders" => CommandReminders,
    "command-human" => CommandHuman,
    "command-mydata" => CommandMyData,
    "command-forget" => CommandForget,
    "command-privacy" => CommandPrivacy,

    "thanks" => Thanks,
    "old-button" => OldButton,
    "old-button-menu" => OldButtonMenu,

    // answer.ftl
    "fallback-language" => FallbackLanguage { language: &'a str },
    "name-ja" => NameJa,
    "name-ja-simple" => NameJaSimple,
    "name-en" => NameEn,
    "no-body" => NoBody,
    "valid-until-passed" => ValidUntilPassed { date: &'a str },
    "review-due" => ReviewDue,
    "event-ended" => EventEnded { date: &'a str },
    "source-line" => SourceLine { list: &'a str },
    "source-item" => SourceItem { title: &'a str, date: &'a str },
    "source-separator" => SourceSeparator,
    "ask-the-bot" => AskTheBot,
    "month" => Month { number: i8 },
    "day" => Day { year: i16, month: &'a str, day: i8 },
    "month-short" => MonthShort { number: i8 },
    "weekday" => Weekday { number: i8 },
    "minute" => Minute { number: i8 },
    "moment" => Moment { weekday: &'a str, month: &'a str, day: i8, hour: i8, minute: &'a str },
    "moment-of-year" => MomentOfYear { year: i16, weekday: &'a str, month: &'a str, day: i8, hour: i8, minute: &'a str },
    "as-of-day" => AsOfDay { year: i16, month: &'a str, day: i8 },
    "as-of-month-end" => AsOfMonthEnd { year: i16, month: &'a str },
    "as-of-month" => AsOfMonth { year: i16, month: &'a str },
    "as-of-year" => AsOfYear { year: i16 },
    "as-of-fiscal-year" => AsOfFiscalYear { year: i16 },
    "as-of-undated" => AsOfUndated { year: i16 },

    // button.ftl
    "button-menu" => ButtonMenu,
    "button-human" => ButtonHuman,
    "button-languages" => ButtonLanguages,
    "button-none" => ButtonNone,
    "button-right" => ButtonRight,
    "button-not-this" => ButtonNotThis,
    "button-share" => ButtonShare,
    "button-previous" => ButtonPrevious,
    "button-next" => ButtonNext,
    "button-topics" => ButtonTopics,
    "button-rating-line" => ButtonRatingLine,

    // crisis.ftl
    "crisis-emergency" => CrisisEmergency,
    "crisis-despair" => CrisisDespair,
    "crisis-violence" => CrisisViolence,
    "crisis-child" => CrisisChild,
    "crisis-wish" => CrisisWish,
    "crisis-told" => CrisisTold,

    // desk.ftl: what a mover hears from the desk
    "case-taken" => CaseTaken,
    "case-closed" => CaseClosed,
    "case-closed-by-mover" => CaseClosedByMover,
    "case-closed-idle" => CaseClosedIdle,
    "case-idle" => CaseIdle,
    "case-lost" => CaseLost,
    "button-end-case" => ButtonEndCase,
    "button-human-again" => ButtonHumanAgain,

    // desk.ftl: what staff read
    "some-mover" => SomeMover,
    "some-colleague" => SomeColleague,
    "title-open" => TitleOpen { name: &'a str },
    "title-urgent" => TitleUrgent { name: &'a str },
    "title-waiting" => TitleWaiting { name: &'a str, owner: &'a str },
    "title-answered" => TitleAnswered { name: &'a str, owner: &'a str },
    "title-snoozed" => TitleSnoozed { name: &'a str },
    "title-closed" => TitleClosed { name: &'a str },
    "card-head" => CardHead { name: &'a str, number: usize },
    "card-username" => CardUsername { username: &'a str },
    "card-language" => CardLanguage { language: &'a str },
    "card-since" => CardSince { moment: &'a str },
    "card-why" => CardWhy { reason: &'a str },
    "card-question" => CardQuestion { question: &'a str },
    "card-tried" => CardTried,
    "card-tried-answered" => CardTriedAnswered { question: &'a str, label: &'a str },
    "card-tried-open" => CardTriedOpen { question: &'a str },
    "card-how" => CardHow,
    "state-open" => StateOpen,
    "state-claimed" => StateClaimed { name: &'a str },
    "state-snoozed" => StateSnoozed { moment: &'a str },
    "state-closed" => StateClosed { reason: &'a str, moment: &'a str },
    "why-asked" => WhyAsked,
    "why-crisis" => WhyCrisis,
    "why-complaint" => WhyComplaint,
    "why-individual" => WhyIndividual,
    "why-gap" => WhyGap,
    "why-not-helped" => WhyNotHelped,
    "reason-solved" => ReasonSolved,
    "reason-passed-on" => ReasonPassedOn,
    "reason-no-reply" => ReasonNoReply,
    "reason-other" => ReasonOther,
    "reason-mover" => ReasonMover,
    "reason-idle" => ReasonIdle,
    "rest-hour" => RestHour,
    "rest-next-day" => RestNextDay,
    "rest-three-days" => RestThreeDays,
    "desk-urgent" => DeskUrgent { name: &'a str },
    "desk-bot-answered" => DeskBotAnswered { label: &'a str },
    "desk-delayed" => DeskDelayed { moment: &'a str },
    "desk-mover-left" => DeskMoverLeft,
    "desk-mover-returned" => DeskMoverReturned,
    "desk-closed-by-mover" => DeskClosedByMover,
    "desk-closed-idle" => DeskClosedIdle,
    "desk-rated" => DeskRated { stars: usize },
    "desk-rated-in-words" => DeskRatedInWords { line: &'a str },
    "desk-held" => DeskHeld,
    "desk-held-closed" => DeskHeldClosed,
    "desk-held-sent" => DeskHeldSent,
    "desk-held-noted" => DeskHeldNoted,
    "desk-anonymous" => DeskAnonymous,
    "desk-taken" => DeskTaken,
    "desk-taken-over" => DeskTakenOver { name: &'a str },
    "desk-released" => DeskReleased,
    "desk-released-by" => DeskReleasedBy { name: &'a str },
    "desk-handed-on" => DeskHandedOn,
    "desk-handed-to" => DeskHandedTo,
    "desk-closed" => DeskClosed,
    "desk-snoozed" => DeskSnoozed { moment: &'a str },
    "desk-rest-over" => DeskRestOver,
    "desk-waits" => DeskWaits { minutes: usize },
    "desk-suggestion-sent" => DeskSuggestionSent,
    "desk-suggestion-was-sent" => DeskSuggestionWasSent { label: &'a str },
    "desk-taken-by-other" => DeskTakenByOther { name: &'a str },
    "desk-already-yours" => DeskAlreadyYours,
    "desk-not-taken" => DeskNotTaken,
    "desk-is-closed" => DeskIsClosed,
    "desk-is-not-closed" => DeskIsNotClosed,
    "desk-is-past" => DeskIsPast,
    "desk-unknown-colleague" => DeskUnknownColleague,
    "desk-transfer-how" => DeskTransferHow,
    "desk-snooze-how" => DeskSnoozeHow,
    "desk-lost-blocked" => DeskLostBlocked,
    "desk-lost-not-copied" => DeskLostNotCopied,
    "desk-lost-refused" => DeskLostRefused,
    "desk-lost-from-mover" => DeskLostFromMover,
    "desk-not-member" => DeskNotMember,
    "desk-not-here" => DeskNotHere,
    "desk-no-case" => DeskNoCase,
    "desk-unknown-command" => DeskUnknownCommand,
    "desk-trouble-not-set" => DeskTroubleNotSet,
    "desk-trouble-not-inside" => DeskTroubleNotInside,
    "desk-trouble-no-topics" => DeskTroubleNoTopics,
    "desk-trouble-no-rights" => DeskTroubleNoRights,
    "desk-trouble-over" => DeskTroubleOver,
    "cases-head" => CasesHead { filter: &'a str, count: usize },
    "cases-live" => CasesLive,
    "cases-waiting-only" => CasesWaitingOnly,
    "cases-mine" => CasesMine,
    "cases-closed" => CasesClosed,
    "cases-waiting" => CasesWaiting { moment: &'a str },
    "cases-last" => CasesLast { moment: &'a str },
    "desk-button-take" => DeskButtonTake,
    "desk-button-take-over" => DeskButtonTakeOver,
    "desk-button-release" => DeskButtonRelease,
    "desk-button-hand-on" => DeskButtonHandOn,
    "desk-button-close" => DeskButtonClose,
    "desk-button-reopen" => DeskButtonReopen,
    "desk-button-snooze" => DeskButtonSnooze,
    "desk-button-back" => DeskButtonBack,
    "desk-button-suggest" => DeskButtonSuggest { label: &'a str },
    "desk-button-take-and-send" => DeskButtonTakeAndSend,
    "desk-button-reopen-and-send" => DeskButtonReopenAndSend,
    "desk-button-note" => DeskButtonNote,
    "command-cases" => CommandCases,
    "command-unanswered" => CommandUnanswered,
    "command-take" => CommandTake,
    "command-release" => CommandRelease,
    "command-close" => CommandClose,
    "command-transfer" => CommandTransfer,
    "command-snooze" => CommandSnooze,

    // menu.ftl
    "menu-title" => MenuTitle,
    "menu-topic" => MenuTopic { name: &'a str, page: usize, pages: usize },
    "topic-subsidy" => TopicSubsidy,
    "topic-vacant-home" => TopicVacantHome,
    "topic-housing" => TopicHousing,
    "topic-farming" => TopicFarming,
    "topic-childcare" => TopicChildcare,
    "topic-education" => TopicEducation,
    "topic-medical" => TopicMedical,
    "topic-work" => TopicWork,
    "topic-transport" => TopicTransport,
    "topic-event" => TopicEvent,
    "topic-community" => TopicCommunity,
    "topic-daily-life" => TopicDailyLife,
    "topic-safety" => TopicSafety,
    "topic-tourism" => TopicTourism,
    "topic-contact" => TopicContact,
    "topic-plan" => TopicPlan,
    "topic-digital" => TopicDigital,
    "topic-welfare" => TopicWelfare,
    "topic-other-municipality" => TopicOtherMunicipality,
}
