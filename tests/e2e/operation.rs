//! What whoever runs the bot does from the chat: dead letters, and the knowledge taken anew.

use std::{fs, path::Path};

use annaka_concierge::{
    emulator::{Fault, Method, town as ids},
    metrics::Count,
};
use insta::assert_snapshot;
use jiff::SignedDuration;
use tempfile::TempDir;

use crate::{
    harness::{Plan, Town, town, town_with},
    life::real_knowledge,
    upkeep::change,
};

const GRANT: &str = "subsidy/subsidy-iju-shienkin.md";

/// Mio's words did not reach Anna; both were told.
async fn words_are_refused(t: &Town, words: &str) {
    t.next(Method::CopyMessage, Fault::Refused);
    t.mio().says(words);
    t.idle().await;
    let told = t.anna().hears().await;
    assert!(told.contains("お届けできませんでした"), "{told}");
    let told = t.desk_reads().await;
    assert!(told.contains("届きませんでした"), "{told}");
}

/// The data of a button under the list.
async fn button(t: &Town, does: &str, place: usize) -> String {
    let letters = t.app().store().dead_letters(9).await.unwrap();
    format!("o1:{does}:{}:0", letters[place].0.0)
}

#[tokio::test]
async fn staff_see_what_could_not_be_delivered_and_decide_about_each_once() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        assert_snapshot!(mio.asks_in_general("/deadletters").await, @"届けられなかったものはありません。");
        words_are_refused(t, "資料の1枚目です。").await;
        words_are_refused(t, "資料の2枚目です。").await;
        assert_snapshot!(mio.asks_in_general("/deadletters@annaka_bot").await, @r"
        届けられなかったもの：2件

        1. 11月21日(土)19:00 アンナさんへ
        もとのメッセージを見る
        理由：Telegramが受け付けませんでした（Bad Request: BUTTON_URL_INVALID）

        2. 11月21日(土)19:00 アンナさんへ
        もとのメッセージを見る
        理由：Telegramが受け付けませんでした（Bad Request: BUTTON_URL_INVALID）
        [1 もう一度送る] [1 片付ける]
        [2 もう一度送る] [2 片付ける]
        ");
        let (again, drop) = (button(t, "a", 1).await, button(t, "x", 0).await);

        assert_eq!(mio.taps_in_general("2 もう一度送る").await, "もう一度送ります。");
        assert!(anna.hears().await.contains("資料の1枚目です。"));
        assert_snapshot!(t.general_reads().await, @r"
        edited: 届けられなかったもの：1件

        1. 11月21日(土)19:00 アンナさんへ
        もとのメッセージを見る
        理由：Telegramが受け付けませんでした（Bad Request: BUTTON_URL_INVALID）
        [1 もう一度送る] [1 片付ける]
        ");

        let list = t.in_general().last().unwrap().id;
        let late = t.ken().forges_tap(t.group(), list, &again).await;
        assert_eq!(late, "もうありません。ほかの人が先に決めました。");
        let stranger = t.staff(ids::BEN);
        let refused = stranger.forges_tap(t.group(), list, &drop).await;
        assert_eq!(refused, "相談デスクの人だけが使えます。");
        assert_eq!(t.ken().taps_in_general("1 片付ける").await, "片付けました。");
        assert_snapshot!(t.general_reads().await, @"edited: 届けられなかったものはありません。");
        assert_eq!(
            (t.count(Count::LetterAgain), t.count(Count::LetterDropped)),
            (1, 1)
        );
        let _mark = t.desk_reads().await;
    })
    .await;
}

#[tokio::test]
async fn a_long_list_of_letters_has_pages_and_a_letter_tried_again_survives_a_crash() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        for n in 1..=7 {
            words_are_refused(t, &format!("{n}枚目")).await;
            t.advance(SignedDuration::from_secs(60));
        }
        let first = mio.asks_in_general("/deadletters").await;
        assert!(
            first.contains("7件") && first.contains("\n5. ") && !first.contains("\n6. "),
            "{first}"
        );
        let second = mio.chooses_in_general("次のページを見る").await;
        assert!(second.contains("\n7. ") && !second.contains("\n5. "), "{second}");
        mio.taps_in_general("7 もう一度送る").await;
        t.crash().await;
        t.start();
        assert!(anna.hears().await.contains("1枚目"));
        let _list = t.general_reads().await;
        let _mark = t.desk_reads().await;
        t.expects_dead_letters(6);
    })
    .await;
}

