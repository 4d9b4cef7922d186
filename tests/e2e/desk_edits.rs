//! Words that are changed after they were passed on are changed on the other side too, and nobody answers twice.

use annaka_concierge::emulator::{Aim, Fault, Kind, Method};
use jiff::SignedDuration;

use crate::{
    harness::{QUESTION, town},
    mover::done,
};

const OTHER: &str = "マイホーム取得支援金の金額と対象は";
/// Only a person can say.
const FOR_A_PERSON: &str = "うちの年収で移住支援金がもらえるか審査してください";

#[tokio::test]
async fn an_edited_question_is_changed_for_staff_and_its_answer_with_it() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let question = anna.says(QUESTION);
        let heard = anna.hears().await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        let answers = anna.answers();
        assert!(
            t.desk_reads()
                .await
                .starts_with(&format!("👤 {QUESTION}\nボットの回答："))
        );
        anna.edits(question, OTHER);
        let heard = anna.hears().await;
        assert!(
            heard.starts_with("edited: 安中市マイホーム取得支援金は"),
            "{heard}"
        );
        assert_eq!(anna.answers(), answers);
        let news = t.desk_reads().await;
        assert!(news.starts_with(&format!("edited: 👤 {OTHER}")), "{news}");
    })
    .await;
}

#[tokio::test]
async fn an_edit_after_the_claim_reaches_the_person_and_the_bot_stays_silent() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        assert_eq!(t.desk_reads().await, "👤 駅に近い家です");
        anna.edits(words, QUESTION);
        assert_eq!(t.desk_reads().await, format!("edited: 👤 {QUESTION}"));
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn an_edit_after_the_end_changes_the_words_and_nothing_else() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        let said = mio.says("分かりました。");
        assert_eq!(anna.hears().await, "分かりました。");
        let answer = anna.replies_to(anna.last().id, "お願いします");
        t.idle().await;
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        t.advance(SignedDuration::from_hours(1));
        anna.edits(words, QUESTION);
        anna.edits(answer, "よろしくお願いします");
        assert_eq!(anna.hears().await, "", "nobody asked the bot");
        assert_eq!(
            t.desk_reads().await,
            format!("edited: 👤 {QUESTION}\n----\nedited: 👤 よろしくお願いします")
        );
        assert_eq!(t.title(), "✅ アンナ");
        mio.edits(said, "分かりました！");
        assert_eq!(anna.hears().await, "", "the talk is over");
        assert_eq!(
            t.desk_reads().await,
            "この変更は相手に送りません。先に届いた文章は、そのまま残ります。"
        );
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_words_that_were_never_passed_on_goes_nowhere() {
    town(async |t| {
        let before = t.anna().says("家を買いたいです");
        let _ = t.anna().hears().await;
        // What was asked last stands on the card.
        let _ = t.anna().asks(QUESTION).await;
        let (anna, _mio) = t.mio_has_anna().await;
        anna.edits(before, "家を借りたいです");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "");
        assert_eq!(t.times_in_group("家を借りたいです"), 0);
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_the_words_a_case_was_opened_with_is_seen() {
    town(async |t| {
        let anna = t.anna();
        let asked = anna.says(FOR_A_PERSON);
        let _ = anna.hears().await;
        let mio = t.mio();
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        anna.edits(asked, "うちの年収で空き家の補助がもらえるか審査してください");
        assert_eq!(
            t.desk_reads().await,
            "変更：👤 うちの年収で空き家の補助がもらえるか審査してください"
        );
        anna.edits(asked, OTHER);
        assert_eq!(t.desk_reads().await, format!("edited: 👤 {OTHER}"));
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn one_of_several_words_passed_on_together_can_be_changed() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        t.next(Method::SendMessage, Fault::Flood { seconds: 10 });
        anna.says("一");
        t.idle().await;
        let second = anna.says("二");
        anna.says("三");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(t.desk_reads().await, "👤 一\n👤 二\n👤 三");
        anna.edits(second, "に");
        assert_eq!(t.desk_reads().await, "edited: 👤 一\n👤 に\n👤 三");
    })
    .await;
}

#[tokio::test]
async fn a_question_asked_anew_before_the_first_went_out_stands_there_once() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let flood = Fault::Flood { seconds: 10 };
        t.emulator.disturb(flood, Aim::Chat(t.group()), Some(1));
        let question = anna.says("駅に近い家です");
        t.idle().await;
        anna.edits(question, FOR_A_PERSON);
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        let news = t.desk_reads().await;
        assert!(news.contains(&format!("👤 {FOR_A_PERSON}")), "{news}");
        assert!(!news.contains("駅に近い家です"), "{news}");
        anna.edits(question, OTHER);
        let news = t.desk_reads().await;
        assert_eq!(news.matches(&format!("👤 {OTHER}")).count(), 1, "{news}");
        let heard = anna.hears().await;
        assert!(heard.contains("マイホーム取得支援金は"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn words_below_a_picture_are_changed_both_ways() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let picture = anna.sends_with(Kind::Photo, "台所");
        assert_eq!(t.desk_reads().await, "<photo>台所");
        anna.edits(picture, "台所と居間");
        assert_eq!(t.desk_reads().await, "edited: <photo>台所と居間");

        let plan = mio.sends_with(Kind::Document, "案");
        assert_eq!(anna.hears().await, "案");
        mio.edits(plan, "案の二");
        assert_eq!(anna.hears().await, "edited: 案の二");
        assert_eq!(anna.last().media.unwrap().kind, "document");
    })
    .await;
}

#[tokio::test]
async fn an_edited_answer_of_the_owner_is_changed_for_the_mover() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let said = mio.says("月曜に電話します。");
        assert_eq!(anna.hears().await, "月曜に電話します。");
        mio.edits(said, "火曜に電話します。");
        assert_eq!(anna.hears().await, "edited: 火曜に電話します。");
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_overtakes_its_own_message_is_what_arrives() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        let said = mio.says("月曜に電話します。");
        t.idle().await;
        mio.edits(said, "火曜に電話します。");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(anna.hears().await, "火曜に電話します。");
    })
    .await;
}

