//! The desk keeps its house in order: who may act, who is told of what was done by hand, what has to be said at an end,
//! who is reminded at night, and whom a mover meets again.

use annaka_concierge::emulator::Membership;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    harness::{Plan, Town, town, town_with},
    mover::{Actor, done},
};

const QUESTION: &str = "安中市移住支援金はだれが対象ですか";
const NOT_MEMBER: &str = "相談デスクの人だけが使えます。";
const DELETED: &str = "担当者のグループで、相談のトピックが1つ消されていました。新しいトピックを開き、カードと新しい文章を送りました。消された文章は戻りません。";
const CLOSED: &str = "担当者のグループで、対応中の相談のトピックが1つ閉じられていました。開き直して、新しい文章を送りました。相談を終えるときは「終える」を使ってください。";
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Yuki has met the bot; nothing else would let it write to her.
async fn yuki(t: &Town) -> Actor<'_> {
    let yuki = t.yuki();
    let _ = yuki.asks("/help").await;
    yuki
}

#[tokio::test]
async fn who_leaves_unseen_can_tap_for_a_minute_at_most_and_their_case_is_everybodys_then() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let ken = t.ken();
        assert_eq!(ken.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        done(t.emulator.slips_away(ken.id()));
        t.advance(SECOND * 50);
        assert_eq!(ken.taps_card("d1:t").await, "もう引き受けています。");
        t.advance(SECOND * 10);
        assert_eq!(ken.taps_card("d1:r").await, NOT_MEMBER);
        assert_eq!(
            t.desk_reads().await,
            "担当のけんさんがグループを抜けました。誰でも引き受けられます。"
        );
        assert_eq!(t.title(), "⏳ アンナ");
        assert_eq!(t.mio().taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn who_is_seen_to_leave_cannot_tap_from_that_moment() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let ken = t.ken();
        assert_eq!(ken.taps("引き受ける").await, "引き受けました。");
        done(ken.person.leaves_group());
        assert_eq!(ken.taps_card("d1:r").await, NOT_MEMBER);
        done(t.emulator.set_membership(ken.id(), Membership::Member));
        assert_eq!(ken.taps("引き受ける").await, NOT_MEMBER, "for a minute no is no");
        t.advance(SECOND * 60);
        assert_eq!(ken.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn owners_hear_once_of_each_topic_that_was_deleted() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, _mio) = t.mio_has_anna().await;
        for _ in 0..2 {
            done(t.emulator.delete_topic(t.topic()));
            assert_eq!(yuki.hears().await, "", "nobody has missed it yet");
            anna.says("まだいますか");
            anna.says("急ぎではありません");
            assert_eq!(yuki.hears().await, DELETED);
            anna.says("お待ちしています");
            t.restart().await;
            assert_eq!(yuki.hears().await, "");
            assert!(t.desk_reads().await.contains("👤 お待ちしています"));
        }
    })
    .await;
}

#[tokio::test]
async fn owners_hear_once_of_a_topic_closed_amid_its_case_and_not_of_one_closed_with_it() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, mio) = t.mio_has_anna().await;
        done(mio.person.sets_topic_closed(t.topic(), true));
        anna.says("まだいますか");
        assert_eq!(yuki.hears().await, CLOSED);
        anna.says("急ぎではありません");
        assert_eq!(yuki.hears().await, "");
        assert!(t.desk_reads().await.contains("👤 急ぎではありません"));

        mio.says("/close 解決した");
        let _ = anna.hears().await;
        done(mio.person.sets_topic_closed(t.topic(), true));
        let _ = anna.asks("人と話したい").await;
        assert_eq!(t.title(), "⏳ アンナ");
        assert_eq!(yuki.hears().await, "", "that was only tidy");
    })
    .await;
}

#[tokio::test]
async fn who_closes_by_command_is_asked_why() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("/close");
        assert_snapshot!(t.desk_reads().await, @r"
        終える理由を選んでください。
        [解決した]
        [ほかの窓口を案内]
        [返事がない]
        [その他]
        ");
        assert_eq!(t.title(), "💬 アンナ（みお）", "nothing is closed yet");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.ken().taps("返事がない").await, "みおさんが引き受けています。");
        assert_eq!(mio.taps("ほかの窓口を案内").await, "終えました。");
        assert_eq!(t.desk_reads().await, "edited: 終えました。");
        assert!(
            t.card().await.contains("終了：ほかの窓口を案内"),
            "{}",
            t.card().await
        );
        assert!(anna.hears().await.contains("終了しました"));
        mio.says("/close");
        assert_eq!(t.desk_reads().await, "この相談は終わっています。");
    })
    .await;
}

