//! The concierge group gets another id, or cannot be written to: everything is kept, and arrives once.

use annaka_concierge::emulator::{Fault, Membership, Method};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    harness::{Plan, Town, town, town_with},
    mover::{Actor, done},
};

/// What the group becomes.
const ELSEWHERE: i64 = -1_001_000_000_777;
const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// Yuki has met the bot; nothing else would let it write to her.
async fn yuki(t: &Town) -> Actor<'_> {
    let yuki = t.yuki();
    let _ = yuki.asks("/help").await;
    yuki
}

#[tokio::test]
async fn a_group_that_moved_is_followed() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        anna.says("まだいますか");
        t.idle().await;
        assert_eq!(t.group(), ELSEWHERE);
        assert_eq!(t.title(), "💬 アンナ（みお）");
        assert!(t.card().await.contains("みおさんが対応中"));
        assert_eq!(t.desk_reads().await, "👤 まだいますか");
        mio.says("はい、こちらに移りました。");
        assert_eq!(anna.hears().await, "はい、こちらに移りました。");
        t.restart().await;
        anna.says("助かります");
        assert_eq!(t.desk_reads().await, "👤 助かります");
    })
    .await;
}

#[tokio::test]
async fn owners_are_told_once_that_the_group_has_another_id() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, _mio) = t.mio_has_anna().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        anna.says("まだいますか");
        assert_eq!(
            yuki.hears().await,
            "担当者のグループのIDが -1001000000777 に変わりました。相談は新しいIDに届けています。設定のCONCIERGE_STAFF_CHATを、このIDに直してください。"
        );
        t.restart().await;
        anna.says("助かります");
        t.idle().await;
        assert_eq!(yuki.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_group_that_moved_unseen_is_found_by_telegrams_refusal() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        done(t.emulator.set_bot_membership(Membership::Left));
        done(t.emulator.migrate_group(ELSEWHERE));
        done(t.emulator.set_bot_membership(Membership::Administrator));
        anna.says("まだいますか");
        anna.says("急ぎではありません");
        t.idle().await;
        assert_eq!(t.title(), "💬 アンナ（みお）");
        assert_eq!(t.times_in_group("まだいますか"), 1);
        assert_eq!(t.times_in_group("急ぎではありません"), 1);
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn words_of_staff_left_behind_by_a_move_are_not_taken_for_delivered() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        mio.says("こんにちは。");
        t.idle().await;
        done(t.emulator.migrate_group(ELSEWHERE));
        t.advance(MINUTE);
        assert_eq!(anna.hears().await, "");
        assert!(t.desk_reads().await.starts_with("届きませんでした。"));
    })
    .await;
}

