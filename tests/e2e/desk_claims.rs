//! Whose case it is: one owner at a time, and everybody knows who.

use insta::assert_snapshot;

use crate::{harness::town, mover::done};

#[tokio::test]
async fn two_who_reach_for_a_case_at_once_get_one_owner_and_one_answer() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let ken = t.ken();
        ken.says_in_general("おはようございます");
        t.stop().await;
        mio.taps_now("引き受ける");
        ken.taps_now("引き受ける");
        t.start();
        t.idle().await;
        assert_eq!(mio.noted(), "引き受けました。");
        assert_eq!(ken.noted(), "みおさんが引き受けています。");
        let told = anna.hears().await;
        assert_eq!(told.matches("担当者がお話を伺います").count(), 1, "{told}");
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn who_takes_twice_is_told_so_and_the_mover_hears_it_once() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.taps_now("引き受ける");
        mio.taps_now("引き受ける");
        t.idle().await;
        assert_eq!(mio.noted(), "もう引き受けています。");
        let told = anna.hears().await;
        assert_eq!(told.matches("担当者がお話を伺います").count(), 1, "{told}");
        mio.says("/take");
        assert_eq!(t.desk_reads().await, "もう引き受けています。");
    })
    .await;
}

#[tokio::test]
async fn words_of_a_colleague_stay_among_staff() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let aside = t.ken().says("この方は先週もいらっしゃいました。");
        assert_eq!(t.ken().reactions(aside).await, ["✍"]);
        let said = mio.says("こんにちは。");
        assert_eq!(anna.hears().await, "こんにちは。");
        assert_eq!(mio.reactions(said).await, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn who_leaves_the_group_leaves_the_case_to_everybody() {
    town(async |t| {
        let (anna, _mio) = t.anna_waits().await;
        let ken = t.ken();
        let _ = ken.taps("引き受ける").await;
        let _ = anna.hears().await;
        done(ken.person.leaves_group());
        assert_snapshot!(t.desk_reads().await, @"担当のけんさんがグループを抜けました。誰でも引き受けられます。");
        assert_eq!(t.title(), "⏳ アンナ");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.mio().taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        t.mio().says("担当が代わりました。");
        assert_eq!(anna.hears().await, "担当が代わりました。");
    })
    .await;
}

#[tokio::test]
async fn who_is_removed_from_the_group_has_no_case_either() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        let hana = t.colleague("はな");
        let _ = hana.taps("引き受ける").await;
        let _ = anna.hears().await;
        done(mio.person.removes_from_group(hana.id()));
        t.idle().await;
        assert_eq!(t.title(), "⏳ アンナ");
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_is_handed_on_by_button() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let ken = t.ken();
        ken.says_in_general("おはようございます");
        let _ = mio.taps("担当を替える").await;
        assert_eq!(mio.taps("けん").await, "担当を替えました。");
        assert_snapshot!(t.desk_reads().await, @r"
        けん
        この相談の担当になりました。よろしくお願いします。
        ");
        assert_eq!(t.title(), "💬 アンナ（けん）");
        assert!(
            t.card().await.contains("[手放す] [担当を替える]"),
            "{}",
            t.card().await
        );
        let said = mio.says("私ではなくなりました");
        assert_eq!(mio.reactions(said).await, ["✍"]);
        ken.says("代わりました、けんです。");
        assert_eq!(anna.hears().await, "代わりました、けんです。");
    })
    .await;
}

#[tokio::test]
async fn the_new_owner_is_called_by_name_so_that_their_phone_rings() {
    town(async |t| {
        let (_anna, mio) = t.mio_has_anna().await;
        t.ken().says_in_general("おはようございます");
        t.idle().await;
        mio.says("/transfer @ken");
        let told = t.desk_last().await;
        let mentioned = told.entities.iter().find_map(|entity| entity.user.as_ref());
        assert!(mentioned.is_some(), "{told:?}");
        assert_eq!(t.title(), "💬 アンナ（けん）");
    })
    .await;
}

