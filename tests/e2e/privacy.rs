//! Movers see what is kept of them, and have it deleted.

use annaka_concierge::{
    emulator::{Aim, Fault, Method},
    lang::Lang,
    outgoing::UserId,
    privacy,
    store::{Committed, Step},
};
use insta::assert_snapshot;
use jiff::SignedDuration;
use serde_json::Value;

use crate::{
    harness::{PATIENCE, QUESTION, Town, town},
    mover::{self, Actor},
    signups::{opens_form, tour},
};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const HOUR: SignedDuration = SignedDuration::from_hours(1);
/// What Sakura tells nobody else.
const SECRET: &str = "水色の屋根の家に住みたいです";

/// Somebody whose name is nobody else's.
fn sakura(t: &Town) -> Actor<'_> {
    t.newcomer("花岡さくら", "ja")
}

/// Every record of the store in which one of these words stands, or this number: as a key, as a value, in digits.
async fn traces(t: &Town, who: i64, words: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("copy");
    t.app().store().backup(&file).await.unwrap();
    let copy = std::fs::read_to_string(&file).unwrap();
    let key: String = (who.cast_unsigned() ^ (1 << 63))
        .to_be_bytes()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut found = Vec::new();
    for line in copy.lines() {
        let Ok((tree, in_key, _, json)) = serde_json::from_str::<(String, String, u8, String)>(line) else {
            continue;
        };
        // The city's papers, whoever reads them.
        if tree.starts_with("revision") {
            continue;
        }
        let value: Value = serde_json::from_str(&json).unwrap();
        if in_key.contains(&key) || numbered(&value, who) || words.iter().any(|word| json.contains(word)) {
            found.push(format!("{tree} {in_key} {json}"));
        }
    }
    found
}

fn numbered(value: &Value, who: i64) -> bool {
    match value {
        Value::Number(number) => number.as_i64() == Some(who),
        Value::String(text) => text
            .split(|c: char| !c.is_ascii_digit())
            .any(|part| part == who.to_string()),
        Value::Array(all) => all.iter().any(|one| numbered(one, who)),
        Value::Object(all) => all
            .iter()
            .any(|(name, one)| *name == who.to_string() || numbered(one, who)),
        _ => false,
    }
}

/// The file somebody would be sent.
async fn file(t: &Town, who: i64) -> String {
    let app = t.app();
    let record = app.store().personal(UserId(who)).await.unwrap();
    let knowledge = app.knowledge();
    app.with_senses(&knowledge, |senses| {
        privacy::file(&record, Lang::Ja, senses, t.clock.now()).text
    })
}

/// Asks, signs up, follows, and talks with Mio.
async fn lives(t: &Town, who: &Actor<'_>) {
    t.announces(&[tour(20)]).await;
    let _ = who.asks(QUESTION).await;
    let _ = opens_form(who).await;
    let _ = who.asks("さくら姫").await;
    let _ = who.asks("2").await;
    let _ = who.asks("左ききです").await;
    let _ = who.chooses("この内容で申し込む").await;
    who.starts("ev_s-7");
    let _ = who.hears().await;
    let _ = who.chooses("この行事の通知を受ける").await;
    let _ = who.asks("人と話したい").await;
    let mio = t.mio();
    let _ = mio.taps("引き受ける").await;
    let _ = who.hears().await;
    let _ = who.asks(SECRET).await;
    mio.says("水色の屋根ですね。空き家バンクにないか調べておきます。");
    let _ = who.hears().await;
    mio.says("// 予算は聞かないこと");
    t.idle().await;
}

/// Says that all is to be deleted, and that this is meant.
async fn forgets(who: &Actor<'_>) -> String {
    let asked = who.asks("/forget").await;
    assert!(asked.contains("元に戻せません"), "{asked}");
    who.chooses("すべて消す").await
}