/// A town that somebody runs, with knowledge so small that it is read in no time.
fn with_small_knowledge() -> (TempDir, Plan) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("subsidy")).unwrap();
    for entry in [GRANT, "subsidy/subsidy-myhome-shienkin.md"] {
        let text = fs::read_to_string(real_knowledge().join(entry)).unwrap();
        let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("related")).collect();
        fs::write(folder.path().join(entry), lines.join("\n")).unwrap();
    }
    for file in ["sources.toml", "rules.toml"] {
        fs::copy(real_knowledge().join(file), folder.path().join(file)).unwrap();
    }
    let plan = Plan {
        knowledge_folder: folder.path().to_owned(),
        ..Plan::owned()
    };
    (folder, plan)
}

fn grant_begins(folder: &Path, from: &str, to: &str) {
    change(&folder.join(GRANT), from, to);
}

#[tokio::test]
async fn an_owner_takes_the_knowledge_anew_and_goes_back() {
    let (folder, plan) = with_small_knowledge();
    town_with(plan, async |t| {
        let yuki = t.yuki();
        let told = yuki.asks("/reload").await;
        assert!(
            told.contains("項目は2件です") && told.contains("なくなった項目"),
            "{told}"
        );
        assert!(
            !told.contains("前の版に戻す"),
            "the first one was never kept: {told}"
        );
        let told = yuki.asks("/reload").await;
        assert!(told.starts_with("知識は前と同じです"), "{told}");

        grant_begins(folder.path(), "安中市移住支援金は、", "安中市の移住支援金は、");
        let told = yuki.asks("/reload").await;
        assert!(told.contains("変わった項目1件：subsidy-iju-shienkin"), "{told}");
        let answer = async || t.anna().asks("/start subsidy-iju-shienkin").await;
        assert!(answer().await.contains("安中市の移住支援金は、"));
        yuki.taps("前の版に戻す");
        let told = yuki.hears().await;
        assert!(
            told.contains("（少しお待ちください。）") || told.contains("(少しお待ちください。)"),
            "{told}"
        );
        assert!(
            told.contains("に戻しました。") && told.contains("前の版に戻す"),
            "{told}"
        );
        assert!(answer().await.contains("安中市移住支援金は、"));

        grant_begins(folder.path(), "status = \"current\"", "status = \"curent\"");
        let told = yuki.asks("/reload").await;
        assert!(told.starts_with("直すところが"), "{told}");
        assert!(told.contains("subsidy/subsidy-iju-shienkin.md:"), "{told}");

        let told = yuki.asks("/reload back").await;
        assert!(
            told.starts_with("残っている版です。") && told.matches('[').count() == 1,
            "{told}"
        );
        assert_eq!(t.count(Count::WentBack), 1);
        assert_eq!((t.count(Count::Reload), t.count(Count::ReloadRefused)), (3, 1));
    })
    .await;
}

