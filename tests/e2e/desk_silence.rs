//! Who speaks: once a person has taken over, the bot keeps silent; only where life is in danger it does not.

use annaka_concierge::{
    emulator::{Aim, Fault, Method},
    metrics::Count,
};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::{QUESTION, town};

#[tokio::test]
async fn nothing_a_mover_asks_is_answered_by_the_bot_while_a_person_has_the_case() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        let (anna, _mio) = t.mio_has_anna().await;
        for question in [
            QUESTION,
            "いくらもらえますか",
            "こんにちは",
            "ほにゃらら",
            "空き家バンクとは",
            "😀",
        ] {
            assert_eq!(anna.asks(question).await, "", "{question}");
        }
        let news = t.desk_reads().await;
        assert!(news.contains("👤 いくらもらえますか"), "{news}");
        assert!(news.contains("[💡 "), "what could be sent is offered: {news}");
    })
    .await;
}

#[tokio::test]
async fn what_a_mover_asks_for_by_name_they_get_also_then() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        assert_ne!(anna.asks("/help").await, "");
        assert_eq!(
            anna.asks("/human").await,
            "担当者がこのチャットを見ています。そのままお書きください。\n\n記録した内容：人と話したい"
        );
        assert_eq!(t.desk_reads().await, "", "commands are no words for a person");
    })
    .await;
}

#[tokio::test]
async fn an_answer_the_bot_had_in_hand_when_a_person_took_over_is_dropped() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        t.emulator
            .disturb(Fault::Flood { seconds: 30 }, Aim::Only(Method::SendMessage), None);
        anna.says(QUESTION);
        t.idle().await;
        let _ = mio.taps("引き受ける").await;
        t.emulator.heal();
        t.advance(SignedDuration::from_mins(1));
        assert_snapshot!(anna.hears().await, @r"
        担当者がお話を伺います。このままお書きください。
        [相談を終える]
        ");
        assert_eq!(t.count(Count::Silenced), 1);
        assert!(
            t.desk_reads().await.contains(QUESTION),
            "the person reads the question"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_asked_for_by_a_tap_is_not_dropped() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        t.emulator
            .disturb(Fault::Flood { seconds: 30 }, Aim::Only(Method::SendMessage), None);
        anna.says("/help");
        t.idle().await;
        let _ = mio.taps("引き受ける").await;
        t.emulator.heal();
        t.advance(SignedDuration::from_mins(1));
        let heard = anna.hears().await;
        assert!(heard.starts_with("知りたい"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn the_bot_answers_again_when_the_talk_is_over_or_given_back() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let _ = mio.taps("手放す").await;
        let heard = anna.asks(QUESTION).await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        assert_eq!(anna.asks(QUESTION).await, "");
        let ended = anna.chooses("相談を終える").await;
        assert!(ended.contains("担当者への相談を終えました"), "{ended}");
        let heard = anna.asks(QUESTION).await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_cry_for_help_is_met_by_the_bot_and_alarms_the_group_though_a_person_has_the_case() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let heard = anna.asks("もう死にたい").await;
        assert!(heard.contains("0120-279-338"), "{heard}");
        assert_eq!(
            t.general(),
            ["🚨 アンナさんから、命や体の危険についての相談です。トピックを見てください。"]
        );
        assert_eq!(t.desk_reads().await, "👤 もう死にたい");
        assert!(
            t.card().await.contains("理由：命や体の危険"),
            "{}",
            t.card().await
        );
    })
    .await;
}

#[tokio::test]
async fn a_cry_for_help_is_heard_also_where_a_line_about_the_talk_was_awaited() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        let _ = anna.chooses("5").await;
        let _ = anna.chooses("一言を書く").await;
        let heard = anna.asks("もう死にたい").await;
        assert!(heard.contains("0120-279-338"), "{heard}");
        assert_eq!(t.general().len(), 1);
        assert_eq!(t.title(), "🚨 アンナ");
    })
    .await;
}

#[tokio::test]
async fn a_cry_for_help_in_answer_to_a_persons_words_is_heard_too() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("お役に立ててよかったです。");
        let _ = anna.hears().await;
        let words = anna.last().id;
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        anna.replies_to(words, "もう死にたい");
        let heard = anna.hears().await;
        assert!(heard.contains("0120-279-338"), "{heard}");
        assert_eq!(t.general().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_reply_to_someone_who_has_just_ended_waits_and_opens_the_case_again_if_wanted() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.taps("相談を終える");
        t.idle().await;
        mio.says("分かりました。");
        let heard = anna.hears().await;
        assert!(heard.starts_with("担当者への相談を終えました。"), "{heard}");
        assert!(!heard.contains("分かりました"), "{heard}");
        assert_snapshot!(t.desk_reads().await, @r"
        相手が相談を終えました。
        ----
        相談は終わっているため、送っていません。
        [再開して送る] [メモにする]
        ");
        assert_eq!(mio.taps("再開して送る").await, "引き受けて、送りました。");
        let heard = anna.hears().await;
        assert!(heard.ends_with("----\n分かりました。"), "{heard}");
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn a_mover_is_told_when_somebody_will_be_there() {
    for (clock, promise) in [
        ("2026-11-22T03:00", "11月24日(火)9:30"),
        ("2026-11-23T12:00", "11月24日(火)9:30"),
        ("2026-11-24T10:00", "11月24日(火)11:00"),
        ("2026-11-24T17:00", "11月25日(水)9:15"),
        ("2026-11-25T03:00", "11月25日(水)9:30"),
        ("2026-12-28T17:00", "2027年1月4日(月)9:15"),
        ("2026-12-31T23:59", "2027年1月4日(月)9:30"),
    ] {
        town(async |t| {
            t.clock_shows(clock);
            let told = t.anna().asks("人と話したい").await;
            let wanted = format!("担当者にお伝えしました。{promise}までに、このチャットでお返事します。");
            assert!(told.starts_with(&wanted), "{clock}: {told}");
        })
        .await;
    }
}

#[tokio::test]
async fn the_card_of_a_talk_shows_the_cry_for_help_and_not_what_was_asked_before() {
    town(async |t| {
        let _ = t.anna().asks(QUESTION).await;
        let (anna, _mio) = t.mio_has_anna().await;
        let heard = anna.asks("死にたい").await;
        assert!(heard.contains("0120-279-338"), "{heard}");
        let _news = (t.desk_reads().await, t.general_reads().await);
        let card = t.card().await;
        assert!(card.contains("死にたい"), "{card}");
    })
    .await;
}
