//! Every mover's topic in the concierge group: there when it is needed, one at a time, whatever befalls it.

use annaka_concierge::emulator::{Aim, Fault, Method};
use jiff::SignedDuration;

use crate::{harness::town, mover::done};

#[tokio::test]
async fn a_deleted_topic_comes_back_once_with_its_card_and_the_words() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        done(t.emulator.delete_topic(t.topic()));
        anna.says("まだいますか");
        anna.says("急ぎではありません");
        t.idle().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
        assert!(t.card().await.starts_with("アンナ 相談1回目\nみおさんが対応中"));
        assert_eq!(t.times_in_group("まだいますか"), 1);
        assert_eq!(t.times_in_group("急ぎではありません"), 1);
        assert_eq!(t.calls("createForumTopic"), 2, "the first and one in its place");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_card_that_telegram_refuses_keeps_no_word_from_staff() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        t.advance(SignedDuration::from_hours(8 * 24));
        t.idle().await;
        // The title, and the card; the one in its place shows nothing that somebody wrote, until it is next changed.
        t.emulator.disturb(Fault::Refused, Aim::Chat(t.group()), Some(2));
        let _ = anna.asks("担当者と話したい").await;
        assert!(t.card().await.contains(" 相談2回目\n"));
        assert_eq!(t.times_in_group("👤 担当者と話したい"), 1);
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        anna.says("来月伺います");
        t.idle().await;
        assert_eq!(t.times_in_group("来月伺います"), 1);
    })
    .await;
}

#[tokio::test]
async fn staff_go_on_in_the_topic_that_took_the_place_of_a_deleted_one() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(t.emulator.delete_topic(t.topic()));
        anna.says("まだいますか");
        t.idle().await;
        let said = mio.says("はい、います。");
        assert_eq!(anna.hears().await, "はい、います。");
        assert_eq!(mio.reactions(said).await, ["👌"]);
        assert_eq!(mio.taps("手放す").await, "手放しました。");
    })
    .await;
}

#[tokio::test]
async fn a_topic_closed_by_hand_is_opened_again_for_new_words() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let topic = t.topic();
        done(mio.person.sets_topic_closed(topic, true));
        anna.says("まだいますか");
        anna.says("急ぎではありません");
        t.idle().await;
        assert_eq!(t.topic(), topic, "it is the same");
        assert_eq!(t.times_in_group("まだいますか"), 1);
        assert_eq!(t.times_in_group("急ぎではありません"), 1);
        let closed = t.emulator.look(|world| {
            let found = world.group().and_then(|group| group.find_topic(topic));
            found.is_some_and(|topic| topic.closed)
        });
        assert!(!closed);
    })
    .await;
}

#[tokio::test]
async fn ten_messages_at_the_same_moment_make_one_topic() {
    town(async |t| {
        let anna = t.anna();
        anna.says("人と話したい");
        for number in 1..10 {
            anna.says(&format!("ほにゃらら{number}"));
        }
        while !anna.hears().await.is_empty() {}
        assert_eq!(t.calls("createForumTopic"), 1);
        let news = t.desk_reads().await;
        let order: Vec<usize> = (1..10)
            .map(|number| {
                let words = format!("👤 ほにゃらら{number}");
                assert_eq!(news.matches(&words).count(), 1, "{news}");
                news.find(&words).unwrap()
            })
            .collect();
        assert!(order.is_sorted(), "{news}");
    })
    .await;
}

