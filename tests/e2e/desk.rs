//! The concierge desk, from the wish for a person to the rating.

use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::town;

#[tokio::test]
async fn a_person_takes_over_talks_and_gives_back() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("家を買うと補助金は出ますか").await;
        let _ = anna.asks("人と話したい").await;
        assert_eq!(t.title(), "⏳ アンナ");
        assert_snapshot!(t.card().await, @"");

        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        assert_snapshot!(anna.hears().await, @"");
        assert_eq!(t.title(), "💬 アンナ（みお）");

        let said = mio.says("こんにちは。どんな家をお探しですか。");
        assert_eq!(anna.hears().await, "こんにちは。どんな家をお探しですか。");
        assert_eq!(mio.reactions(said).await, ["👌"]);

        let note = mio.says("// 予算を聞くこと");
        assert_eq!(anna.hears().await, "");
        assert_eq!(mio.reactions(note).await, ["✍"]);
        let whispered = t.ken().says("私が知っています");
        assert_eq!(anna.hears().await, "", "only the owner speaks");
        assert_eq!(t.ken().reactions(whispered).await, ["✍"]);

        let _ = t.desk_reads().await;
        anna.says("駅に近い家です");
        assert_eq!(t.desk_reads().await, "👤 駅に近い家です");
        assert_eq!(anna.hears().await, "", "the bot keeps silent");
        let _ = mio.says("分かりました。調べてお返事します。");
        let _ = anna.hears().await;

        let _ = mio.taps("終える").await;
        assert_eq!(mio.taps("解決した").await, "終えました。");
        assert_snapshot!(anna.hears().await, @"");
        assert_eq!(t.title(), "✅ アンナ");
        assert_snapshot!(anna.chooses("5").await, @"");
        assert!(t.desk_reads().await.contains("評価：5 / 5"));
        t.advance(SignedDuration::from_mins(1));
        assert!(anna.asks("空き家バンクはどこで見られますか").await.contains("出典"), "the bot is back");
    })
    .await;
}