#[tokio::test]
async fn a_reason_can_be_written_with_the_command_in_any_language() {
    for (written, shown) in [
        ("/close 返事がない", "終了：返事がない"),
        ("/close sent to another office", "終了：ほかの窓口を案内"),
    ] {
        town(async |t| {
            let (anna, mio) = t.mio_has_anna().await;
            mio.says("/close もういい");
            assert!(t.desk_reads().await.starts_with("終える理由を選んでください。"));
            t.ken().says("/close その他");
            assert_eq!(t.desk_reads().await, "みおさんが引き受けています。");
            mio.says(written);
            assert!(anna.hears().await.contains("終了しました"));
            assert!(t.card().await.contains(shown), "{}", t.card().await);
        })
        .await;
    }
}

#[tokio::test]
async fn words_too_many_to_hold_are_said_to_be_and_none_that_is_held_is_lost() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let mut held = Vec::new();
        for number in 1..=30 {
            held.push(mio.says(&format!("{number}番目です。")));
            t.idle().await;
            t.advance(SECOND * 4);
        }
        let asked = t.desk_reads().await;
        assert_eq!(asked.matches("送っていません").count(), 30, "{asked}");
        let full = "これ以上は預かれません。上の文章を送るかメモにしてから、もう一度書いてください。";
        let over = mio.says("31番目です。");
        assert_eq!(t.desk_reads().await, full);
        assert_eq!(t.desk_last().await.reply_to, Some(over));
        mio.sends_pictures(3, None);
        t.idle().await;
        t.advance(SECOND);
        assert_eq!(t.desk_reads().await, full, "once for an album");

        let question = t.card_in(t.topic()).unwrap().id;
        let first = format!("d1:s:{}", held[0]);
        assert_eq!(
            mio.forges_tap(t.group(), question, &first).await,
            "引き受けて、送りました。"
        );
        assert!(anna.hears().await.ends_with("----\n1番目です。"));
    })
    .await;
}

#[tokio::test]
async fn someone_in_danger_is_not_left_until_the_morning() {
    town(async |t| {
        t.clock_shows("2026-11-24T23:00");
        let anna = t.anna();
        let lines = anna.asks("死にたい").await;
        assert!(lines.contains("0120-279-338"), "{lines}");
        assert_eq!(t.general().len(), 1, "the whole group hears at once");
        let _ = t.desk_reads().await;
        for (clock, minutes) in [("23:10", 10), ("23:40", 40)] {
            t.clock_shows(&format!("2026-11-24T{clock}"));
            let reminded = t.desk_reads().await;
            let wanted = format!("🚨 返事をお待たせして{minutes}分になります。\n[引き受ける] [後回し]");
            assert_eq!(reminded, wanted, "{clock}");
        }
        t.clock_shows("2026-11-25T00:10");
        assert!(
            t.desk_reads()
                .await
                .starts_with("🚨 返事をお待たせして70分になります。")
        );
        t.clock_shows("2026-11-25T08:29");
        assert_eq!(
            t.desk_reads().await,
            "",
            "nobody heard three calls; the next come with the desk"
        );
        t.clock_shows("2026-11-25T10:10");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で100分になります")
        );
        assert_eq!(t.title(), "🚨 アンナ");
    })
    .await;
}

#[tokio::test]
async fn shortly_after_a_talk_the_bot_answers_and_the_same_person_is_one_tap_away() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        t.advance(SignedDuration::from_hours(48));
        let heard = anna.asks("ありがとうございました").await;
        assert!(heard.ends_with("[もう一度相談する]"), "{heard}");
        let heard = anna.asks(QUESTION).await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        assert!(heard.contains("[担当者に聞く]"), "{heard}");
        assert!(
            !heard.contains("[もう一度相談する]"),
            "one way is enough: {heard}"
        );
        assert_eq!(t.title(), "✅ アンナ", "none of this needs a person");
        assert_eq!(t.desk_reads().await, "");

        let heard = anna.chooses("担当者に聞く").await;
        assert!(heard.starts_with("担当者にお伝えしました。"), "{heard}");
        assert_eq!(t.title(), "⏳ アンナ");
        let card = t.card().await;
        assert!(card.starts_with("アンナ 相談1回目\n"), "{card}");
        assert!(
            card.contains(&format!("・{QUESTION} → ")),
            "what the bot answered: {card}"
        );
        let news = t.desk_reads().await;
        assert!(
            news.ends_with("----\nみお\n前に担当した相談です。よろしければ引き受けてください。"),
            "{news}"
        );
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn after_a_week_nobody_is_called_back() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        t.advance(SignedDuration::from_hours(8 * 24));
        let heard = anna.asks("ありがとうございました").await;
        assert!(!heard.contains("[もう一度相談する]"), "{heard}");
        let _ = anna.asks("人と話したい").await;
        assert!(t.card().await.starts_with("アンナ 相談2回目\n"));
        assert!(!t.desk_reads().await.contains("前に担当した相談"));
    })
    .await;
}
