//! Answers, choices, and what follows when they did not help.

use insta::assert_snapshot;

use super::myhome;
use crate::{
    conversation::{
        button::Button,
        inline::inline_results,
        note::{Came, Note},
        sample::{Chat, id, senses, understand},
        state::WishReason,
    },
    lang::Lang,
    outgoing::{Act, MessageId},
};

#[test]
fn a_question_is_answered_with_source_and_next_steps() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("家を買うとお金は出ますか"), @r"
    家を初めて買う人が対象です。

    申請の期限は確認できていません。

    出典：安中市のページ「移住」(日付なし、2026年に確認) ／ 再起動プロジェクト一覧(2023年10月末時点)
    [移住支援金の対象は]
    [農体験ツアーはいつですか]
    [役に立った] [ほかの答えを見る]
    [担当者に聞く] [家族に送る ↗]
    ");
    assert_eq!(chat.conversation().last_entry, Some(myhome()));
    assert!(matches!(
        &chat.last.notes[..],
        [Note::Asked { outcome: Came::Answer, entry: Some(entry), .. }] if *entry == myhome()
    ));
    assert!(matches!(
        chat.last.outgoing[0].act,
        Act::Send {
            answers: Some(MessageId(1)),
            ..
        }
    ));
}

#[test]
fn the_answer_follows_the_language_of_the_question_until_one_is_chosen() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("money for a house");
    assert_eq!(chat.conversation().lang, Lang::En);
    let _ = chat.says("家を 買う");
    assert_eq!(chat.conversation().lang, Lang::JaSimple);
    let _ = chat.says("家を買う");
    assert_eq!(chat.conversation().lang, Lang::JaSimple);
    assert_snapshot!(chat.taps(Button::Language(Lang::Ja)), @r"
    edit 70: これからは日本語でお答えします。
    [メニューを開く]
    ");
    let _ = chat.says("money for a house");
    assert_eq!(chat.conversation().lang, Lang::Ja);
}

#[test]
fn an_edited_question_edits_its_answer() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("家を買う");
    assert_eq!(chat.edits("家を買う"), "", "nothing changed");
    assert_snapshot!(chat.edits("ツアー"), @r"
    answer to 1: 企画案の段階です。
    [役に立った] [ほかの答えを見る]
    [担当者に聞く] [家族に送る ↗]
    ");
}

#[test]
fn choices_are_offered_chosen_and_put_away() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("補助金"), @r"
    知りたいことに近いものを選んでください。
    [家を買うとお金が出ますか]
    [移住支援金の対象は]
    [どれでもない]
    ");
    assert_snapshot!(chat.taps(Button::Choose(id("subsidy-iju-shienkin"))), @r"
    edit 70: 知りたいことに近いものを選んでください。

    選んだもの：移住支援金の対象は
    ----
    東京圏からの移住が対象です。
    [担当者に聞く] [家族に送る ↗]
    ");
    assert!(matches!(
        &chat.last.notes[..],
        [Note::Tapped { question, right: true, .. }] if question == "補助金"
    ));
}

#[test]
fn a_choice_the_question_cannot_have_meant_is_no_lesson() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("補助金");
    let _ = chat.taps(Button::Choose(id("other-city-plan")));
    assert_eq!(chat.last.notes, []);
}

#[test]
fn none_of_these_leads_to_a_person() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("補助金");
    assert_snapshot!(chat.taps(Button::NoneOfThese), @r"
    edit 70: 知りたいことに近いものを選んでください。

    選んだもの：どれでもない
    ----
    担当者に聞くことができます。別の言い方で書いてみることもできます。
    [担当者に聞く]
    [メニューを開く]
    ");
}

