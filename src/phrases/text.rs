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

    // crisis.ftl
    "crisis-emergency" => CrisisEmergency,
    "crisis-despair" => CrisisDespair,
    "crisis-violence" => CrisisViolence,
    "crisis-child" => CrisisChild,
    "crisis-wish" => CrisisWish,

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
