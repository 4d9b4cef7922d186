//! Staff tell many something: written once, looked at, tried and sent.

use annaka_concierge::{
    emulator::{Fault, Method},
    metrics::Count,
    outgoing::UserId,
    reminders::{Subject, Subscriber},
    store::{Committed, Step},
};
use futures_util::future::join_all;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    calendar::consultation,
    harness::{Plan, Town, town, town_with},
    mover::{Actor, done},
    staff::Staff,
};

pub(crate) const WORDS: &str = "明日は大雪です。\n外に出るときは、気をつけてください。\n英語：Heavy snow tomorrow.\nPlease take care outside.";

pub(crate) const EVERYBODY: &str = "通知を受けている全員";

pub(crate) const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Somebody follows all events.
pub(crate) async fn follows(t: &Town, who: &[i64]) {
    let app = t.app();
    let step = |id: &i64| {
        let mut subscriber = Subscriber::new(UserId(*id));
        subscriber.follow(Subject::All, t.clock.now()).unwrap();
        Step {
            subscriber: Some(subscriber),
            ..Step::default()
        }
    };
    for kept in join_all(who.iter().map(|id| app.store().commit_step(step(id)))).await {
        assert_eq!(kept.unwrap(), Committed::Now);
    }
}

/// Anna, who reads Japanese, and Ben, who reads English, follow all events.
pub(crate) async fn anna_and_ben(t: &Town) -> (Actor<'_>, Actor<'_>) {
    let (anna, ben) = (t.anna(), t.ben());
    let _ = anna.asks("/help").await;
    let _ = ben.asks("/help").await;
    follows(t, &[anna.id(), ben.id()]).await;
    (anna, ben)
}

/// Mio writes something for everybody; it is not sent yet.
pub(crate) async fn mio_writes<'t>(t: &'t Town, words: &str) -> Staff<'t> {
    let mio = t.mio();
    mio.says_in_general("/broadcast");
    t.idle().await;
    mio.says_in_general(words);
    t.idle().await;
    mio.taps_choice(EVERYBODY).await;
    mio
}

/// Says twice that it is to be sent; gives what is shown on the button.
pub(crate) async fn sends_it(mio: &Staff<'_>) -> String {
    let _ = mio.taps_in_general("送る").await;
    mio.taps_in_general("はい、送ります").await
}

/// The last line of the message that shows how far it is, with its buttons.
pub(crate) async fn progress(t: &Town) -> String {
    t.idle().await;
    let general = t.general();
    let shown = general.iter().rfind(|shown| shown.contains("送る相手："));
    let (_, status) = shown.unwrap().rsplit_once("すべて\n").unwrap();
    status.to_owned()
}

impl Staff<'_> {
    /// Taps a choice whatever number stands behind it.
    pub(crate) async fn taps_choice(&self, label: &str) -> String {
        self.town.idle().await;
        let general = self.town.in_general();
        let mut labels = general
            .iter()
            .rev()
            .flat_map(|shown| shown.buttons.iter().flatten());
        let found = labels.find(|button| button.label.starts_with(label));
        let label = found.expect("there is such a choice").label.clone();
        self.taps_in_general(&label).await
    }
}

