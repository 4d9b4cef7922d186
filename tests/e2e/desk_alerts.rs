//! Nobody waits unnoticed: reminders in the desk's own hours, rests that end, and talks that fall asleep.

use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::town;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

#[tokio::test]
async fn staff_are_reminded_after_ten_minutes_of_the_desks_time_and_every_thirty_then() {
    town(async |t| {
        let _case = t.anna_waits().await;
        t.clock_shows("2026-11-24T08:39");
        assert_eq!(
            t.desk_reads().await,
            "",
            "the weekend and the holiday do not count"
        );
        t.clock_shows("2026-11-24T08:40");
        assert_snapshot!(t.desk_reads().await, @r"
        ⏰ 返事をお待たせして、開庁時間で10分になります。
        [引き受ける] [後回し]
        ");
        t.clock_shows("2026-11-24T09:09");
        assert_eq!(t.desk_reads().await, "");
        t.clock_shows("2026-11-24T09:10");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で40分になります")
        );
        t.clock_shows("2026-11-24T09:40");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で70分になります")
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_is_reminded_at_night() {
    town(async |t| {
        t.clock_shows("2026-11-24T17:00");
        let _case = t.anna_waits().await;
        t.clock_shows("2026-11-24T17:10");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で10分になります")
        );
        for night in ["2026-11-24T17:41", "2026-11-25T03:00", "2026-11-25T08:29"] {
            t.clock_shows(night);
            assert_eq!(t.desk_reads().await, "", "{night}");
        }
        t.clock_shows("2026-11-25T08:55");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で40分になります")
        );
    })
    .await;
}

#[tokio::test]
async fn reminders_missed_while_the_bot_was_away_come_as_one() {
    town(async |t| {
        let _case = t.anna_waits().await;
        t.stop().await;
        t.clock_shows("2026-11-24T10:00");
        t.start();
        let news = t.desk_reads().await;
        assert_eq!(news.matches('⏰').count(), 1, "{news}");
        assert!(
            news.starts_with("⏰ 返事をお待たせして、開庁時間で90分になります"),
            "{news}"
        );
        t.clock_shows("2026-11-24T10:10");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で100分になります")
        );
    })
    .await;
}

#[tokio::test]
async fn a_reminder_calls_the_owner_and_a_colleague_can_take_over() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("まだですか");
        let _ = t.desk_reads().await;
        t.clock_shows("2026-11-24T09:11");
        assert_snapshot!(t.desk_reads().await, @r"
        みお
        ⏰ 返事をお待たせして、開庁時間で11分になります。
        [代わりに引き受ける] [後回し]
        ");
        assert_eq!(t.title(), "❗ アンナ（みお）");
        let ken = t.ken();
        assert_eq!(ken.taps("代わりに引き受ける").await, "引き受けました。");
        assert_snapshot!(t.desk_reads().await, @"けんさんが代わりました。");
        assert_eq!(anna.hears().await, "", "for her it is the same talk");
        ken.says("お待たせしました。");
        assert_eq!(anna.hears().await, "お待たせしました。");
        assert_eq!(t.title(), "💬 アンナ（けん）");
        let said = mio.says("すみません");
        assert_eq!(mio.reactions(said).await, ["✍"]);
    })
    .await;
}

