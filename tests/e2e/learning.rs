//! What the desk learns from: replies that become drafts, questions nobody could answer, and movers who wait for an
//! answer.

use std::{fs, path::Path};

use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    harness::{town, town_with},
    upkeep::{change, with_knowledge_of_its_own},
};

const REPLY: &str = "市民農園は、秋に募集を始める予定です。1区画は30平方メートルです。";

#[tokio::test]
async fn a_reply_becomes_a_draft_by_one_tap_and_a_second_does_nothing() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("市民農園や貸し農園はありますか").await;
        let _ = anna.asks("人と話したい").await;
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        let _ = t.desk_reads().await;

        let _ = mio.says("少しお待ちください。");
        assert_eq!(t.desk_reads().await, "", "a short reply teaches nothing");
        let reply = mio.says("市民農園は、来年の春に募集を始める予定です。");
        assert_snapshot!(t.desk_reads().await, @r"
        この返信を知識の下書きにできます
        [下書きにする]
        ");
        mio.edits(reply, REPLY);
        t.idle().await;
        mio.taps_now("下書きにする");
        mio.taps_now("下書きにする");
        t.idle().await;
        assert_eq!(mio.noted(), "下書きにしました。");
        assert_eq!(t.desk_reads().await, "edited: 下書きにしました。");
        let _ = anna.hears().await;

        let drafts = t.app().store().drafts().await.unwrap();
        let [(_, draft)] = &drafts[..] else {
            panic!("{drafts:?}")
        };
        assert_eq!(draft.text, REPLY, "as it was last changed");
        let question = draft.question.as_deref().unwrap();
        assert!(
            question.starts_with("市民農園や貸し農園はありますか"),
            "{question}"
        );
    })
    .await;
}

#[tokio::test]
async fn what_was_said_to_somebody_in_danger_is_no_draft() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("死にたい").await;
        let _ = mio.taps("引き受ける").await;
        let _ = t.desk_reads().await;
        let _ = mio.says(REPLY);
        assert_eq!(t.desk_reads().await, "");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_not_answered_is_listed_by_likeness_and_how_often() {
    town(async |t| {
        let (anna, ben, mio) = (t.anna(), t.ben(), t.mio());
        let _ = ben.asks("Can I rent an allotment?").await;
        for question in [
            "市民農園や貸し農園はありますか",
            "安中市移住支援金はだれが対象ですか",
            "市民農園を借りられますか",
        ] {
            let _ = anna.asks(question).await;
        }
        let _ = anna.asks("人と話したい").await;
        let _ = t.desk_reads().await;
        let _ = mio.says("/unanswered");
        assert_snapshot!(t.desk_reads().await, @r"
        答えられなかった質問：90日で3件（2種類）
        2件「市民農園を借りられますか」（最後は11月21日(土)19:00）
        1件「Can I rent an allotment?」（最後は11月21日(土)19:00）
        ");
        t.advance(SignedDuration::from_hours(91 * 24));
        let _ = mio.says("/unanswered");
        let later = t.desk_reads().await;
        assert!(
            later.contains("この90日に、答えられなかった質問はありません。"),
            "{later}"
        );
        let _ = anna.hears().await;
    })
    .await;
}

/// The allotments are known now, and asked for in the same ways.
fn allotments_are_known(folder: &Path) {
    let (before, after) = (
        folder.join("gap/gap-allotment.md"),
        folder.join("farming/farm-allotment.md"),
    );
    fs::rename(&before, &after).unwrap();
    change(&after, "status = \"unknown\"", "status = \"current\"");
    change(
        &after,
        "sources = []",
        "sources = [{ ref = \"iju-shienkin-page\" }]",
    );
    let neighbour = folder.join("farming/farming-experience-promotion.md");
    change(&neighbour, "\"gap-allotment\"", "\"farm-allotment\"");
    for file in fs::read_dir(folder.join("phrasings")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("gap-allotment\t", "farm-allotment\t")).unwrap();
    }
}

#[tokio::test]
async fn who_wanted_to_know_is_told_once_when_it_is_known() {
    let (folder, plan) = with_knowledge_of_its_own();
    town_with(plan, async |t| {
        let (anna, ben) = (t.anna(), t.ben());
        let gap = anna.asks("市民農園や貸し農園はありますか").await;
        assert!(gap.contains("[分かったら通知を受ける]"), "{gap}");
        assert_eq!(
            anna.chooses("分かったら通知を受ける").await,
            "(分かったらお知らせします。)"
        );
        assert_eq!(
            anna.chooses("分かったら通知を受ける").await,
            "(分かったらお知らせします。)"
        );
        let _ = ben.asks("Can I rent an allotment?").await;
        let _ = ben.chooses("Tell me when you know").await;
        ben.blocks_bot();
        t.idle().await;

        let other = folder.path().join("subsidy/subsidy-iju-shienkin.md");
        change(&other, "安中市移住支援金は、", "安中市の移住支援金は、");
        t.app().reload().await.unwrap();
        assert_eq!(anna.hears().await, "", "it is still not known");

        allotments_are_known(folder.path());
        t.app().reload().await.unwrap();
        let told = anna.hears().await;
        assert!(
            told.starts_with(
                "前にお尋ねの「市民農園や貸し農園はありますか」に、お答えできるようになりました。"
            ),
            "{told}"
        );
        assert!(told.contains("小さな畑や家庭菜園の区画"), "{told}");
        assert_eq!(told.matches("前にお尋ねの").count(), 1, "{told}");
        ben.unblocks_bot();
        assert_eq!(ben.hears().await, "");

        change(&other, "安中市の移住支援金は、", "安中市移住支援金は、");
        t.app().reload().await.unwrap();
        assert_eq!(anna.hears().await, "", "once is enough");
        let told = ben.hears().await;
        assert!(
            told.starts_with("You asked earlier: “Can I rent an allotment?”. Now there is an answer."),
            "who had blocked the bot hears of it later: {told}"
        );
    })
    .await;
}
