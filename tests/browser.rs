//! The demo's page in the browser people use, with the whole bot behind it.
#![cfg(feature = "demo")]

#[path = "browser/visit.rs"]
mod visit;

use visit::{DESKTOP, DOWN, ENTER, PHONE, visit};

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_with_its_source() {
    visit(DESKTOP, |page| async move {
        page.say("マイホーム取得支援金はいくらですか").await;
        page.sees("[data-from=bot] a[href*='city.annaka.lg.jp']").await;
        page.picture("answer").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_is_tapped() {
    visit(DESKTOP, |page| async move {
        page.say("/menu").await;
        page.tap("補助金").await;
        page.sees_button("話題に戻る").await;
        page.picture("menu").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mover_is_answered_in_their_own_language() {
    visit(DESKTOP, |page| async move {
        page.say("マイホーム取得支援金はいくらですか").await;
        page.sees_button("担当者に聞く").await;
        page.click("person-1002").await;
        page.say("How big is the Home Acquisition Grant?").await;
        page.sees_button("Ask our staff").await;
        page.picture("english").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blocked_bot_is_unblocked_where_one_would_write() {
    visit(DESKTOP, |page| async move {
        page.say("/start").await;
        page.sees("[data-from=bot]").await;
        page.click("fault-block").await;
        page.click("unblock").await;
        page.say("/menu").await;
        page.sees_button("補助金").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_write_in_their_group() {
    visit(DESKTOP, |page| async move {
        page.write("topic", "おはようございます。今日の担当はみおです。")
            .await;
        page.sees("[data-testid=pane-desk] [data-from=me]").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_of_a_case_is_played() {
    visit(DESKTOP, |page| async move {
        page.say("家を買うと補助金は出ますか").await;
        page.tap("担当者に聞く").await;
        page.sees_words("chat", "担当者にお伝えしました").await;
        page.open_topic("アンナ").await;
        page.tap_at_desk("引き受ける").await;
        page.sees_words("chat", "担当者がお話を伺います").await;
        page.write("topic", "// 合言葉は青い屋根").await;
        page.write("topic", "どのあたりの家をお探しですか。").await;
        page.sees_words("chat", "どのあたりの家をお探しですか。").await;
        page.say("駅の近くです").await;
        page.sees_words("desk", "駅の近くです").await;
        page.picture("desk").await;
        page.tap_at_desk("終える").await;
        page.tap_at_desk("解決した").await;
        page.tap("5").await;
        page.sees_words("desk", "評価：5 / 5").await;
        assert!(
            !page.words("chat").await.contains("青い屋根"),
            "a note stays among staff"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_moved_and_a_reminder_comes_and_is_stopped() {
    visit(DESKTOP, |page| async move {
        page.say("/events").await;
        page.tap("2月18日(水) 見本：農業体験ツアー").await;
        page.tap("この行事の通知を受ける").await;
        page.sees_words("chat", "ここでお知らせします。").await;
        page.click("clock-nine").await;
        page.sees_words("chat", "あと7日です：見本：農業体験ツアー").await;
        page.picture("reminder").await;
        page.tap("この通知をやめる").await;
        page.sees_words("chat", "通知をやめました。").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_sticks_out_on_a_phone() {
    visit(PHONE, |page| async move {
        page.say("マイホーム取得支援金はいくらですか").await;
        page.sees_button("担当者に聞く").await;
        for tab in ["chat", "desk", "controls"] {
            page.click(&format!("tab-{tab}")).await;
            page.sees(&format!("body[data-tab={tab}] [data-testid=pane-{tab}]"))
                .await;
            page.picture(&format!("phone-{tab}")).await;
            page.fits(&format!("the {tab} pane")).await;
        }
        page.click("lang-switch").await;
        page.fits("the controls in English").await;
        page.click("tab-desk").await;
        page.write("topic", &"https://www.city.annaka.lg.jp/".repeat(4))
            .await;
        page.sees("[data-testid=pane-desk] [data-from=me]").await;
        page.fits("a topic with a long address").await;
        page.click("tab-chat").await;
        page.attaches("chat", "Photo").await;
        page.sees_picture("chat", 320).await;
        page.fits("a photo").await;
        page.picture("phone-photo").await;
        page.click("new-person").await;
        page.sees("dialog[open]").await;
        page.fits("a dialog").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_cut_lines_are_overcome_and_healed() {
    visit(DESKTOP, |page| async move {
        page.say("/start").await;
        page.sees("[data-from=bot]").await;
        page.fill("fault-calls", "1").await;
        page.fill("fault-seconds", "1").await;
        for (fault, question, answer) in [
            (
                "flood",
                "マイホーム取得支援金はいくらですか",
                "マイホーム取得支援金",
            ),
            ("cut-before", "碓氷病院に小児科の先生はいますか", "小児科"),
            ("cut-after", "農業体験はできますか", "農業"),
        ] {
            page.click(&format!("fault-{fault}")).await;
            page.sees("[data-testid=fault-now]:not(:empty)").await;
            page.say(question).await;
            page.is_answered(question, answer).await;
            page.sees("[data-testid=fault-now]:empty").await;
        }
        page.sees("#log .refused").await;
        page.fill("fault-calls", "99").await;
        page.click("fault-cut-before").await;
        page.sees("[data-testid=fault-now]:not(:empty)").await;
        page.picture("faults").await;
        page.click("fault-heal").await;
        page.sees("[data-testid=fault-now]:empty").await;
        page.say("/menu").await;
        page.sees_button("補助金").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_speaks_english_on_wish_and_remembers_it() {
    visit(DESKTOP, |page| async move {
        page.say("/start").await;
        page.sees("[data-from=bot]").await;
        let bot_says = page.bot_says().await;
        page.sees("html[lang=ja]").await;
        page.click("lang-switch").await;
        page.sees("html[lang=en]").await;
        page.sees("[data-testid=chat-input][placeholder='Write a message']")
            .await;
        assert!(page.words("controls").await.contains("Heal everything"));
        assert_eq!(page.bot_says().await, bot_says, "the bot's words are the bot's");
        page.picture("page-in-english").await;
        page.opened_again().await;
        page.sees("html[lang=en]").await;
        page.click("lang-switch").await;
        page.sees("[data-testid=chat-input][placeholder='メッセージを書く']")
            .await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_talk_is_had_by_keyboard_alone() {
    visit(DESKTOP, |page| async move {
        page.sees("[data-testid=welcome]").await;
        page.tabs_to("chat-input").await;
        page.types("家を買うと補助金は出ますか\u{e007}").await;
        page.sees_button("担当者に聞く").await;
        page.tabs_back_to("担当者に聞く").await;
        page.types(ENTER).await;
        page.sees_words("chat", "担当者にお伝えしました").await;

        page.tabs_to("全般").await;
        page.types(DOWN).await;
        page.types(ENTER).await;
        page.sees_at_desk("引き受ける").await;
        page.tabs_to("引き受ける").await;
        page.types(ENTER).await;
        page.sees_words("chat", "担当者がお話を伺います").await;
        page.tabs_to("topic-input").await;
        page.types("どのあたりの家をお探しですか。\u{e007}").await;
        page.sees_words("chat", "どのあたりの家をお探しですか。").await;

        page.tabs_back_to("chat-input").await;
        page.types("駅の近くです\u{e007}").await;
        page.sees_words("desk", "駅の近くです").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_seen_on_both_sides() {
    visit(DESKTOP, |page| async move {
        page.say("家を買うと補助金は出ますか").await;
        page.tap("担当者に聞く").await;
        page.sees_words("chat", "担当者にお伝えしました").await;
        page.attaches("chat", "写真").await;
        page.sees_picture("chat", 320).await;
        page.open_topic("アンナ").await;
        page.sees_picture("desk", 320).await;
        page.picture("photo").await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_a_week_comes_on_its_monday() {
    visit(DESKTOP, |page| async move {
        page.say("マイホーム取得支援金はいくらですか").await;
        page.sees_button("担当者に聞く").await;
        // From Tuesday on; each morning the next.
        for _ in 0..6 {
            page.next_morning().await;
        }
        page.sees_picture("desk", 1000).await;
        page.picture("week").await;
    })
    .await;
}

/// The picture in the README: when the page has changed, copy `target/screens/demo.png` to `tests/screens/`.
#[tokio::test(flavor = "multi_thread")]
async fn the_desk_is_seen_beside_the_movers_chat() {
    visit(DESKTOP, |page| async move {
        for (staff, text) in [
            ("person-2001", "おはようございます。今日の担当はみおです。"),
            ("person-2002", "おはようございます。午後は私が見ます。"),
            ("person-2001", "昨日の空き家のご相談は、確認中です。"),
            ("person-2002", "了解です。続きは引き受けます。"),
        ] {
            page.click(staff).await;
            page.write("topic", text).await;
        }
        page.say("補助金").await;
        page.sees_button("どれでもない").await;
        page.say("給食費は無料ですか").await;
        page.sees_button("役に立った").await;
        page.click("person-1001").await;
        page.sees_words("desk", "了解です。続きは引き受けます。").await;
        page.picture("demo").await;
    })
    .await;
}