#[tokio::test]
async fn a_case_is_handed_only_to_whom_the_bot_knows_and_only_by_its_owner() {
    town(async |t| {
        let (_anna, mio) = t.mio_has_anna().await;
        mio.says("/transfer @ken");
        assert_snapshot!(t.desk_reads().await, @"その人は、このグループでまだ見かけていません。一度何か書いてもらってください。");
        mio.says("/transfer");
        assert_snapshot!(t.desk_reads().await, @"引き継ぐ相手を付けて書いてください。例：/transfer @name");
        t.ken().says("/transfer @mio");
        assert_snapshot!(t.desk_reads().await, @"みおさんが引き受けています。");
        mio.says("/transfer @mio");
        assert_snapshot!(t.desk_reads().await, @"もう引き受けています。");
        assert_eq!(t.title(), "💬 アンナ（みお）");
    })
    .await;
}

#[tokio::test]
async fn someone_without_a_username_is_handed_a_case_by_mention() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let hana = t.colleague("はな");
        hana.says_in_general("よろしくお願いします");
        t.idle().await;
        mio.says_formatted(&format!(
            "/transfer <a href=\"tg://user?id={}\">はな</a>",
            hana.id()
        ));
        t.idle().await;
        assert_eq!(t.title(), "💬 アンナ（はな）");
        hana.says("はなです。");
        assert_eq!(anna.hears().await, "はなです。");
    })
    .await;
}

#[tokio::test]
async fn a_case_given_back_is_open_for_the_next() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        assert_eq!(mio.taps("手放す").await, "手放しました。");
        assert_snapshot!(t.desk_reads().await, @"みおさんが手放しました。誰でも引き受けられます。");
        assert_eq!(t.title(), "⏳ アンナ");
        assert_eq!(t.ken().taps("引き受ける").await, "引き受けました。");
        let _ = anna.hears().await;
        assert_eq!(t.title(), "💬 アンナ（けん）");
    })
    .await;
}

#[tokio::test]
async fn a_closed_case_cannot_be_taken_only_opened_again() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        assert_eq!(mio.taps_card("d1:t").await, "この相談は終わっています。");
        mio.says("/take");
        assert_eq!(t.desk_reads().await, "この相談は終わっています。");
        mio.says("/close 解決した");
        assert_eq!(t.desk_reads().await, "この相談は終わっています。");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.title(), "✅ アンナ");
        assert_eq!(t.ken().taps("再開する").await, "引き受けました。");
        assert_eq!(t.title(), "💬 アンナ（けん）");
        let told = anna.hears().await;
        assert!(told.starts_with("担当者がお話を伺います"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn two_who_open_a_closed_case_at_once_are_one_owner() {
    town(async |t| {
        let (anna, mio) = t.mio_had_anna().await;
        mio.taps_now("再開する");
        t.ken().taps_now("再開する");
        t.idle().await;
        assert_eq!(mio.noted(), "引き受けました。");
        assert_eq!(t.ken().noted(), "この相談は終わっていません。");
        assert_eq!(t.title(), "💬 アンナ（みお）");
        let told = anna.hears().await;
        assert_eq!(told.matches("担当者がお話を伺います").count(), 1, "{told}");
    })
    .await;
}

#[tokio::test]
async fn every_case_in_a_topic_can_be_run_by_command() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.says("/take@annaka_concierge_demo_bot");
        let told = anna.hears().await;
        assert!(told.starts_with("担当者がお話を伺います"), "{told}");
        mio.says("/release");
        assert_snapshot!(t.desk_reads().await, @"みおさんが手放しました。誰でも引き受けられます。");
        mio.says("/close 解決した");
        let told = anna.hears().await;
        assert!(told.contains("終了しました"), "{told}");
        mio.says("/dance");
        assert_snapshot!(t.desk_reads().await, @"/cases 相談の一覧、/unanswered 答えられなかった質問、/signups 行事の申し込み、/stats 利用状況、/deadletters 届かなかったもの。トピックでは /take /release /transfer /snooze /close");
    })
    .await;
}