#[tokio::test]
async fn movers_who_come_together_have_a_topic_each() {
    town(async |t| {
        let movers = ["Chie", "Dan", "Emi"].map(|name| t.newcomer(name, "ja"));
        for mover in &movers {
            mover.says("人と話したい");
        }
        for mover in &movers {
            assert!(mover.hears().await.contains("お伝えしました"));
        }
        let mut titles: Vec<String> = t.topics().into_iter().map(|(_, title)| title).collect();
        titles.sort();
        assert_eq!(titles, ["⏳ Chie", "⏳ Dan", "⏳ Emi"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_in_general_is_nobodys_topic() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let lines = anna.asks("死にたい").await;
        assert!(lines.contains("0120-279-338"), "{lines}");
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        let alarm = t.in_general().pop().unwrap();
        assert!(alarm.text.starts_with('🚨'), "{alarm:?}");
        let answer = done(
            mio.person
                .in_group(None)
                .replies_to(alarm.id, "見ました。私が出ます。"),
        );
        assert_eq!(anna.hears().await, "", "this was for colleagues");
        assert!(mio.reactions(answer).await.is_empty());
        assert_eq!(t.general().len(), 1, "and the bot has nothing to say about it");
    })
    .await;
}

#[tokio::test]
async fn a_topic_that_is_seen_but_not_found_gives_way_to_a_new_one() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let old = t.topic();
        t.next(Method::SendMessage, Fault::ThreadLost);
        anna.says("まだいますか");
        t.idle().await;
        assert_eq!(t.topics().len(), 2);
        let new = t.newest_topic();
        assert_eq!(t.reads_in(new), "👤 まだいますか");
        assert_eq!(t.times_in_group("まだいますか"), 1);

        mio.at(old).says("聞こえますか");
        assert_eq!(anna.hears().await, "", "the old one leads nowhere");
        assert_eq!(
            mio.at(old).taps("手放す").await,
            "このトピックには相談がありません。古いボタンのときは、/take などのコマンドを使ってください。"
        );
        mio.at(new).says("はい、います。");
        assert_eq!(anna.hears().await, "はい、います。");
    })
    .await;
}

#[tokio::test]
async fn what_telegram_itself_writes_reaches_nobody_and_breaks_nothing() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let topic = t.topic();
        let words = mio.says("こんにちは。");
        assert_eq!(anna.hears().await, "こんにちは。");
        done(mio.person.pins(words));
        done(mio.person.renames_topic(topic, "大切なお客さま"));
        done(mio.person.sets_topic_closed(topic, true));
        done(mio.person.sets_topic_closed(topic, false));
        let _new_here = t.colleague("はな");
        t.idle().await;
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "");

        anna.says("よろしくお願いします");
        assert_eq!(t.desk_reads().await, "👤 よろしくお願いします");
        let _ = mio.taps("手放す").await;
        assert_eq!(t.title(), "⏳ アンナ", "the next change brings the title back");
    })
    .await;
}

#[tokio::test]
async fn any_name_makes_a_title_that_can_be_read() {
    let names = [
        ("あ".repeat(200), format!("⏳ {}", "あ".repeat(50))),
        ("👨‍👩‍👧‍👦🏠".to_owned(), "⏳ 👨‍👩‍👧‍👦🏠".to_owned()),
        (
            "\u{202e}担当者（みお）\u{2066}".to_owned(),
            "⏳ 担当者（みお）".to_owned(),
        ),
        (String::new(), "⏳ 名前のない方".to_owned()),
        (
            "\u{200b}\u{3164}\u{2060}".to_owned(),
            "⏳ 名前のない方".to_owned(),
        ),
        ("<b>&</b> Co.".to_owned(), "⏳ <b>&</b> Co.".to_owned()),
        ("二\n行\tの名".to_owned(), "⏳ 二 行 の名".to_owned()),
    ];
    for (name, title) in names {
        town(async |t| {
            let mover = t.newcomer(&name, "ja");
            let told = mover.asks("人と話したい").await;
            assert!(told.contains("お伝えしました"), "{name:?}: {told}");
            assert_eq!(t.title(), title, "{name:?}");
            let shown = title.strip_prefix("⏳ ").unwrap();
            let card = t.card().await;
            assert!(card.starts_with(&format!("{shown} 相談1回目\n")), "{card}");
        })
        .await;
    }
}

#[tokio::test]
async fn a_title_telegram_is_too_busy_for_comes_later() {
    town(async |t| {
        t.next(Method::CreateForumTopic, Fault::Flood { seconds: 30 });
        let told = t.anna().asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");
        assert!(t.topics().is_empty());
        t.advance(SignedDuration::from_secs(30));
        t.idle().await;
        assert_eq!(t.title(), "⏳ アンナ");
        assert!(t.card().await.starts_with("アンナ 相談1回目"));
    })
    .await;
}