#[tokio::test]
async fn without_topics_the_owner_is_told_once_and_nothing_is_lost() {
    town_with(Plan::owned(), async |t| {
        let (yuki, anna) = (yuki(t).await, t.anna());
        done(t.emulator.set_forum(false));
        let told = anna.asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");
        assert_snapshot!(yuki.hears().await, @"担当者のグループで、トピックが使えません。グループの設定で「トピック」を入れてください。直るまで、相談を保管します。");
        anna.says("駅に近い家を探しています");
        let _ = anna.hears().await;
        let lines = anna.asks("死にたい").await;
        assert!(lines.contains("0120-279-338"), "{lines}");
        for _ in 0..5 {
            t.advance(MINUTE);
            assert_eq!(yuki.hears().await, "", "once is enough");
        }
        done(t.emulator.set_forum(true));
        t.advance(MINUTE);
        assert_snapshot!(yuki.hears().await, @"担当者のグループに、また書き込めます。保管していたものを送ります。");
        assert_eq!(t.title(), "🚨 アンナ");
        assert_eq!(t.times_in_group("👤 駅に近い家を探しています"), 1);
        assert_eq!(t.times_in_group("👤 死にたい"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_bot_without_rights_tells_its_owner_once_and_goes_on_when_it_has_them_again() {
    town_with(Plan::owned(), async |t| {
        let (yuki, anna, ben) = (yuki(t).await, t.anna(), t.ben());
        let _ = anna.asks("人と話したい").await;
        done(t.emulator.set_bot_membership(Membership::Member));
        let _ = ben.asks("/human").await;
        assert_snapshot!(yuki.hears().await, @"担当者のグループで、ボットに「トピックの管理」の権限がありません。管理者にしてください。直るまで、相談を保管します。");
        for _ in 0..3 {
            anna.says("それ");
            t.advance(MINUTE);
            assert_eq!(anna.hears().await, "");
            assert_eq!(yuki.hears().await, "", "what still works does not mend it");
        }
        done(t.emulator.set_bot_membership(Membership::Administrator));
        assert_snapshot!(yuki.hears().await, @"担当者のグループに、また書き込めます。保管していたものを送ります。");
        assert_eq!(t.title_of(t.topic_of("Ben")), "⏳ Ben");
        assert_eq!(t.times_in_group("👤 それ"), 3);
    })
    .await;
}

#[tokio::test]
async fn a_bot_thrown_out_tells_its_owner_and_keeps_everything() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, _mio) = t.mio_has_anna().await;
        done(t.emulator.set_bot_membership(Membership::Kicked));
        anna.says("まだいますか");
        assert_snapshot!(yuki.hears().await, @"担当者のグループに書き込めません。ボットがグループにいるか、IDが正しいかを見てください。直るまで、相談を保管します。");
        t.advance(MINUTE * 10);
        anna.says("急ぎではありません");
        assert_eq!(yuki.hears().await, "");
        t.restart().await;
        assert_eq!(yuki.hears().await, "", "and not again after a restart");
        done(t.emulator.set_bot_membership(Membership::Administrator));
        assert_snapshot!(yuki.hears().await, @"担当者のグループに、また書き込めます。保管していたものを送ります。");
        let kept = "👤 まだいますか\n👤 急ぎではありません\n（11月21日(土)19:00に届いたもの）";
        assert_eq!(t.desk_reads().await, kept);
    })
    .await;
}

#[tokio::test]
async fn a_bot_thrown_out_with_words_for_the_mover_in_hand_does_not_take_the_mover_for_gone() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        let said = mio.says("こんにちは。");
        t.idle().await;
        done(t.emulator.set_bot_membership(Membership::Kicked));
        t.advance(MINUTE);
        assert_eq!(anna.hears().await, "");
        assert!(
            yuki.hears()
                .await
                .starts_with("担当者のグループに書き込めません。")
        );
        done(t.emulator.set_bot_membership(Membership::Administrator));
        t.idle().await;
        t.advance(MINUTE);
        assert_eq!(anna.hears().await, "こんにちは。");
        assert_eq!(mio.reactions(said).await, ["👌"]);
        assert!(
            yuki.hears()
                .await
                .starts_with("担当者のグループに、また書き込めます。")
        );
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_gone_troubles_the_owner_and_not_the_mover() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        done(t.emulator.remove_group());
        let told = t.anna().asks("人と話したい").await;
        assert!(told.contains("お伝えしました"), "{told}");
        assert!(
            yuki.hears()
                .await
                .starts_with("担当者のグループに書き込めません。")
        );
        t.advance(MINUTE * 10);
        assert_eq!(yuki.hears().await, "");
        assert_eq!(t.anna().hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn without_a_group_in_the_settings_wishes_wait_for_one() {
    let plan = Plan {
        connected: false,
        ..Plan::owned()
    };
    town_with(plan, async |t| {
        let (yuki, anna) = (yuki(t).await, t.anna());
        let told = anna.asks("人と話したい").await;
        assert!(told.starts_with("担当者への相談のご希望を記録しました。"), "{told}");
        assert_snapshot!(yuki.hears().await, @"相談が届きましたが、担当者のグループが設定されていません。CONCIERGE_STAFF_CHATを設定して起動し直すと、相談が届きます。それまで保管します。");
        t.advance(MINUTE * 10);
        assert_eq!(yuki.hears().await, "");
        t.names_the_group();
        t.restart().await;
        assert_snapshot!(yuki.hears().await, @"担当者のグループに、また書き込めます。保管していたものを送ります。");
        assert_eq!(t.title(), "⏳ アンナ");
        assert!(t.card().await.starts_with("アンナ 相談1回目"));
    })
    .await;
}

#[tokio::test]
async fn a_group_that_is_gone_with_words_of_staff_in_hand_does_not_make_them_undeliverable() {
    town_with(Plan::owned(), async |t| {
        let yuki = yuki(t).await;
        let (anna, mio) = t.mio_has_anna().await;
        t.next(Method::CopyMessage, Fault::Flood { seconds: 30 });
        mio.says("こんにちは。");
        t.idle().await;
        done(t.emulator.remove_group());
        t.advance(MINUTE);
        assert_eq!(anna.hears().await, "");
        assert!(
            yuki.hears()
                .await
                .starts_with("担当者のグループに書き込めません。")
        );
        t.advance(MINUTE * 10);
        t.idle().await;
        assert_eq!(t.app().store().dead_letter_count(), 0, "the words are kept");
    })
    .await;
}

#[tokio::test]
async fn the_owner_hears_that_rights_are_back_as_soon_as_they_are() {
    town_with(Plan::owned(), async |t| {
        let (yuki, ben) = (yuki(t).await, t.ben());
        done(t.emulator.set_bot_membership(Membership::Member));
        let _ = ben.asks("/human").await;
        assert!(
            yuki.hears()
                .await
                .contains("「トピックの管理」の権限がありません")
        );
        let trouble = t.app().store().desk_trouble();
        assert!(trouble.is_some());
        let registered = t.calls("setMyCommands");
        done(t.emulator.set_bot_membership(Membership::Administrator));
        t.idle().await;
        assert_eq!(t.app().store().desk_trouble(), None);
        assert!(yuki.hears().await.contains("また書き込めます"));
        assert_eq!(
            t.calls("setMyCommands"),
            registered + 1,
            "staff see their commands there"
        );
    })
    .await;
}
