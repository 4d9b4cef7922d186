//! The end of a talk, what comes after it, and how cases are found again.

use annaka_concierge::emulator::Membership;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    harness::{QUESTION, town},
    mover::done,
};

const DAY: SignedDuration = SignedDuration::from_hours(24);

#[tokio::test]
async fn who_answers_a_persons_words_within_a_week_gets_the_person_again() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("三軒あります。");
        let _ = anna.hears().await;
        let words = anna.last().id;
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        t.advance(DAY * 6);
        anna.replies_to(words, "二軒目を見たいです");
        let told = anna.hears().await;
        assert!(
            told.starts_with("担当者にお伝えしました。11月30日(月)9:30までに"),
            "{told}"
        );
        assert_eq!(t.title(), "⏳ アンナ");
        assert!(
            t.card()
                .await
                .starts_with("アンナ 相談1回目\n担当者を待っています"),
            "{}",
            t.card().await
        );
        let news = t.desk_reads().await;
        assert!(
            news.contains("👤 二軒目を見たいです"),
            "staff see that something came: {news}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_the_bot_cannot_answer_shortly_after_goes_to_the_person_again() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        t.advance(DAY);
        let heard = anna.asks(QUESTION).await;
        assert!(
            heard.starts_with("安中市移住支援金は"),
            "what it can, it answers: {heard}"
        );
        assert_eq!(t.title(), "✅ アンナ");
        let heard = anna.asks("それ").await;
        assert!(heard.starts_with("担当者にお伝えしました。"), "{heard}");
        assert_eq!(t.title(), "⏳ アンナ");
        let news = t.desk_reads().await;
        assert!(news.contains("👤 それ"), "{news}");
        assert_eq!(t.topics().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn after_a_week_a_wish_is_a_new_case_in_the_same_topic() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        let _ = anna.chooses("4").await;
        let _ = t.desk_reads().await;
        t.advance(DAY * 8);
        let heard = anna.asks("それ").await;
        assert!(
            heard.starts_with("ご質問をうまく読み取れませんでした。"),
            "{heard}"
        );
        assert_eq!(t.title(), "✅ アンナ");
        let heard = anna.asks("担当者と話したい").await;
        assert!(heard.starts_with("担当者にお伝えしました。"), "{heard}");
        assert_eq!(t.title(), "⏳ アンナ");
        assert!(
            t.card().await.starts_with("アンナ 相談2回目\n"),
            "{}",
            t.card().await
        );
        assert!(!t.card().await.contains("評価"), "the rating was of the first");
        let news = t.desk_reads().await;
        assert!(
            news.contains("担当者と話したい"),
            "staff see that something came: {news}"
        );
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn a_button_under_the_end_brings_the_person_back() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        let heard = anna.chooses("もう一度相談する").await;
        assert!(heard.starts_with("担当者にお伝えしました。"), "{heard}");
        assert_eq!(t.title(), "⏳ アンナ");
    })
    .await;
}

#[tokio::test]
async fn a_wish_made_again_while_the_group_is_out_of_reach_opens_the_case() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        t.advance(DAY * 8);
        done(t.emulator.set_bot_membership(Membership::Left));
        // So the bot learns of it.
        let _ = t.ben().asks("/human").await;
        t.idle().await;
        let heard = anna.chooses("もう一度相談する").await;
        assert!(!heard.contains("記録してあります"), "{heard}");
        done(t.emulator.set_bot_membership(Membership::Administrator));
        t.advance(SignedDuration::from_mins(1));
        t.idle().await;
        assert_eq!(t.title_of(t.topic_of("アンナ")), "⏳ アンナ");
        let _heard = (anna.hears().await, t.ben().hears().await);
    })
    .await;
}

#[tokio::test]
async fn what_is_written_to_a_person_is_no_line_about_the_talk_before() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        let _ = anna.chooses("5").await;
        let _ = anna.chooses("一言を書く").await;
        let _ = mio.taps("再開する").await;
        anna.says("そうでした、もう一つ");
        let _ = t.desk_reads().await;
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        let heard = anna.asks(QUESTION).await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_long_line_about_the_talk_is_cut_short_on_the_card() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        let _ = anna.chooses("5").await;
        let _ = anna.chooses("一言を書く").await;
        let _ = anna.asks(&"あ".repeat(2900)).await;
        assert_eq!(
            t.times_in_group(&"あ".repeat(2900)),
            1,
            "staff read all of it once"
        );
        let card = t.card().await;
        assert!(
            card.contains("ああ…") && !card.contains(&"あ".repeat(601)),
            "{card}"
        );
        let _line = t.desk_reads().await;
    })
    .await;
}

#[tokio::test]
async fn a_talk_is_rated_and_rated_again() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        let end = anna.last();
        let three = end.buttons[0][2].data.clone();
        let heard = anna.chooses("5").await;
        assert!(heard.contains("評価をありがとうございます(5 / 5)。"), "{heard}");
        assert_eq!(t.desk_reads().await, "評価：5 / 5");
        let _ = anna.chooses("一言を書く").await;
        assert_eq!(
            anna.asks("親切でした & <早い>").await,
            "担当者に伝えます。ありがとうございます。"
        );
        assert_eq!(t.desk_reads().await, "相手の一言：親切でした & <早い>");
        done(t.emulator.forge_tap(anna.id(), anna.id(), end.id, &three));
        let heard = anna.hears().await;
        assert!(heard.contains("評価をありがとうございます(3 / 5)。"), "{heard}");
        assert_eq!(t.desk_reads().await, "評価：3 / 5");
        let card = t.card().await;
        assert!(card.contains("評価：3 / 5\n親切でした & <早い>"), "{card}");
        assert!(!card.contains("評価：5"), "{card}");
    })
    .await;
}

