//! Staff tell many something: written once, looked at, sent, steered, and never twice to anybody.

use annaka_concierge::{
    emulator::{Aim, Fault, Method, PrivateAccess},
    lang::Lang,
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
    crowd::arrivals,
    harness::{Plan, Town, town, town_with},
    interleavings::Dice,
    mover::{Actor, done},
    staff::Staff,
};

const WORDS: &str = "明日は大雪です。\n外に出るときは、気をつけてください。\n英語：Heavy snow tomorrow.\nPlease take care outside.";
const EVERYBODY: &str = "通知を受けている全員";
const SECOND: SignedDuration = SignedDuration::from_secs(1);

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

/// So many people who follow all events.
pub(crate) async fn followers(t: &Town, count: usize, access: PrivateAccess) -> Vec<i64> {
    let ids = t.crowd(count, access).await;
    follows(t, &ids).await;
    ids
}

/// Anna, who reads Japanese, and Ben, who reads English, follow all events.
async fn anna_and_ben(t: &Town) -> (Actor<'_>, Actor<'_>) {
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

/// Mio writes something and sends it to everybody.
async fn mio_sends(t: &Town) -> Staff<'_> {
    let mio = mio_writes(t, WORDS).await;
    assert_eq!(sends_it(&mio).await, "送信を始めました。");
    mio
}

