//! How the bot is used, in figures: when staff ask, and by itself once a week.

use annaka_concierge::emulator::{Fault, Method, Shown, World};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::harness::{ELSEWHERE, Plan, Town, town, town_with};

const KNOWN: &str = "安中市移住支援金はだれが対象ですか";
const GAP: &str = "市民農園や貸し農園はありますか";
const FIGURES: &str = "t1:w:0";

/// Some questions of two movers, and a talk with a person that is rated.
async fn a_week_of_questions(t: &Town) {
    t.clock_shows("2026-11-24T09:00");
    let (anna, ben, mio) = (t.anna(), t.ben(), t.mio());
    for question in [KNOWN, GAP, "ありがとう"] {
        let _ = anna.asks(question).await;
    }
    let _ = ben.asks("Can I rent an allotment?").await;
    t.clock_shows("2026-11-25T17:00");
    let _ = anna.asks(KNOWN).await;
    let _ = anna.asks("人と話したい").await;
    // Fifteen minutes before closing, and half an hour after opening.
    t.clock_shows("2026-11-26T09:00");
    let _ = mio.taps("引き受ける").await;
    let _ = mio.says("お待たせしました。");
    let _ = anna.hears().await;
    let _ = mio.says("/close 解決した");
    let _ = anna.hears().await;
    let _ = anna.chooses("4").await;
}

/// What is told between the period and the buttons.
fn figures(told: &str) -> &str {
    let (_, figures) = told.split_once("\n\n").expect("the period comes first");
    figures.split("\n[").next().expect("there is always a first part")
}

