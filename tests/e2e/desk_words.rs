//! Words on their way over the desk: their marks, what they answer, their order, and whether they arrived.

use annaka_concierge::emulator::{Aim, Fault, Membership, Method};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{harness::town, mover::done};

#[tokio::test]
async fn marks_and_links_survive_both_ways() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.says_formatted("<b>急ぎ</b>です。<a href=\"https://example.org/\">この家</a> &amp; 庭");
        let shown = t.desk_last().await;
        assert_eq!(shown.text, "👤 急ぎです。この家 & 庭");
        assert!(shown.html.contains("<b>急ぎ</b>"), "{}", shown.html);
        assert!(
            shown.html.contains("href=\"https://example.org/\""),
            "{}",
            shown.html
        );

        mio.says_formatted("<b>月曜</b>に<a href=\"https://example.org/a?b=1&amp;c=2\">ここ</a>で");
        assert_eq!(anna.hears().await, "月曜にここで");
        let shown = anna.last();
        assert!(shown.html.contains("<b>月曜</b>"), "{}", shown.html);
        assert!(
            shown.html.contains("https://example.org/a?b=1&amp;c=2"),
            "{}",
            shown.html
        );
    })
    .await;
}

#[tokio::test]
async fn words_that_look_like_marks_stay_words() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        anna.says("<b>x</b> & *y* _z_ {$a} \\");
        assert_eq!(t.desk_reads().await, "👤 <b>x</b> & *y* _z_ {$a} \\");
    })
    .await;
}

#[tokio::test]
async fn the_longest_words_arrive_whole() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let long = "あ&".repeat(2048);
        anna.says(&long);
        let arrived = t.desk_reads().await;
        assert_eq!(arrived.matches('あ').count(), 2048);
        assert_eq!(arrived.matches('&').count(), 2048);
        mio.says(&long);
        assert_eq!(anna.hears().await, long);
    })
    .await;
}

#[tokio::test]
async fn an_answer_stands_under_what_it_answers_on_both_sides() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let question = anna.says("駅に近い家はありますか");
        let in_topic = t.desk_last().await;
        assert_eq!(in_topic.text, "👤 駅に近い家はありますか");
        anna.says("庭もほしいです");
        t.idle().await;

        mio.replies_to(in_topic.id, "三軒あります。");
        assert_eq!(anna.hears().await, "三軒あります。");
        assert_eq!(anna.last().reply_to, Some(question));

        anna.replies_to(anna.last().id, "見たいです");
        let answer = t.desk_last().await;
        assert_eq!(answer.text, "👤 見たいです");
        let mios = t
            .in_topic(t.topic())
            .into_iter()
            .find(|shown| shown.text == "三軒あります。");
        assert_eq!(answer.reply_to, mios.map(|shown| shown.id));
    })
    .await;
}

#[tokio::test]
async fn a_selected_part_is_selected_on_the_other_side_too() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let question = anna.says("駅に近い家はありますか");
        let in_topic = t.desk_last().await;
        mio.quotes(in_topic.id, "駅に近い", "どの駅ですか。");
        assert_eq!(anna.hears().await, "どの駅ですか。");
        let shown = anna.last();
        assert_eq!(
            (shown.reply_to, shown.quote.as_deref()),
            (Some(question), Some("駅に近い"))
        );

        anna.quotes(shown.id, "どの駅", "磯部です");
        let shown = t.desk_last().await;
        assert_eq!(shown.quote.as_deref(), Some("どの駅"));
    })
    .await;
}

#[tokio::test]
async fn a_selected_part_that_is_the_bots_own_is_left_out() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let question = anna.says("駅に近い家はありますか");
        let in_topic = t.desk_last().await;
        mio.quotes(in_topic.id, "👤 駅に", "どの駅ですか。");
        assert_eq!(anna.hears().await, "どの駅ですか。");
        assert_eq!((anna.last().reply_to, anna.last().quote), (Some(question), None));
    })
    .await;
}

#[tokio::test]
async fn an_answer_to_one_of_several_words_passed_on_together_finds_it() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::SendMessage, Fault::Flood { seconds: 10 });
        let first = anna.says("庭がほしいです");
        t.idle().await;
        anna.says("駅に近いところで");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        let together = t.desk_last().await;
        assert_eq!(together.text, "👤 庭がほしいです\n👤 駅に近いところで");
        mio.quotes(together.id, "庭がほしい", "広い庭ですか。");
        assert_eq!(anna.hears().await, "広い庭ですか。");
        let shown = anna.last();
        assert_eq!(
            (shown.reply_to, shown.quote.as_deref()),
            (Some(first), Some("庭がほしい"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_burst_the_group_has_no_room_for_is_passed_on_together_and_in_order() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        for number in 1..=40 {
            anna.says(&format!("その{number}。"));
            t.idle().await;
        }
        t.advance(SignedDuration::from_mins(1));
        t.idle().await;
        let news = t.desk_reads().await;
        let lines: Vec<&str> = news.lines().filter(|line| line.starts_with('👤')).collect();
        assert!(news.split("\n----\n").count() < 25, "{news}");
        let wanted: Vec<String> = (1..=40).map(|number| format!("👤 その{number}。")).collect();
        assert_eq!(lines, wanted);
        let floods = t.emulator.look(|world| {
            let told = |call: &&annaka_concierge::emulator::Call| {
                call.description
                    .as_ref()
                    .is_some_and(|words| words.starts_with("Too Many"))
            };
            world.calls().filter(told).count()
        });
        assert_eq!(floods, 0, "the bot knows the limit");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn nobody_waits_for_a_group_that_has_no_room() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        for number in 1..=40 {
            anna.says(&format!("その{number}。"));
            t.idle().await;
        }
        let waits = t.times_in_group("👤") < 40;
        assert!(waits, "the group has no room for all of them");
        let answered = t.ben().asks("What is the relocation support grant?").await;
        assert!(!answered.is_empty(), "a stranger's question is answered at once");
        mio.says("少しお待ちください。");
        assert_eq!(
            anna.hears().await,
            "少しお待ちください。",
            "and so is the mover's"
        );
    })
    .await;
}