#[tokio::test]
async fn a_broadcast_is_seen_in_every_language_with_how_many_it_reaches() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let _both = anna_and_ben(t).await;
        let chie = t.newcomer("ちえ", "ja");
        let _ = chie.asks("/reminders").await;
        let _ = chie.chooses("週のまとめを受け取る").await;
        let _ = chie.chooses("通知を休む").await;
        let mio = t.mio();
        mio.says_in_general("/broadcast");
        t.idle().await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        お知らせの文を書いてください（一つの言語につき3000字まで）。英語ややさしい日本語の文もあるときは、行を変えて「英語：」「やさしい：」に続けて書いてください。
        [やめる]
        ");
        mio.says_in_general(WORDS);
        t.idle().await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        ── 日本語 ──
        明日は大雪です。
        外に出るときは、気をつけてください。

        ── やさしい日本語 ──
        日本語の文が届きます。

        ── English ──
        Heavy snow tomorrow.
        Please take care outside.

        だれに送るかを選んでください。
        [通知を受けている全員（2人）]
        [農業体験（2人）] [空き家（2人）]
        [交流（2人）] [祭り（2人）]
        [セミナー・講座（2人）] [行事を選ぶ]
        [言葉を直す] [リンクを付ける]
        [やめる]
        ");
        let _ = mio.taps_choice(EVERYBODY).await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        ── 日本語 ──
        明日は大雪です。
        外に出るときは、気をつけてください。

        ── やさしい日本語 ──
        日本語の文が届きます。

        ── English ──
        Heavy snow tomorrow.
        Please take care outside.

        送る相手：通知を受けている人すべて
        届く人：2人（日本語 1人、やさしい日本語 0人、英語 1人）
        ほかの1人には届きません（通知を休んでいるか、ボットを止めています）。
        [自分に試し送り]
        [送る]
        [相手を選び直す]
        [言葉を直す] [リンクを付ける]
        [やめる]
        ");
        let told = mio.taps_in_general("やめる").await;
        assert_eq!((told.as_str(), t.general().pop().unwrap().as_str()), ("", "やめました。何も変わっていません。"));
    })
    .await;
}

#[tokio::test]
async fn a_broadcast_is_tried_sent_and_seen_to_its_end() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = mio_writes(t, WORDS).await;
        let _ = mio.taps_in_general("リンクを付ける").await;
        mio.says_in_general("https://annaka/");
        t.idle().await;
        assert_eq!(
            t.general().pop().unwrap(),
            "https:// で始まるアドレスを書いてください。"
        );
        mio.says_in_general("https://www.city.annaka.lg.jp/snow");
        t.idle().await;

        let mios = t.mover(mio.id());
        let _ = mios.asks("/start").await;
        let note = mio.taps_in_general("自分に試し送り").await;
        assert_eq!(note, "ボットとの個人チャットに送ります。");
        let trial = mios.hears().await;
        assert!(
            trial.starts_with("(ボットとの個人チャットに送ります。)\n----\n明日は大雪です。"),
            "{trial}"
        );
        assert!(trial.contains("Heavy snow tomorrow."), "{trial}");

        assert_eq!(sends_it(&mio).await, "送信を始めました。");
        let shown = t.general().pop().unwrap();
        assert!(
            shown.contains("\n\nボタン「詳しく見る」：https://www.city.annaka.lg.jp/snow\n\n送る相手："),
            "{shown}"
        );
        assert!(
            progress(t).await.ends_with(" / 2人、あと約1分\n[一時停止]"),
            "{shown}"
        );
        t.runs_until_left(0).await;
        assert_snapshot!(anna.hears().await, @r"
        明日は大雪です。
        外に出るときは、気をつけてください。
        [詳しく見る ↗]
        [通知の設定を見る] [すべての通知をやめる]
        ");
        assert_snapshot!(ben.hears().await, @r"
        Heavy snow tomorrow.
        Please take care outside.
        [Read more ↗]
        [See reminder settings] [Stop all reminders]
        ");
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 2人");
        assert_eq!(t.count(Count::BroadcastSent), 2);
        let _tap = mios.reads();
    })
    .await;
}