#[tokio::test]
async fn words_without_a_wish_to_comment_are_a_question() {
    town(async |t| {
        let (anna, _mio) = t.mio_had_anna().await;
        let _ = anna.chooses("5").await;
        let heard = anna.asks(QUESTION).await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        let _ = anna.chooses("一言を書く").await;
        t.advance(SignedDuration::from_mins(31));
        let heard = anna.asks("マイホーム取得支援金の金額と対象は").await;
        assert!(heard.contains("マイホーム取得支援金は"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn staff_say_why_a_case_is_closed() {
    for (choice, shown) in [
        ("解決した", "終了：解決した"),
        ("ほかの窓口を案内", "終了：ほかの窓口を案内"),
        ("返事がない", "終了：返事がない"),
        ("その他", "終了：その他"),
    ] {
        town(async |t| {
            let (anna, mio) = t.anna_waits().await;
            let _ = mio.taps("終える").await;
            assert_eq!(mio.taps(choice).await, "終えました。");
            assert!(t.card().await.contains(shown), "{}", t.card().await);
            assert!(anna.hears().await.contains("終了しました"));
        })
        .await;
    }
}

#[tokio::test]
async fn a_choice_can_be_left_again() {
    town(async |t| {
        let (_anna, mio) = t.anna_waits().await;
        let before = t.card().await;
        for menu in ["終える", "後回し"] {
            let _ = mio.taps(menu).await;
            assert_ne!(t.card().await, before);
            let _ = mio.taps("戻る").await;
            assert_eq!(t.card().await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn cases_are_listed_and_filtered() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("こんにちは。");
        let _ = anna.hears().await;
        let _ = t.ben().asks("/human").await;
        t.advance(SignedDuration::from_mins(1));
        mio.says_in_general("/cases");
        t.idle().await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        対応中：2件
        ⏳ Ben 11月21日(土)19:00から待ち
        💬 アンナ（みお） 最後は11月21日(土)19:00
        [返事待ち] [自分の担当] [終わった相談]
        ");
        let _ = mio.taps_in_general("自分の担当").await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        自分の担当：1件
        💬 アンナ（みお） 最後は11月21日(土)19:00
        [対応中] [返事待ち] [終わった相談]
        ");
        let _ = t.ken().taps_in_general("返事待ち").await;
        assert_snapshot!(t.general().pop().unwrap(), @r"
        返事待ち：1件
        ⏳ Ben 11月21日(土)19:00から待ち
        [対応中] [自分の担当] [終わった相談]
        ");
        let _ = t.ken().taps_in_general("自分の担当").await;
        assert!(t.general().pop().unwrap().starts_with("自分の担当：0件"));
        mio.at(t.topic_of("アンナ")).says("/close 解決した");
        let _ = anna.hears().await;
        let _ = mio.taps_in_general("終わった相談").await;
        assert!(
            t.general()
                .pop()
                .unwrap()
                .starts_with("終わった相談：1件\n✅ アンナ 最後は")
        );
        assert_eq!(t.general().len(), 1, "one list, turned over");
    })
    .await;
}

#[tokio::test]
async fn a_long_list_has_pages_and_links_to_the_topics() {
    town(async |t| {
        for number in 1..=10 {
            let mover = t.newcomer(&format!("N{number:02}"), "ja");
            let _ = mover.asks("人と話したい").await;
            t.advance(SignedDuration::from_mins(1));
        }
        t.mio().says_in_general("/cases");
        t.idle().await;
        let list = t.in_general().pop().unwrap();
        assert!(list.text.starts_with("対応中：10件\n⏳ N01"), "{}", list.text);
        assert!(!list.text.contains("N09"), "{}", list.text);
        let topic = t.topic_of("N01");
        assert!(
            list.html.contains(&format!("https://t.me/c/1000000001/{topic}")),
            "{}",
            list.html
        );
        let _ = t.mio().taps_in_general("次のページを見る").await;
        let list = t.general().pop().unwrap();
        assert!(
            list.contains("N09") && list.contains("N10") && !list.contains("N08"),
            "{list}"
        );
        let _ = t.mio().taps_in_general("前のページを見る").await;
        let list = t.general().pop().unwrap();
        assert!(list.contains("N01") && !list.contains("N09"), "{list}");
    })
    .await;
}

#[tokio::test]
async fn someone_in_danger_stands_first_in_the_list() {
    town(async |t| {
        let _case = t.anna_waits().await;
        t.advance(SignedDuration::from_mins(5));
        let _ = t.ben().asks("I want to die").await;
        t.mio().says_in_general("/cases");
        t.idle().await;
        let list = t.general().pop().unwrap();
        assert!(list.starts_with("対応中：2件\n🚨 Ben"), "{list}");
    })
    .await;
}