/// Says twice that it is to be sent; gives what is shown on the button.
async fn sends_it(mio: &Staff<'_>) -> String {
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
    async fn taps_choice(&self, label: &str) -> String {
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
        let _ = anna.chooses("この行事を通知する").await;
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
async fn it_is_paused_goes_on_and_reaches_everybody_once() {
    town(async |t| {
        let all = followers(t, 700, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 5).await;
        let before = arrivals(&t.sends()).len();
        assert!(t.app().store().depth() <= 310, "only some wait at a time");
        assert_eq!(mio.taps_in_general("一時停止").await, "一時停止しました。");
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        assert_eq!(mio.taps_in_general("一時停止").await, "一時停止しました。");
        t.runs_until(t.clock.now() + SECOND * 60).await;
        let paused = arrivals(&t.sends()).len();
        assert!(
            paused <= before + 2,
            "{before} before the pause, {paused} after it"
        );
        assert_eq!(
            t.app().store().depth(),
            0,
            "nobody's other messages wait behind it"
        );
        let shown = progress(t).await;
        assert!(shown.starts_with("一時停止中 "), "{shown}");
        t.restart().await;
        t.idle().await;
        assert_eq!(progress(t).await, shown, "it stays paused");

        // What somebody asks in the meantime is answered.
        let asks = t.newcomer("Dan", "ja");
        assert!(asks.asks("/help").await.starts_with("知りたいことを"));
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        t.runs_until_left(0).await;
        check_once(t, &all, 0);
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 700人");
        let edits = t.calls("editMessageText");
        assert!(edits <= 12, "{edits} edits");
    })
    .await;
}

#[tokio::test]
async fn it_is_cancelled_midway_and_nobody_else_hears_it() {
    town(async |t| {
        let all = followers(t, 400, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 5).await;
        let _ = mio.taps_in_general("一時停止").await;
        t.runs_until(t.clock.now() + SECOND * 2).await;
        assert_eq!(mio.taps_in_general("中止する").await, "中止しました。");
        let before = arrivals(&t.sends());
        t.runs_until_left(0).await;
        t.restart().await;
        t.runs_until(t.clock.now() + SECOND * 60).await;
        let after = arrivals(&t.sends());
        let heard = all.iter().filter(|id| after.contains_key(id)).count();
        assert_eq!(after.len(), before.len());
        assert!((50..300).contains(&heard), "{heard}");
        assert_eq!(progress(t).await, format!("中止しました：届いた {heard}人"));
        let over = format!("p1:b:{}:r", t.app().store().courses().await.unwrap()[0].0.0);
        let message = t.in_general().pop().unwrap().id;
        let note = mio.forges_tap(t.group(), message, &over).await;
        assert_eq!(note, "この送信は、もう終わっています。");
    })
    .await;
}

/// Everybody got it, and nobody more often than was unavoidable.
pub(crate) fn check_once(t: &Town, all: &[i64], unseen: usize) {
    let arrived = arrivals(&t.sends());
    let mut repeated = 0;
    for id in all {
        let times = arrived.get(id).copied().unwrap_or_default();
        assert!(times > 0, "{id} was left out");
        repeated += times - 1;
    }
    assert!(repeated <= unseen, "{repeated} repeated, {unseen} unseen");
}

#[tokio::test]
async fn power_cuts_in_the_middle_leave_nobody_out_and_count_everybody_once() {
    const CRASHES: usize = 5;
    town(async |t| {
        let all = followers(t, 600, PrivateAccess::Open).await;
        let _mio = mio_sends(t).await;
        let mut dice = Dice(7);
        for _ in 0..CRASHES {
            t.runs_until(t.clock.now() + SECOND * 3).await;
            t.skips(t.clock.now() + SignedDuration::from_hours(1));
            t.happenings(dice.roll(5)).await;
            t.crash().await;
            t.start();
        }
        t.runs_until_left(0).await;
        t.idle().await;
        check_once(t, &all, CRASHES);
        assert_eq!(progress(t).await, "送信が終わりました：届いた 600人");
    })
    .await;
}

#[tokio::test]
async fn who_stops_before_their_turn_hears_nothing() {
    town(async |t| {
        let _all = followers(t, 150, PrivateAccess::Open).await;
        // They have the highest numbers, so their turn comes last.
        let (emi, fumi) = (t.newcomer("Emi", "ja"), t.newcomer("Fumi", "ja"));
        let _ = (emi.asks("/help").await, fumi.asks("/help").await);
        follows(t, &[emi.id(), fumi.id()]).await;
        let _mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND).await;
        let _ = (emi.says("/reminders"), fumi.says("/reminders"));
        // A reply waits for the next free place beside the broadcast.
        t.runs_until(t.clock.now() + SECOND / 5).await;
        let _ = (emi.taps("すべての通知をやめる"), fumi.taps("通知を休む"));
        t.idle().await;
        let _ = (emi.hears().await, fumi.hears().await);
        t.runs_until_left(0).await;
        assert_eq!(
            (emi.hears().await, fumi.hears().await),
            (String::new(), String::new())
        );
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 150人、対象から外れた 2人");
        assert_eq!(t.count(Count::BroadcastDropped), 2);
    })
    .await;
}

#[tokio::test]
async fn a_receiver_who_asks_is_answered_before_the_broadcast_reaches_them() {
    town(async |t| {
        let _all = followers(t, 200, PrivateAccess::Open).await;
        let late = t.newcomer("Fumi", "ja");
        let _ = late.asks("/help").await;
        follows(t, &[late.id()]).await;
        let _mio = mio_sends(t).await;
        t.runs_until(t.clock.now() + SECOND * 3).await;
        late.says("安中市移住支援金はだれが対象ですか");
        t.runs_until(t.clock.now() + SignedDuration::from_millis(200))
            .await;
        let heard = late.reads();
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        assert!(!heard.contains("大雪"), "{heard}");
        t.runs_until_left(0).await;
        assert!(late.hears().await.starts_with("明日は大雪です。"));
    })
    .await;
}

#[tokio::test]
async fn one_tap_under_it_stops_everything_and_leaves_the_words() {
    town(async |t| {
        let (anna, ben) = anna_and_ben(t).await;
        let _mio = mio_sends(t).await;
        t.runs_until_left(0).await;
        let _ = (anna.hears().await, ben.hears().await);
        let heard = anna.chooses("すべての通知をやめる").await;
        assert!(
            heard.starts_with("(すべての通知をやめました。)\n----\n今は、どの行事も通知しません。"),
            "{heard}"
        );
        let told = anna
            .chat()
            .into_iter()
            .filter(|shown| shown.text.starts_with("明日は大雪です。"));
        assert_eq!(told.count(), 1);
        let subscriber = t.app().store().subscriber(UserId(anna.id())).await.unwrap();
        assert!(!subscriber.unwrap().hears_anything());
    })
    .await;
}

#[tokio::test]
async fn who_has_blocked_the_bot_is_counted_and_not_tried_again() {
    town(async |t| {
        let gone = followers(t, 3, PrivateAccess::Blocked).await;
        let there = followers(t, 20, PrivateAccess::Open).await;
        let _mio = mio_sends(t).await;
        t.runs_until_left(0).await;
        check_once(t, &there, 0);
        assert_snapshot!(progress(t).await, @"送信が終わりました：届いた 20人、届かない 3人");
        let tried = t
            .sends()
            .iter()
            .filter(|call| call.chat.is_some_and(|chat| gone.contains(&chat)))
            .count();
        assert_eq!(tried, 3);
        assert_eq!(t.count(Count::BroadcastUnreachable), 3);

        let mio = mio_writes(t, "もう一度").await;
        let shown = t.general().pop().unwrap();
        assert!(shown.contains("届く人：20人"), "{shown}");
        assert!(shown.contains("ほかの3人には届きません"), "{shown}");
        let _ = mio.taps_in_general("やめる").await;
    })
    .await;
}

#[tokio::test]
async fn what_telegram_refuses_to_everybody_stops_by_itself_and_says_why() {
    town(async |t| {
        let all = followers(t, 40, PrivateAccess::Open).await;
        let mio = mio_writes(t, WORDS).await;
        for id in &all {
            t.emulator.disturb(Fault::Refused, Aim::Chat(*id), None);
        }
        let _ = sends_it(&mio).await;
        t.runs_until(t.clock.now() + SECOND * 30).await;
        assert_snapshot!(t.general().pop().unwrap(), @"送信を一時停止しました。Telegramが続けて受け付けませんでした：Bad Request: BUTTON_URL_INVALID");
        assert_snapshot!(progress(t).await, @r"
        Telegramが受け付けないため停止中 5 / 40人、送れなかった 5人
        [再開する] [中止する]
        ");
        assert!(t.count(Count::BroadcastFailed) < 10);

        t.emulator.heal();
        assert_eq!(mio.taps_in_general("再開する").await, "再開しました。");
        t.runs_until_left(0).await;
        let shown = progress(t).await;
        assert_eq!(shown, "送信が終わりました：届いた 35人、送れなかった 5人");
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
async fn a_progress_somebody_deletes_is_shown_once_more() {
    town(async |t| {
        let _all = followers(t, 1200, PrivateAccess::Open).await;
        let mio = mio_sends(t).await;
        let shown = t.in_general().pop().unwrap().id;
        done(mio.person.in_group(None).deletes(shown));
        t.runs_until_left(0).await;
        let shown = t.general();
        let progress = shown.iter().filter(|shown| shown.contains("届いた 1,200人"));
        assert_eq!(progress.count(), 1);
        assert!(!shown.iter().any(|shown| shown.contains("送信中")), "{shown:?}");
    })
    .await;
}

#[tokio::test]
async fn a_language_chosen_in_the_middle_is_the_one_it_comes_in() {
    town(async |t| {
        let _all = followers(t, 100, PrivateAccess::Open).await;
        let late = t.newcomer("Gina", "ja");
        let _ = late.asks("/help").await;
        follows(t, &[late.id()]).await;
        let _mio = mio_sends(t).await;
        let _ = late.asks("/language").await;
        let _ = late.chooses("English").await;
        let known = t.app().store().conversation(UserId(late.id())).await.unwrap();
        assert_eq!(known.unwrap().lang, Lang::En);
        t.runs_until_left(0).await;
        assert!(late.hears().await.contains("Heavy snow tomorrow."));
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