#[tokio::test]
async fn only_those_who_hear_of_an_event_are_told_of_it() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let (anna, ben) = (t.anna(), t.ben());
        anna.starts("ev_s-1");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事の通知を受ける").await;
        let _ = ben.asks("/events").await;
        let mio = t.mio();
        mio.says_in_general("/broadcast");
        t.idle().await;
        mio.says_in_general("駐車場は北側です。");
        t.idle().await;
        let _ = mio.taps_in_general("行事を選ぶ").await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        ── 日本語 ──
        駐車場は北側です。

        ── やさしい日本語 ──
        日本語の文が届きます。

        ── English ──
        日本語の文が届きます。

        どの行事の人に送るかを選んでください。
        [2月14日(日) 空き家相談会]
        [5月9日(日) 安政遠足 侍マラソン（未確定）]
        [相手を選び直す] [やめる]
        ");
        let _ = mio.taps_in_general("2月14日(日) 空き家相談会").await;
        let shown = t.general().pop().unwrap();
        assert!(
            shown.contains("送る相手：「空き家相談会」の通知を受けている人"),
            "{shown}"
        );
        let _ = sends_it(&mio).await;
        t.runs_until_left(0).await;
        assert!(anna.hears().await.starts_with("駐車場は北側です。"));
        assert_eq!(ben.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn marks_of_the_writer_are_kept_and_words_can_be_mended() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = t.mio();
        mio.says_in_general("/broadcast");
        t.idle().await;
        let general = mio.person.in_group(None);
        done(general.says_formatted("<b>大雪</b> &lt;1m\nEnglish: <i>Snow</i>"));
        t.idle().await;
        let old = t.in_general().pop().unwrap();
        let _ = mio.taps_choice(EVERYBODY).await;
        let _ = mio.taps_in_general("言葉を直す").await;
        mio.says_in_general("英語：Heavy snow");
        t.idle().await;
        let stale = old.buttons[0][0].data.clone();
        let note = mio.forges_tap(t.group(), old.id, &stale).await;
        assert!(note.starts_with("この表示は古くなりました。"), "{note}");
        let _ = sends_it(&mio).await;
        t.runs_until_left(0).await;
        let _ = anna.hears().await;
        let sent = anna.last();
        assert_eq!(sent.text, "大雪 <1m");
        assert_eq!(sent.entities.len(), 1, "the bold word");
        assert!(ben.hears().await.starts_with("Heavy snow\n"));
    })
    .await;
}

#[tokio::test]
async fn whoever_never_wrote_to_the_bot_hears_why_no_trial_comes() {
    town(async |t| {
        let _both = anna_and_ben(t).await;
        let mio = mio_writes(t, WORDS).await;
        let _ = mio.taps_in_general("自分に試し送り").await;
        let trouble = "試し送りが届きませんでした。先に、個人チャットでボットに話しかけてください。";
        assert_eq!(t.times_in_group(trouble), 1, "said once, for two languages");
    })
    .await;
}

#[tokio::test]
async fn a_second_person_confirms_exactly_what_stands_there() {
    let plan = Plan {
        needs_second: true,
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = mio_writes(t, WORDS).await;
        let _ = mio.taps_in_general("送る").await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        ── 日本語 ──
        明日は大雪です。
        外に出るときは、気をつけてください。

        ── やさしい日本語 ──
        日本語の文が届きます。

        ── English ──
        Heavy snow tomorrow.
        Please take care outside.

        送る相手：通知を受けている人すべて
        届く人：2人（日本語 1人、やさしい日本語 0人、英語 1人）

        もう一人の担当者の確認が必要です。内容を確かめて、「確認して送る」を押してください。
        [確認して送る]
        [戻る] [やめる]
        ");
        let asked = t.in_general().pop().unwrap();
        let confirm = asked.buttons[0][0].data.clone();
        let note = mio.taps_in_general("確認して送る").await;
        assert_eq!(note, "書いた人のほかの担当者だけが確認できます。");
        let ken = t.ken();
        assert_eq!(
            ken.taps_in_general("戻る").await,
            "これは、書き始めた人だけが操作できます。"
        );

        let _ = mio.taps_in_general("戻る").await;
        let _ = mio.taps_in_general("言葉を直す").await;
        mio.says_in_general("英語：Snow.");
        t.idle().await;
        let note = ken.forges_tap(t.group(), asked.id, &confirm).await;
        assert!(note.starts_with("この表示は古くなりました。"), "{note}");
        t.runs_until_left(0).await;
        assert_eq!(anna.hears().await, "");

        let _ = mio.taps_in_general("送る").await;
        assert_eq!(ken.taps_in_general("確認して送る").await, "送信を始めました。");
        t.runs_until_left(0).await;
        assert!(anna.hears().await.starts_with("明日は大雪です。"));
        assert!(ben.hears().await.starts_with("Snow.\n"));
        let kept = t.app().store().courses().await.unwrap();
        let sent = t.app().store().broadcast(kept[0].0).await.unwrap().unwrap();
        assert_eq!((sent.by.0, sent.confirmed_by), (mio.id(), Some(UserId(ken.id()))));
    })
    .await;
}