#[tokio::test]
async fn what_is_kept_is_told_with_the_days_of_the_settings() {
    town(async |t| {
        assert_snapshot!(t.anna().asks("/privacy").await, @r"
        このボットが残す記録と、その扱いをお知らせします。

        残すもの、目的、期間
        ・会話：Telegramの利用者番号、使う言葉、最近の質問と答えの題、利用した日時。続きの質問に答えるためです。最後のご利用から365日
        ・担当者との相談：表示名、ご質問、送った返事、評価。担当者に引き継ぐためです。終了から180日
        ・行事のお知らせの設定：お知らせを送るためです。通知を受けている間。すべてやめた後は、最後のご利用から365日。送ったお知らせの控えは90日
        ・行事の申し込み：呼び名、人数、希望日、メモ。受け付けるためです。行事の30日後まで
        ・「分かったら通知を受ける」を選んだ質問：お知らせするためです。お知らせするまで、長くて365日
        ・質問の文と選ばれた答え、担当者が下書きにした返事：答えを良くするためです。だれの質問かは残さず、電話番号や番地などは伏せます。365日
        ・届いたメッセージは処理が終わるまで。処理できなかったものは30日、お届けできなかったものは30日
        ・メッセージの番号：返信や編集を相手に反映するためです。60日

        見る人
        ・担当者との相談と申し込みは、担当者がTelegramのグループで見ます
        ・そのほかは、ボットを管理する人だけが見られます
        ・メッセージは、Telegram自身にも残ります

        ご自分の記録は、いつでも見ることと消すことができます。
        [自分の記録を見る]
        [記録を消す]
        [担当者に聞く]
        ");
        assert_snapshot!(t.ben().asks("/privacy").await, @r"
        This is what the bot keeps about you, and what happens with it.

        What, why and for how long
        - The conversation: your Telegram user ID, language, latest questions and the topics of their answers, when you wrote. To answer follow-up questions; for 365 days after you were last here
        - Talks with our staff: your display name, your question, the answers sent, your rating. To hand your case on; for 180 days after it is closed
        - Event reminders: what you follow and when you are told. As long as you get reminders; once you stop them all, for 365 days after you were last here. Notes of reminders sent: 90 days
        - Sign-ups for events: the name you gave, number of people, day, note. To take them; for 30 days after the event
        - Questions you want to hear about once we know: until you are told, for 365 days at most
        - The wording of questions, the answers chosen, and answers staff kept as drafts: to improve the answers. Not who asked, and without phone numbers, street numbers and the like; for 365 days
        - Messages you send: until they are handled. If they cannot be handled, for 30 days; what could not be delivered to you, for 30 days
        - Message numbers: so that replies and edits reach the other side; for 60 days

        Who sees it
        - Our staff see talks with them and sign-ups, in their Telegram group
        - Only those who run the bot can see the rest
        - Telegram itself keeps its own copy of messages

        You can see and delete your data at any time.
        [See my data]
        [Delete my data]
        [Ask our staff]
        ");
        assert_snapshot!(t.ben().chooses("Delete my data").await, @r"
        Delete everything the bot has stored about you?
        What goes: the conversation, talks with our staff, reminders and sign-ups for events, messages waiting to be sent. If a talk with our staff is open, it ends here. Your topic in the staff's group is deleted as well.
        What stays: counts and question wordings that point to nobody, and the messages in Telegram itself. Notices of sign-ups in the staff's group are deleted by staff.
        This cannot be undone.
        [Delete everything]
        [Keep my data]
        [See my data]
        ");
        assert_snapshot!(t.ben().chooses("Keep my data").await, @"edited: Nothing was deleted.");
    })
    .await;
}

#[tokio::test]
async fn a_mover_sees_everything_of_theirs_and_nothing_of_others() {
    town(async |t| {
        let (anna, sakura) = (t.anna(), sakura(t));
        lives(t, &sakura).await;
        let _ = opens_form(&anna).await;
        let _ = anna.asks("アンナ・別人").await;
        let _ = anna.asks("1").await;
        let _ = anna.chooses("ありません").await;
        let _ = anna.chooses("この内容で申し込む").await;

        let told = sakura.asks("/mydata").await;
        assert!(told.contains("記録のすべて"), "{told}");
        let sent = sakura.last().media.unwrap();
        assert_eq!(
            (sent.kind.as_str(), sent.file_name.as_deref()),
            ("document", Some("annaka-concierge-my-data.json"))
        );
        let file = file(t, sakura.id()).await;
        let read: Value = serde_json::from_str(&file).unwrap();
        assert_eq!(read["Telegramの利用者番号"], sakura.id());
        for own in [
            SECRET,
            "さくら姫",
            "左ききです",
            QUESTION,
            "花岡さくら",
            "+09:00",
            "農業体験ツアー",
            "空き家バンクに",
        ] {
            assert!(file.contains(own), "{own} is missing:\n{file}");
        }
        for not_theirs in ["アンナ", "1001", "2001", "みお", "予算は聞かないこと"] {
            assert!(!file.contains(not_theirs), "{not_theirs} is told:\n{file}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_mover_who_is_forgotten_leaves_no_trace_and_is_greeted_anew() {
    town(async |t| {
        let sakura = sakura(t);
        lives(t, &sakura).await;
        let words = ["花岡", SECRET, "さくら姫", "左きき", "水色"];
        assert!(traces(t, sakura.id(), &words).await.len() > 10, "there is much to be forgotten");
        let _ = t.general_reads().await;
        assert_eq!(t.topics().len(), 1);

        assert_snapshot!(forgets(&sakura).await, @"edited: あなたの記録をすべて消しました。次に書いていただくときは、はじめての方としてお答えします。");
        assert_eq!(traces(t, sakura.id(), &words).await, [] as [String; 0]);
        assert_eq!(t.topics(), [], "the topic is deleted");
        assert_snapshot!(t.general_reads().await, @r"
        みおさんが担当していた方が、記録の消去を希望されました。ボットの記録を消し、相談は終わりました。この方のトピックも消します。
        ----
        申し込みの取り消し（記録の消去）

        行事：農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        人数：2人
        状態：未決

        確定：0 / 定員20人

        申し込んだ方が、記録の消去を希望されました。この申し込みの前の知らせも、グループから消してください。
        ");
        let too_late = t.mio().taps_in_general("確定する").await;
        assert!(too_late.contains("もうありません"), "{too_late}");

        let greeted = sakura.asks("こんにちは").await;
        assert!(greeted.contains("ボットです"), "{greeted}");
    })
    .await;
}

#[tokio::test]
async fn an_old_confirmation_deletes_nothing() {
    town(async |t| {
        let sakura = sakura(t);
        let _ = sakura.asks(QUESTION).await;
        let _ = sakura.asks("/forget").await;
        t.advance(DAY);
        let again = sakura.chooses("すべて消す").await;
        assert_eq!(again, "", "the same is asked again in its place");
        assert!(
            !traces(t, sakura.id(), &[]).await.is_empty(),
            "it was too long ago"
        );

        let _ = sakura.asks("/forget").await;
        let first = sakura.last();
        let done = forgets(&sakura).await;
        assert!(done.contains("すべて消しました"), "{done}");
        let _ = sakura.asks(QUESTION).await;
        t.advance(SignedDuration::from_mins(2));
        mover::done(sakura.person.taps(first.id, "すべて消す"));
        let asked = sakura.hears().await;
        assert_eq!(asked, "", "it was of another beginning, and is asked again");
        assert!(!traces(t, sakura.id(), &[]).await.is_empty());
        let done = sakura.chooses("すべて消す").await;
        assert!(done.contains("すべて消しました"), "{done}");
        let twice = forgets(&sakura).await;
        assert!(twice.contains("すべて消しました"), "{twice}");
        assert_eq!(traces(t, sakura.id(), &[]).await, [] as [String; 0]);
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_them_is_not_sent_and_others_keep_theirs() {
    town(async |t| {
        let (anna, sakura) = (t.anna(), sakura(t));
        let _ = anna.asks(QUESTION).await;
        let before = file(t, anna.id()).await;
        let _ = sakura.asks("/forget").await;
        t.emulator.disturb(
            Fault::Flood { seconds: 600 },
            Aim::Only(Method::SendMessage),
            Some(1),
        );
        sakura.says(QUESTION);
        t.idle().await;
        assert!(t.app().store().depth() > 0, "an answer waits");
        let answers = sakura.answers();
        let done = sakura.chooses("すべて消す").await;
        t.advance(HOUR);
        let done = done + &sakura.hears().await;
        assert!(done.contains("すべて消しました"), "{done}");
        assert!(!done.contains("出典："), "{done}");
        assert_eq!(sakura.answers(), answers);
        assert_eq!(traces(t, sakura.id(), &["花岡"]).await, [] as [String; 0]);
        let cut = |text: &str| text.lines().skip(2).collect::<Vec<_>>().join("\n");
        assert_eq!(cut(&file(t, anna.id()).await), cut(&before));
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_forgets_all_or_nothing() {
    town(async |t| {
        let sakura = sakura(t);
        lives(t, &sakura).await;
        t.forgives_taps();
        let _ = sakura.asks("/forget").await;
        t.crash_after(Method::EditMessageText, || sakura.taps("すべて消す"))
            .await;
        t.start();
        for _ in 0..3 {
            t.idle().await;
            t.advance(SignedDuration::from_mins(1));
        }
        let _ = sakura.hears().await;
        assert_eq!(traces(t, sakura.id(), &["花岡", SECRET]).await, [] as [String; 0]);
        assert_eq!(t.topics(), []);
        let _ = t.general_reads().await;
    })
    .await;
}

#[tokio::test]
async fn a_step_computed_before_brings_nothing_back() {
    town(async |t| {
        let sakura = sakura(t);
        let _ = sakura.asks(QUESTION).await;
        let store = t.app().store().clone();
        let reading = store.reading();
        let late = Step {
            reading: Some(reading),
            conversation: store.conversation(UserId(sakura.id())).await.unwrap(),
            ..Step::default()
        };
        let _ = forgets(&sakura).await;
        let committed = store.commit_step(late).await.unwrap();
        assert_eq!(committed, Committed::Stale);
        assert_eq!(traces(t, sakura.id(), &[]).await, [] as [String; 0]);
        drop(store);
    })
    .await;
}

#[tokio::test]
async fn without_the_right_to_delete_staff_are_asked_to() {
    town(async |t| {
        let sakura = sakura(t);
        let _ = sakura.asks("人と話したい").await;
        t.next(Method::DeleteForumTopic, Fault::Refused);
        let _ = forgets(&sakura).await;
        t.idle().await;
        let topic = t.topic();
        let told = t.in_topic(topic).pop().unwrap().text;
        assert!(told.contains("このトピックを消してください"), "{told}");
        let _ = t.general_reads().await;
    })
    .await;
}

#[tokio::test]
async fn who_was_not_seen_for_a_year_is_forgotten_and_a_closed_case_after_half() {
    town(async |t| {
        let _ = t.mio_had_anna().await;
        let anna = t.anna();
        let topics = t.topics();
        assert_eq!(topics.len(), 1);
        t.advance(DAY * 181);
        swept(t, async || t.topics().is_empty()).await;
        let store = || t.app().store().clone();
        assert!(store().case(UserId(anna.id())).await.unwrap().is_none());
        assert!(store().conversation(UserId(anna.id())).await.unwrap().is_some());
        t.advance(DAY * 185);
        swept(t, async || traces(t, anna.id(), &["アンナ"]).await.is_empty()).await;
    })
    .await;
}

/// Sweeping is done at each start, and once an hour where the clock runs; by a clock that leapt, a day later.
async fn swept(t: &Town, done: impl AsyncFn() -> bool) {
    for _ in 0..2 {
        t.restart().await;
    }
    t.advance(DAY);
    t.restart().await;
    let waiting = async {
        while !done().await {
            tokio::task::yield_now().await;
        }
    };
    let ended = tokio::time::timeout(PATIENCE, waiting).await;
    assert!(ended.is_ok(), "nothing was swept\n{}", t.transcript());
    t.idle().await;
}

#[tokio::test]
async fn a_phone_number_in_a_question_is_kept_with_its_mover_only() {
    town(async |t| {
        let sakura = sakura(t);
        let _ = sakura
            .asks("移住支援金のことで090-1234-5678に電話してくれますか")
            .await;
        let found = traces(t, sakura.id(), &["090-1234-5678"]).await;
        assert!(
            found.iter().all(|record| !record.starts_with("notes")),
            "{found:#?}"
        );
        let _ = forgets(&sakura).await;
        assert_eq!(
            traces(t, sakura.id(), &["090-1234-5678"]).await,
            [] as [String; 0]
        );
    })
    .await;
}
