//! Wishes for a person, danger, and what is handed over.

use insta::assert_snapshot;
use jiff::ToSpan;

use crate::conversation::{
    button::Button,
    desk::ForDesk,
    input::{Command, Input},
    sample::{Chat, id},
    state::WishReason,
};

#[test]
fn a_wish_for_a_person_is_told_once_and_then_only_recalled() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("人と話したい"), @r"
    担当者への相談のご希望を記録しました。
    担当者の対応時間は、平日の8:30〜17:15(日本時間)です。土日、祝日、12月29日〜1月3日は休みです。
    このチャットで担当者がお返事する仕組みは、準備中です。返事の時期はお約束できません。

    記録した内容：人と話したい
    ");
    assert!(matches!(&chat.last.for_desk, Some(ForDesk::Wished(_))));
    chat.now = chat.now.saturating_add(26.hours()).unwrap();
    assert_snapshot!(chat.does(&Input::Command(Command::Human)), @r"
    担当者への相談のご希望は、2026年11月21日に記録してあります。

    記録した内容：人と話したい
    ");
    assert_eq!(chat.last.for_desk, None);
}

#[test]
fn in_a_crisis_the_help_lines_come_first() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("死にたい"), @r"
    今すぐ命が危ないときは、119(救急車)か110(警察)に電話してください。24時間、無料です。
    つらい気持ちを話せる窓口があります。
    ・よりそいホットライン 0120-279-338(24時間、無料、外国語も可)
    ・いのちの電話 0120-783-556(16時〜21時、毎月10日は8時から24時間、無料)
    ・こころの健康相談統一ダイヤル 0570-064-556(有料)
    ほかの窓口：https://www.mhlw.go.jp/mamorouyokokoro/
    番号と時間は、あきる野市(2023年3月)などの案内によります。

    担当者への相談のご希望も記録しました。担当者の対応時間は平日の8:30〜17:15(日本時間)で、祝日と12月29日〜1月3日は休みです。急ぎの窓口ではなく、返事の時期もお約束できません。
    ");
    assert!(matches!(
        &chat.last.for_desk,
        Some(ForDesk::Wished(wish)) if wish.why == WishReason::Crisis
    ));
    assert_eq!(
        chat.last.notes,
        [],
        "the words of someone in danger teach nothing"
    );
    for (words, number) in [
        ("火事です", "119"),
        ("殴られた", "0120-279-889"),
        ("虐待かも", "189"),
    ] {
        let seen = chat.says(words);
        assert!(seen.contains(number), "{seen}");
        assert!(
            seen.ends_with("担当者への相談のご希望は、2026年11月21日に記録してあります。"),
            "{seen}"
        );
    }
    let seen = chat.says("人と話したい");
    assert!(!seen.contains("虐待"), "{seen}");
    let wish = chat.conversation().wish.clone().unwrap();
    assert_eq!(wish.why, WishReason::Crisis, "a later wish does not hide it");
    let long = chat.says(&format!("死にたい{}", "。".repeat(3000)));
    assert!(long.contains("0120-279-338"), "{long}");
}

#[test]
fn a_wish_in_words_keeps_what_was_asked_before() {
    let mut chat = Chat::open("ja");
    let _ = chat.says("家賃はいくら");
    let seen = chat.says("それを人と話したい");
    assert!(
        seen.ends_with("記録した内容：家賃はいくら\nそれを人と話したい"),
        "{seen}"
    );
    let again = chat.says("人と話したい");
    assert!(
        again.ends_with("記録した内容：家賃はいくら\n人と話したい"),
        "{again}"
    );
}

#[test]
fn what_a_handed_over_message_may_be_about_is_a_tap_away() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("私の場合、支援金は?"), @r"
    一人ひとりの事情についての判断は、ボットにはできません。担当者に聞いてみますか。
    [家を買うとお金が出ますか]
    [担当者に聞く]
    ");
    let shown = chat.taps(Button::Show(id("subsidy-myhome-shienkin")));
    assert!(shown.starts_with("家を初めて買う人が対象です。"), "{shown}");
    let in_danger = chat.says("火事です。支援金どころではない");
    assert!(in_danger.starts_with("命や体が危ないときは"), "{in_danger}");
    assert!(in_danger.ends_with("[家を買うとお金が出ますか]"), "{in_danger}");
}