#[tokio::test]
async fn two_taps_and_two_people_send_it_once() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = mio_writes(t, WORDS).await;
        let _ = mio.taps_in_general("送る").await;
        let shown = t.in_general().pop().unwrap();
        let send = shown.buttons[0][0].data.clone();
        let taps = [&mio, &t.ken(), &mio].map(|who| {
            done(t.emulator.forge_tap(who.id(), t.group(), shown.id, &send));
        });
        assert_eq!(taps.len(), 3);
        t.idle().await;
        t.runs_until_left(0).await;
        t.restart().await;
        let _ = mio.forges_tap(t.group(), shown.id, &send).await;
        t.runs_until_left(0).await;
        assert_eq!(t.app().store().courses().await.unwrap().len(), 1);
        for (who, words) in [(&anna, "明日は大雪です。"), (&ben, "Heavy snow tomorrow.")] {
            assert_eq!(who.hears().await.matches(words).count(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_at_the_tap_sends_it_once() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = mio_writes(t, WORDS).await;
        let _ = mio.taps_in_general("送る").await;
        t.forgives_taps();
        for moment in 0..6 {
            if t.general().iter().any(|shown| shown.contains("[はい、送ります]")) {
                let shown = t.in_general().pop().unwrap();
                let send = shown.buttons[0][0].data.clone();
                done(t.emulator.forge_tap(mio.id(), t.group(), shown.id, &send));
            }
            t.happenings(moment).await;
            t.crash().await;
            t.start();
            t.idle().await;
        }
        t.runs_until_left(0).await;
        t.advance(SECOND * 60);
        t.idle().await;
        assert_eq!(t.app().store().courses().await.unwrap().len(), 1);
        for (who, words) in [(&anna, "明日は大雪です。"), (&ben, "Heavy snow tomorrow.")] {
            let times = who.hears().await.matches(words).count();
            assert!((1..=2).contains(&times), "{words} {times} times");
        }
    })
    .await;
}

#[tokio::test]
async fn a_trial_that_telegram_refuses_says_why() {
    town(async |t| {
        let _both = anna_and_ben(t).await;
        let mio = mio_writes(t, "大雪").await;
        let mios = t.mover(mio.id());
        let _ = mios.asks("/start").await;
        t.next(Method::SendMessage, Fault::Refused);
        let _ = mio.taps_in_general("自分に試し送り").await;
        t.idle().await;
        let said = t.general().pop().unwrap();
        assert!(
            said.starts_with("Telegramが、この文を受け付けませんでした："),
            "{said}"
        );
        let _tap = mios.reads();
    })
    .await;
}

#[tokio::test]
async fn only_its_writer_works_on_it_and_nobody_without_a_name() {
    town(async |t| {
        let _both = anna_and_ben(t).await;
        t.mio().anonymously().says_in_general("/broadcast");
        t.idle().await;
        let said = t.general().pop().unwrap();
        assert_eq!(
            said,
            "匿名の管理者のままでは書けません。ご自分の名前で送ってください。"
        );
        let _mio = mio_writes(t, WORDS).await;
        let note = t.ken().taps_in_general("送る").await;
        assert_eq!(note, "これは、書き始めた人だけが操作できます。");
        t.ken().says_in_general("お昼に行きませんか");
        t.runs_until_left(0).await;
        assert!(t.app().store().courses().await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn long_words_stand_in_a_message_for_each_language() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let mio = mio_writes(t, &"雪".repeat(3000)).await;
        let _ = mio.taps_in_general("言葉を直す").await;
        mio.says_in_general(&format!("英語：{}", "s".repeat(3001)));
        t.idle().await;
        assert_eq!(t.general().pop().unwrap(), "3000字までで書いてください。");
        mio.says_in_general(&format!("英語：{}", "s".repeat(3000)));
        t.idle().await;
        let before = t.general().len();
        let _ = mio.taps_in_general("自分に試し送り").await;
        let _ = mio.taps_in_general("相手を選び直す").await;
        let _ = mio.taps_choice(EVERYBODY).await;
        assert_eq!(t.general().len(), before + 1, "only that no trial arrived is new");
        let _ = sends_it(&mio).await;
        t.runs_until_left(0).await;
        assert_eq!(progress(t).await, "送信が終わりました：届いた 2人");
        assert_eq!(anna.hears().await.matches('雪').count(), 3000);
        assert!(ben.hears().await.starts_with(&"s".repeat(3000)));
    })
    .await;
}