#[tokio::test]
async fn an_edit_while_a_line_about_the_talk_is_awaited_is_no_such_line() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let words = anna.says("駅に近い家です");
        assert_eq!(t.desk_reads().await, "👤 駅に近い家です");
        mio.says("分かりました。");
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        let _ = anna.chooses("5").await;
        let asked = anna.chooses("一言を書く").await;
        assert!(asked.contains("次に書いた文章を"), "{asked}");
        let _ = t.desk_reads().await;
        anna.edits(words, "駅から遠い家です");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "edited: 👤 駅から遠い家です");
        let thanked = anna.asks("親切でした").await;
        assert_eq!(thanked, "担当者に伝えます。ありがとうございます。");
        assert_eq!(t.desk_reads().await, "相手の一言：親切でした");
    })
    .await;
}

#[tokio::test]
async fn an_edit_that_does_not_go_over_the_desk_is_said_to_stay_here() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let said = mio.says("月曜に電話します。");
        assert_eq!(anna.hears().await, "月曜に電話します。");
        mio.edits(said, "// 月曜に電話する");
        assert_eq!(anna.hears().await, "");
        let stays = "この変更は相手に送りません。先に届いた文章は、そのまま残ります。";
        assert_eq!(t.desk_reads().await, stays, "what was sent cannot become a note");
        assert_eq!(t.desk_last().await.reply_to, Some(said));
        let _ = mio.taps("手放す").await;
        let _ = t.ken().taps("引き受ける").await;
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        mio.edits(said, "火曜に電話します。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, stays, "somebody else has the case");
    })
    .await;
}

#[tokio::test]
async fn another_file_under_the_same_words_is_copied_anew() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let plan = mio.sends_with(Kind::Document, "案");
        assert_eq!(anna.hears().await, "案");
        let first = anna.last().id;
        mio.edits(plan, "案");
        assert_eq!(anna.hears().await, "案");
        let second = anna.last();
        assert_eq!(
            (second.reply_to, second.media.unwrap().kind),
            (Some(first), "document".into())
        );
        mio.edits(plan, "案の二");
        assert_eq!(anna.hears().await, "edited: 案の二");
        assert_eq!(anna.last().id, second.id, "the newer one is changed from now on");
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        let late = mio.sends_with(Kind::Document, "図");
        t.idle().await;
        mio.edits(late, "図");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        assert_eq!(
            anna.hears().await,
            "図",
            "what was copied after the change is copied once"
        );
    })
    .await;
}

#[tokio::test]
async fn whatever_was_passed_on_and_cannot_be_changed_any_more_is_said_to_stay() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let plan = mio.sends_with(Kind::Document, "案");
        let words = mio.says("一つ目です。");
        for n in 2..9 {
            mio.says(&format!("{n}つ目です。"));
        }
        let _ = anna.hears().await;
        mio.says("/close 解決した");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;
        let stays = "この変更は相手に送りません。先に届いた文章は、そのまま残ります。";
        mio.edits(plan, "案の二");
        assert_eq!(t.desk_reads().await, stays);
        mio.edits(words, "ひとつ目です。");
        assert_eq!(t.desk_reads().await, stays);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_change_of_what_still_waits_is_said_to_go_along() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 10 });
        let said = mio.says("月曜に電話します。");
        t.idle().await;
        let _ = mio.taps("手放す").await;
        let _ = t.desk_reads().await;
        mio.edits(said, "火曜に電話します。");
        t.idle().await;
        t.advance(SignedDuration::from_secs(10));
        let told = t.desk_reads().await;
        assert!(
            told.contains("まだ届いていない文章なので、直したとおりに届きます。"),
            "{told}"
        );
        let heard = anna.hears().await;
        assert!(heard.contains("火曜に電話します。"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn an_edit_of_what_was_never_passed_on_opens_no_topic() {
    town(async |t| {
        let before = t.anna().says("家を買いたいです");
        let _ = t.anna().hears().await;
        let _ = t.anna().asks(QUESTION).await;
        let (anna, _mio) = t.mio_had_anna().await;
        done(t.emulator.delete_topic(t.topic()));
        let opened = t.calls("createForumTopic");
        anna.edits(before, "家を借りたいです");
        let _ = anna.hears().await;
        assert_eq!(t.calls("createForumTopic"), opened);
    })
    .await;
}