#[tokio::test]
async fn words_written_during_an_outage_keep_their_order_both_ways() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.emulator.disturb(Fault::CutBefore, Aim::AllButPolling, None);
        for word in ["一", "二", "三"] {
            anna.says(word);
            mio.says(&format!("答え{word}"));
        }
        for _ in 0..3 {
            t.idle().await;
            t.advance(SignedDuration::from_mins(1));
        }
        t.emulator.heal();
        t.advance(SignedDuration::from_mins(2));
        assert_eq!(anna.hears().await, "答え一\n----\n答え二\n----\n答え三");
        let kept = "👤 一\n👤 二\n👤 三\n（11月21日(土)19:00に届いたもの）";
        assert_eq!(t.desk_reads().await, kept, "and staff see how long it took");
    })
    .await;
}

#[tokio::test]
async fn each_side_sees_what_became_of_its_words() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let words = anna.says("こんにちは");
        let said = mio.says("こんにちは。");
        let note = mio.says("// 予算を聞く");
        assert_eq!(anna.hears().await, "こんにちは。");
        assert_eq!(anna.reactions(words), ["👌"]);
        assert_eq!(mio.reactions(said).await, ["👌"]);
        assert_eq!(mio.reactions(note).await, ["✍"]);
    })
    .await;
}

#[tokio::test]
async fn staff_learn_that_a_mover_has_blocked_the_bot() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.blocks_bot();
        assert_snapshot!(t.desk_reads().await, @"相手がボットをブロックしました。今は何も届きません。");
        let said = mio.says("聞こえますか。");
        assert_snapshot!(t.desk_reads().await, @"届きませんでした。相手がボットをブロックしています。");
        assert_eq!(t.desk_last().await.reply_to, Some(said));
        assert_eq!(mio.reactions(said).await, ["💔"]);
        t.expects_dead_letters(1);

        anna.unblocks_bot();
        assert_snapshot!(t.desk_reads().await, @"相手が戻りました。また届きます。");
        let said = mio.says("お帰りなさい。");
        assert_eq!(anna.hears().await, "お帰りなさい。");
        assert_eq!(mio.reactions(said).await, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn several_words_for_a_mover_who_is_gone_are_marked_each_and_told_once() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        let said = ["一", "二", "三"].map(|word| mio.says(word));
        t.idle().await;
        anna.blocks_bot();
        t.idle().await;
        t.advance(SignedDuration::from_secs(30));
        let told = t.desk_reads().await;
        let once = "届きませんでした。相手がボットをブロックしています。";
        assert_eq!(told.matches(once).count(), 1, "{told}");
        for said in said {
            assert_eq!(mio.reactions(said).await, ["💔"]);
        }
        t.expects_dead_letters(3);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_is_gone_is_answered_without_it() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let question = anna.says("駅に近い家はありますか");
        let in_topic = t.desk_last().await;
        done(anna.person.deletes(question));
        mio.replies_to(in_topic.id, "三軒あります。");
        assert_eq!(anna.hears().await, "三軒あります。");
        assert_eq!(anna.last().reply_to, None);
    })
    .await;
}

#[tokio::test]
async fn a_long_story_told_before_the_wish_reaches_the_desk_whole() {
    town(async |t| {
        let anna = t.anna();
        let story = format!("{}これで終わりの話です", "ふがふがもごもご、".repeat(150));
        let _missed = anna.asks(&story).await;
        let told = anna.asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");
        let _card = t.desk_reads().await;
        assert_eq!(t.times_in_group("これで終わりの話です"), 1);
        assert_eq!(t.times_in_group("👤 人と話したい"), 1);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_in_the_group_keeps_nothing_else_from_the_mover() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        mio.says("月曜に電話します。");
        t.idle().await;
        done(t.emulator.set_bot_membership(Membership::Kicked));
        t.advance(SignedDuration::from_secs(10));
        t.idle().await;
        anna.says("死にたい");
        let heard = anna.hears().await;
        assert!(heard.contains("0120-279-338"), "{heard}");
        done(t.emulator.set_bot_membership(Membership::Administrator));
        t.advance(SignedDuration::from_mins(1));
        assert_eq!(anna.hears().await, "月曜に電話します。");
        let _news = t.desk_reads().await;
    })
    .await;
}