#[tokio::test]
async fn an_event_somebody_waits_for_does_not_vanish_with_its_entry() {
    let (folder, plan) = with_small_knowledge();
    let entry = folder.path().join("vacant-home/vacant-home-consultation-toge.md");
    fs::create_dir(entry.parent().unwrap()).unwrap();
    let text =
        fs::read_to_string(real_knowledge().join("vacant-home/vacant-home-consultation-toge.md")).unwrap();
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("related")).collect();
    let coming = lines
        .join("\n")
        .replace("2026-02-19T", "2027-02-19T")
        .replace("\"past\"", "\"current\"");
    fs::write(&entry, coming).unwrap();
    town_with(plan, async |t| {
        let (anna, yuki) = (t.anna(), t.yuki());
        let told = yuki.asks("/reload").await;
        assert!(told.contains("項目は3件です"), "{told}");
        anna.starts("ev_vacant-home-consultation-toge");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事の通知を受ける").await;
        fs::remove_file(&entry).unwrap();
        let told = yuki.asks("/reload").await;
        assert!(
            told.contains("予定どおりとして残しています：空き家相談会 in 峠のまち。"),
            "{told}"
        );
        t.clock_shows("2027-02-18T09:30");
        assert!(anna.hears().await.contains("明日です：空き家相談会 in 峠のまち"));
        t.clock_shows("2027-02-20T09:30");
        let told = yuki.asks("/reload").await;
        assert!(!told.contains("空き家相談会"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn nobody_else_takes_the_knowledge_anew() {
    let (_folder, plan) = with_small_knowledge();
    town_with(plan, async |t| {
        let told = t.anna().asks("/reload").await;
        assert!(told.contains("/menu"), "to a mover it is no command: {told}");
        assert_eq!(
            t.mio().asks_in_general("/reload").await,
            "運営の責任者だけが使えます。"
        );
        let message = t.in_general().last().unwrap().id;
        let data = "o1:r:0123456789abcdef";
        let told = t.mio().forges_tap(t.group(), message, data).await;
        assert_eq!(told, "運営の責任者だけが使えます。");
        let anonymous = t.mio().anonymously();
        assert_eq!(
            anonymous.asks_in_general("/reload back").await,
            "運営の責任者だけが使えます。"
        );
        let own = t.anna().last().id;
        t.staff(ids::ANNA).forges_tap(ids::ANNA, own, data).await;
        let told = t.anna().hears().await;
        assert!(told.contains("古く"), "{told}");
        assert_eq!(t.count(Count::Reload) + t.count(Count::WentBack), 0);
    })
    .await;
}

#[tokio::test]
async fn in_the_group_an_owner_is_answered_there_also_after_a_crash() {
    let (_folder, plan) = with_small_knowledge();
    town_with(plan, async |t| {
        let yuki = t.staff(t.yuki().id());
        crate::mover::done(yuki.person.joins_group());
        t.idle().await;
        yuki.says_in_general("/reload");
        t.happenings(2).await;
        t.crash().await;
        t.start();
        let told = t.general_reads().await;
        assert!(told.contains("項目は2件です"), "{told}");
        let told = yuki.asks_in_general("/reload back").await;
        assert_eq!(told, "今の版のほかに、残っている版はありません。");
        let told = yuki
            .forges_tap(
                t.group(),
                t.in_general().last().unwrap().id,
                "o1:r:0123456789abcdef",
            )
            .await;
        assert_eq!(told, "少しお待ちください。");
        assert!(t.general_reads().await.contains("もう残っていません"));
        assert_eq!(t.yuki().hears().await, "(少しお待ちください。)");
    })
    .await;
}

#[tokio::test]
async fn telegram_shows_owners_their_command_beside_those_of_movers() {
    town_with(Plan::owned(), async |t| {
        t.idle().await;
        let registered = t.emulator.wait(crate::harness::PATIENCE, |world| {
            let lists = world.bot().command_lists();
            let own = lists
                .iter()
                .filter(|list| list.commands.iter().any(|one| one.command == "reload"));
            let own: Vec<_> = own
                .map(|list| (list.language.clone(), list.commands.len()))
                .collect();
            (own.len() == 3).then_some(own)
        });
        let own = registered.await.expect("the commands are registered");
        assert!(own.iter().all(|(_, count)| *count > 5), "{own:?}");
    })
    .await;
}

#[tokio::test]
async fn answers_cases_waits_and_retries_are_measured() {
    town(async |t| {
        let measured = async || {
            reqwest::get(t.http("/metrics"))
                .await
                .unwrap()
                .text()
                .await
                .unwrap()
        };
        let (anna, mio) = t.mio_has_anna().await;
        t.advance(SignedDuration::from_mins(10));
        mio.says("お待たせしました。");
        let _words = anna.hears().await;
        mio.says("続きです。");
        let _words = anna.hears().await;
        let _ = t.ben().asks("What is on next month?").await;
        t.next(Method::SendMessage, Fault::CutBefore);
        t.ben().says("/help");
        t.idle().await;
        t.advance(SignedDuration::from_millis(900));
        let waiting = measured().await;
        for line in [
            "concierge_outbox_messages 1",
            "concierge_outbox_oldest_seconds{lane=\"one\"} 0",
            "concierge_cases_opened_total{reason=\"asked\"} 1",
            "concierge_cases_opened_total{reason=\"gap\"} 0",
            "concierge_first_reply_seconds_bucket{le=\"300\"} 0",
            "concierge_first_reply_seconds_bucket{le=\"900\"} 1",
            "concierge_first_reply_seconds_count 1",
            "concierge_delivery_retries_total 0",
            "concierge_knowledge_info{revision=\"",
        ] {
            assert!(waiting.contains(line), "{line} is missing:\n{waiting}");
        }
        let answers = waiting
            .lines()
            .filter_map(|line| line.strip_prefix("concierge_answers_total{"));
        let sum: u32 = answers
            .map(|line| line.split_once("} ").unwrap().1.parse::<u32>().unwrap())
            .sum();
        assert_eq!(sum, 2, "a wish for a person, and a question:\n{waiting}");
        t.advance(SignedDuration::from_secs(60));
        let _help = t.ben().hears().await;
        let done = measured().await;
        for line in [
            "concierge_outbox_messages 0",
            "concierge_delivery_retries_total 1",
        ] {
            assert!(done.contains(line), "{line} is missing:\n{done}");
        }
        let _mark = t.desk_reads().await;
    })
    .await;
}