#[tokio::test]
async fn a_week_of_questions_is_told_in_figures() {
    town(async |t| {
        a_week_of_questions(t).await;
        let _ = t.general_reads().await;
        let mio = t.mio();
        assert_snapshot!(mio.asks_in_general("/stats").await, @r"
        11月23日(月)〜11月29日(日)の利用状況（今日まで）
        （ ）内は、その前の1週間

        質問：5件（0件）
        ・すぐに答えた 2（0）
        ・資料になし 2（0）
        ・担当者に案内 1（0）
        すぐに答えた割合：40%（なし）

        担当者への相談：受付1件（0件）、終了1件
        最初の返事まで：半数は44分以内、9割は44分以内（開庁時間で）
        評価：平均4.0 / 5（1件）

        よく聞かれた話題
        1. 安中市移住支援金はだれが対象ですか（2）

        答えられなかった質問
        ・「Can I rent an allotment?」（1）
        ・「市民農園や貸し農園はありますか」（1）

        言葉：日本語4、やさしい日本語0、英語1

        使った人2人（初めての人2人）、ボットを止めている人0人
        [前の週を見る]
        [今月を見る]
        ");
    })
    .await;
}

#[tokio::test]
async fn months_and_weeks_are_leafed_through() {
    town(async |t| {
        a_week_of_questions(t).await;
        let _ = t.general_reads().await;
        let mio = t.mio();
        let week = mio.asks_in_general("/stats").await;
        let month = mio.chooses_in_general("今月を見る").await;
        assert_eq!(figures(&month), figures(&week), "all of it was in this week");
        assert_snapshot!(month.replace(figures(&month), "…"), @r"
        edited: 2026年11月の利用状況（今日まで）
        （ ）内は、その前の1か月

        …
        [前の月を見る]
        [今週を見る]
        ");
        assert_snapshot!(mio.chooses_in_general("前の月を見る").await, @r"
        edited: 2026年10月の利用状況

        この間、質問も相談もありません。

        初めての人：0人
        [前の月を見る] [次の月を見る]
        [今週を見る]
        ");
        t.clock_shows("2026-12-01T12:00");
        let _ = t.general_reads().await;
        let week = mio.asks_in_general("/stats").await;
        assert!(week.contains("この間、質問も相談もありません。"), "{week}");
        let before = mio.chooses_in_general("前の週を見る").await;
        assert!(before.contains("質問：5件（0件）"), "{before}");
        assert!(!before.contains("今日まで"), "{before}");
    })
    .await;
}

#[tokio::test]
async fn figures_name_nobody() {
    town(async |t| {
        let anna = t.anna();
        let _ = anna.asks("090-1234-5678です。市民農園はありますか").await;
        let page = t.mio().asks_in_general("/stats").await;
        assert!(page.contains("***") && !page.contains("5678"), "{page}");
        assert!(!page.contains("アンナ"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn an_outsider_and_another_group_get_no_figures() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks(KNOWN).await;
        let answered = anna.asks("/stats").await;
        assert!(!answered.contains("利用状況"), "{answered}");
        let page = mio.asks_in_general("/stats").await;
        assert!(page.contains("質問：1件（0件）"), "{page}");
        let message = t.in_general().last().unwrap().id;
        let stranger = t.staff(t.emulator.add_person("他人", "ja").id());
        assert_eq!(
            stranger.forges_tap(t.group(), message, FIGURES).await,
            "相談デスクの人だけが使えます。"
        );
        assert_eq!(
            mio.forges_tap(ELSEWHERE, message, FIGURES).await,
            "このボタンは、ここでは使えません。"
        );
        assert_eq!(t.general_reads().await, "");
    })
    .await;
}

/// The pictures in the group.
async fn pictures(t: &Town) -> Vec<Shown> {
    t.idle().await;
    let mut all = t.in_general();
    all.retain(|shown| shown.media.as_ref().is_some_and(|media| media.kind == "photo"));
    all
}

/// The only picture there is, as the file that was sent.
fn png(t: &Town) -> Vec<u8> {
    let find = |world: &World| {
        let files = (1..20).filter_map(|number| world.file(&format!("file{number}")));
        let mut named = files.filter(|file| file.name.as_deref() == Some("week.png"));
        named.next().map(|file| file.bytes.clone())
    };
    t.emulator.look(find).expect("a picture was sent")
}

#[tokio::test]
async fn the_picture_of_the_week_comes_once_on_monday_morning() {
    town(async |t| {
        a_week_of_questions(t).await;
        t.clock_shows("2026-11-30T08:59");
        assert!(pictures(t).await.is_empty());
        t.clock_shows("2026-11-30T09:00");
        let [shown] = &pictures(t).await[..] else {
            panic!("not one picture\n{}", t.group_transcript())
        };
        assert_snapshot!(shown.text, @r"
        11月23日(月)〜11月29日(日)の利用状況
        （ ）内は、その前の1週間

        質問：5件（0件）
        すぐに答えた割合：40%（なし）
        担当者への相談：受付1件（0件）、終了1件
        最初の返事まで：半数は44分以内、9割は44分以内（開庁時間で）
        評価：平均4.0 / 5（1件）

        よく聞かれた話題
        1. 安中市移住支援金はだれが対象ですか（2）

        詳しくは /stats をご覧ください。
        ");
        let png = png(t);
        assert!(png.len() < 200_000, "{} bytes", png.len());
        assert_eq!(png.get(..8), Some(&b"\x89PNG\r\n\x1a\n"[..]));
        let sides = [1200_u32, 675].map(u32::to_be_bytes).concat();
        assert_eq!(png.get(16..24), Some(&sides[..]));

        t.restart().await;
        t.clock_shows("2026-12-03T12:00");
        assert_eq!(pictures(t).await.len(), 1, "once, also after a restart");
        t.clock_shows("2026-12-07T09:00");
        assert_eq!(pictures(t).await.len(), 2, "the week before is still compared");
        t.clock_shows("2026-12-21T12:00");
        assert_eq!(pictures(t).await.len(), 2, "where nobody asks, nothing comes");
    })
    .await;
}

#[tokio::test]
async fn a_monday_that_is_a_holiday_is_left_alone() {
    town(async |t| {
        let _ = t.anna().asks(KNOWN).await;
        t.clock_shows("2026-11-23T12:00");
        assert!(pictures(t).await.is_empty(), "Labour Thanksgiving Day");
        t.clock_shows("2026-11-24T08:59");
        assert!(pictures(t).await.is_empty());
        t.clock_shows("2026-11-24T09:00");
        let [shown] = &pictures(t).await[..] else {
            panic!("not one picture\n{}", t.group_transcript())
        };
        let text = &shown.text;
        assert!(text.starts_with("11月16日(月)〜11月22日(日)の利用状況"), "{text}");
        assert!(text.contains("質問：1件（0件）"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_was_off_on_monday_tells_later_in_the_week() {
    town(async |t| {
        let _ = t.anna().asks(KNOWN).await;
        t.stop().await;
        t.clock_shows("2026-11-26T15:00");
        t.start();
        assert_eq!(pictures(t).await.len(), 1);
        t.crash().await;
        t.start();
        t.advance(SignedDuration::from_hours(24));
        assert_eq!(pictures(t).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn where_no_group_is_set_nothing_is_told_until_it_is() {
    let plan = Plan {
        connected: false,
        ..Plan::default()
    };
    town_with(plan, async |t| {
        let _ = t.anna().asks(KNOWN).await;
        t.clock_shows("2026-11-24T10:00");
        assert!(pictures(t).await.is_empty());
        t.stop().await;
        t.names_the_group();
        t.start();
        assert_eq!(pictures(t).await.len(), 1);
    })
    .await;
}

/// There are groups in which bots may write, but send no pictures.
#[tokio::test]
async fn a_picture_that_is_refused_leaves_its_words() {
    town(async |t| {
        let _ = t.anna().asks(KNOWN).await;
        t.next(Method::SendPhoto, Fault::Refused);
        t.clock_shows("2026-11-24T09:00");
        assert!(pictures(t).await.is_empty());
        let told = t.general_reads().await;
        assert!(told.contains("質問：1件（0件）"), "{told}");
    })
    .await;
}