#[test]
fn a_right_answer_is_thanked_for_and_not_rated_twice() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("家を買う");
    assert_snapshot!(chat.taps(Button::Right(myhome())), @r"
    (ありがとうございます。)
    ----
    edit 70: 家を初めて買う人が対象です。

    申請の期限は確認できていません。

    出典：安中市のページ「移住」(日付なし、2026年に確認) ／ 再起動プロジェクト一覧(2023年10月末時点)
    [移住支援金の対象は]
    [農体験ツアーはいつですか]
    [担当者に聞く] [家族に送る ↗]
    ");
    assert!(matches!(&chat.last.notes[..], [Note::Tapped { right: true, .. }]));
    let _ = chat.says("ツアー");
    let _ = chat.taps(Button::Right(myhome()));
    assert_eq!(
        chat.last.notes,
        [],
        "an old answer is no answer to the last question"
    );
}

#[test]
fn not_this_offers_the_next_best_and_then_a_person() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("家を買う");
    assert_snapshot!(chat.taps(Button::NotThis(myhome())), @r"
    edit 70: 家を初めて買う人が対象です。

    申請の期限は確認できていません。

    出典：安中市のページ「移住」(日付なし、2026年に確認) ／ 再起動プロジェクト一覧(2023年10月末時点)
    [移住支援金の対象は]
    [農体験ツアーはいつですか]
    [担当者に聞く] [家族に送る ↗]
    ----
    知りたいことに近いものを選んでください。
    [移住支援金の対象は]
    [農体験ツアーはいつですか]
    [どれでもない]
    ");
    assert!(matches!(
        &chat.last.notes[..],
        [Note::Tapped { right: false, .. }]
    ));
    let _ = chat.says("家を買う");
    let seen = chat.taps(Button::NotThis(myhome()));
    assert!(
        seen.ends_with(
            "お役に立てず、申し訳ありません。担当者に聞いてみますか。\n[担当者に聞く]\n[メニューを開く]"
        ),
        "{seen}"
    );
}

#[test]
fn a_second_miss_in_a_row_offers_a_person_first() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("ぬるぽ"), @r"
    ご質問をうまく読み取れませんでした。別の言い方で書くか、メニューから選んでください。
    [メニューを開く]
    [担当者に聞く]
    ");
    assert_snapshot!(chat.says("消えた話"), @r"
    お役に立てず、申し訳ありません。担当者に聞いてみますか。
    [担当者に聞く]
    [メニューを開く]
    ");
    let _ = chat.says("家を買う");
    let again = chat.says("ぬるぽ");
    assert!(
        again.starts_with("ご質問をうまく読み取れませんでした。"),
        "{again}"
    );
}

#[test]
fn a_gap_says_what_is_not_known_and_offers_a_person() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("家賃はいくら"), @r"
    家賃の水準は確認できていません。
    [家を買うとお金が出ますか]
    [ほかの答えを見る]
    [分かったら通知を受ける]
    [担当者に聞く]
    ");
    assert_eq!(chat.conversation().wish, None);
    let _ = chat.taps(Button::Human);
    let wish = chat.conversation().wish.clone().unwrap();
    assert_eq!(
        (wish.why, wish.question.as_deref()),
        (WishReason::Gap, Some("家賃はいくら"))
    );
}

#[test]
fn a_shared_answer_links_back_and_never_shares_a_gap() {
    let now = Chat::open("ja").now;
    let results = inline_results(&understand("家を買う", None), &senses(), Lang::Ja, now);
    let ids: Vec<&str> = results.iter().map(|result| result.id.as_str()).collect();
    assert_eq!(
        ids,
        ["subsidy-myhome-shienkin", "subsidy-iju-shienkin", "farm-tour"]
    );
    assert_snapshot!(results[1].html.as_str(), @r#"
    東京圏からの移住が対象です。

    <a href="https://t.me/annaka_bot?start=subsidy-iju-shienkin">このボットに質問する</a>
    "#);
    let nothing = inline_results(&understand("家賃", None), &senses(), Lang::Ja, now);
    assert_eq!(nothing, []);
}
