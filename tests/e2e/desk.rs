//! The concierge desk, from the wish for a person to the rating.

use annaka_concierge::emulator::Kind;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::town;

#[tokio::test]
async fn a_card_tells_staff_all_there_is_to_know() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("家を買うと補助金は出ますか").await;
        let _ = anna.asks("人と話したい").await;
        assert_eq!(t.title(), "⏳ アンナ");
        assert_snapshot!(t.card().await, @r"
        アンナ 相談1回目
        担当者を待っています
        @anna
        言葉：日本語
        受付：11月21日(土)19:00
        理由：本人の希望

        相談の内容：家を買うと補助金は出ますか
        人と話したい

        これまでの質問：
        ・家を買うと補助金は出ますか → マイホーム取得支援金の金額と対象は

        引き受けた人の文章だけが相手に届きます。//で始まる行はメモです。
        [引き受ける]
        [後回し] [終える]
        [💡 マイホーム取得支援金の金額と対象は]
        [💡 空き家の解体に補助はありますか]
        [💡 空き家の改修に補助は出ますか]
        ");
    })
    .await;
}

#[tokio::test]
async fn a_person_takes_over_talks_and_gives_back() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        assert_eq!(mio.taps("引き受ける").await, "引き受けました。");
        assert_snapshot!(anna.hears().await, @r"
        担当者がお話を伺います。このままお書きください。
        [相談を終える]
        ");
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
        assert_snapshot!(anna.hears().await, @r"
        担当者との相談を終了しました。これからは、またボットがお答えします。
        対応はいかがでしたか。1(不満)から5(満足)でお選びください。
        [1] [2] [3] [4] [5]
        [もう一度相談する]
        ");
        assert_eq!(t.title(), "✅ アンナ");
        assert_snapshot!(anna.chooses("5").await, @r"
        edited: 評価をありがとうございます(5 / 5)。
        [一言を書く]
        ");
        assert!(t.desk_reads().await.contains("評価：5 / 5"));
        t.advance(SignedDuration::from_mins(1));
        let answer = anna.asks("安中市移住支援金はだれが対象ですか").await;
        assert!(answer.contains("出典："), "the bot is back: {answer}");
    })
    .await;
}

#[tokio::test]
async fn pictures_answers_and_corrections_reach_the_mover() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("人と話したい").await;
        let _ = mio.taps("引き受ける").await;
        let _ = anna.hears().await;

        mio.sends(Kind::Photo);
        let _ = anna.hears().await;
        let photo = anna.chat().pop().unwrap();
        assert_eq!(photo.media.unwrap().kind, "photo");

        anna.says("駅の近くですか");
        t.idle().await;
        let passed_on = t.in_topic(t.topic()).pop().unwrap();
        let answer = mio.replies_to(passed_on.id, "はい、歩いて5分です");
        assert_eq!(anna.hears().await, "はい、歩いて5分です");
        let (question, shown) = {
            let mut chat = anna.chat();
            let shown = chat.pop().unwrap();
            (chat.pop().unwrap(), shown)
        };
        assert_eq!(shown.reply_to, Some(question.id), "it stands under the question");

        mio.edits(answer, "はい、歩いて6分です");
        assert_eq!(anna.hears().await, "edited: はい、歩いて6分です");
    })
    .await;
}