#[tokio::test]
async fn an_answer_ends_the_reminders_and_new_words_begin_them_anew() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("こんにちは。");
        let _ = anna.hears().await;
        t.clock_shows("2026-11-24T12:00");
        assert_eq!(t.desk_reads().await, "");
        anna.says("駅に近い家です");
        t.idle().await;
        t.clock_shows("2026-11-24T12:05");
        anna.says("庭もほしいです");
        let _ = t.desk_reads().await;
        t.clock_shows("2026-11-24T12:10");
        let news = t.desk_reads().await;
        assert!(
            news.contains("⏰ 返事をお待たせして、開庁時間で10分になります"),
            "the first unanswered words count: {news}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_note_answers_nobody() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("まだですか");
        mio.says("// 調べています");
        let _ = t.desk_reads().await;
        t.clock_shows("2026-11-24T09:11");
        assert!(t.desk_reads().await.contains('⏰'));
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_case_rests_until_the_next_desk_day() {
    town(async |t| {
        let (_anna, mio) = t.anna_waits().await;
        let _ = mio.taps("後回し").await;
        assert_eq!(
            mio.taps("次の開庁日の朝").await,
            "11月24日(火)8:30まで後回しにします。"
        );
        assert_eq!(t.title(), "💤 アンナ");
        assert!(
            t.card().await.contains("11月24日(火)8:30まで後回し"),
            "{}",
            t.card().await
        );
        t.clock_shows("2026-11-24T08:29");
        assert_eq!(t.desk_reads().await, "");
        t.clock_shows("2026-11-24T08:30");
        assert_snapshot!(t.desk_reads().await, @r"
        後回しの時間が過ぎました。
        [引き受ける] [後回し]
        ");
        assert_eq!(t.title(), "⏳ アンナ");
        t.clock_shows("2026-11-24T08:40");
        assert!(
            t.desk_reads()
                .await
                .starts_with("⏰ 返事をお待たせして、開庁時間で10分になります")
        );
    })
    .await;
}

#[tokio::test]
async fn a_case_rests_until_the_time_somebody_writes() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("来週また連絡します");
        let _ = t.desk_reads().await;
        mio.says("/snooze 2026-12-01 10:00");
        assert_eq!(t.desk_reads().await, "12月1日(火)10:00まで後回しにします。");
        assert_eq!(t.title(), "💤 アンナ");
        t.clock_shows("2026-12-01T09:59");
        assert_eq!(t.desk_reads().await, "");
        t.clock_shows("2026-12-01T10:00");
        assert_snapshot!(t.desk_reads().await, @r"
        みお
        後回しの時間が過ぎました。
        [代わりに引き受ける] [後回し]
        ");
        mio.says("/snooze 13:30");
        assert_eq!(t.desk_reads().await, "12月1日(火)13:30まで後回しにします。");
        assert!(
            t.card().await.contains("12月1日(火)13:30まで後回し"),
            "{}",
            t.card().await
        );
        mio.says("/snooze 2026-12-02 10:00");
        let _ = t.desk_reads().await;
        assert!(
            t.card().await.contains("12月2日(水)10:00まで後回し"),
            "{}",
            t.card().await
        );
        mio.says("/snooze 2026-11-01 10:00");
        assert_eq!(t.desk_reads().await, "その時刻は過ぎています。");
        mio.says("/snooze あした");
        assert_snapshot!(t.desk_reads().await, @"日時を付けて書いてください。例：/snooze 2026-12-01 10:00");
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_movers_words_end_the_rest() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        let _ = mio.taps("後回し").await;
        let _ = mio.taps("3開庁日あとの朝").await;
        assert_eq!(t.title(), "💤 アンナ");
        anna.says("急ぎになりました");
        assert_eq!(t.desk_reads().await, "👤 急ぎになりました");
        assert_eq!(t.title(), "💬 アンナ（みお）");
        t.advance(MINUTE * 10);
        assert!(t.desk_reads().await.contains('⏰'));
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_choice_under_a_reminder_leaves_no_second_card() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (_anna, mio) = t.anna_waits().await;
        t.clock_shows("2026-11-24T09:10");
        let _ = t.desk_reads().await;
        let _ = mio.taps("後回し").await;
        assert_snapshot!(t.desk_reads().await, @r"
        edited: ⏳ アンナ
        [1時間]
        [次の開庁日の朝]
        [3開庁日あとの朝]
        [戻る]
        ");
        let _ = mio.taps("戻る").await;
        assert_snapshot!(t.desk_reads().await, @r"
        edited: ⏳ アンナ
        [引き受ける] [後回し]
        ");
        let _ = mio.taps("後回し").await;
        let _ = t.desk_reads().await;
        assert_eq!(mio.taps("1時間").await, "11月24日(火)10:10まで後回しにします。");
        assert_snapshot!(t.desk_reads().await, @"edited: 11月24日(火)10:10まで後回しにします。");
        assert_eq!(t.times_in_group("アンナ 相談1回目"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_quiet_talk_is_warned_of_and_then_ended() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("ほかにありますか。");
        let _ = anna.hears().await;
        t.clock_shows("2026-11-26T08:59");
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2026-11-26T09:01");
        assert_snapshot!(anna.hears().await, @"担当者とのやり取りがしばらくありません。11月27日(金)9:01までに何もなければ、相談を終えます。続けるときは、このままお書きください。");
        t.clock_shows("2026-11-27T09:01");
        assert_snapshot!(anna.hears().await, @r"
        しばらくやり取りがなかったため、担当者への相談を終えました。これからは、またボットがお答えします。
        対応はいかがでしたか。1(不満)から5(満足)でお選びください。
        [1] [2] [3] [4] [5]
        [もう一度相談する]
        ");
        assert_snapshot!(t.desk_reads().await, @"やり取りが途絶えたため、相談を終えました。");
        assert_eq!(t.title(), "✅ アンナ");
        assert!(t.card().await.contains("終了：やり取りが途絶えた"), "{}", t.card().await);
        t.clock_shows("2026-12-10T09:00");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.desk_reads().await, "");
    })
    .await;
}

#[tokio::test]
async fn a_mover_who_waits_is_neither_warned_nor_sent_away() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("まだですか");
        for day in 22..31 {
            t.clock_shows(&format!("2026-11-{day}T19:30"));
            assert_eq!(anna.hears().await, "", "{day}");
        }
        assert_eq!(t.title(), "❗ アンナ（みお）");
        mio.says("お待たせしました。");
        assert_eq!(anna.hears().await, "お待たせしました。");
    })
    .await;
}

#[tokio::test]
async fn words_after_the_warning_keep_the_talk_alive() {
    town(async |t| {
        t.clock_shows("2026-11-24T09:00");
        let (anna, mio) = t.mio_has_anna().await;
        mio.says("ほかにありますか。");
        let _ = anna.hears().await;
        t.clock_shows("2026-11-26T10:00");
        assert!(anna.hears().await.contains("しばらくありません"));
        anna.says("考えています");
        t.idle().await;
        mio.says("ごゆっくり。");
        assert_eq!(anna.hears().await, "ごゆっくり。");
        t.clock_shows("2026-11-27T10:00");
        assert_eq!(anna.hears().await, "");
        assert_eq!(t.title(), "💬 アンナ（みお）");
        t.clock_shows("2026-11-30T08:29");
        assert_eq!(anna.hears().await, "", "not while the desk is shut");
        t.clock_shows("2026-11-30T08:30");
        assert!(anna.hears().await.contains("しばらくありません"));
    })
    .await;
}
