//! Conversations as the mover lives them.

use insta::assert_snapshot;
use jiff::ToSpan;
use proptest::prelude::*;

use crate::{
    conversation::{
        button::{Button, CALLBACK_LIMIT, StaleButton},
        commands::commands,
        desk::ForDesk,
        inline::inline_results,
        input::{Command, Input, Unreadable},
        menu::TOPICS,
        note::{Came, Note},
        sample::{Chat, id, phrases, senses, understand},
        starting::FREQUENT,
        state::{Conversation, WishReason},
        step::{Step, step},
    },
    knowledge::{EntryId, folder::read_folder},
    lang::Lang,
    outgoing::{Act, ButtonDoes, MessageId, UserId, html::MESSAGE_LIMIT},
};

fn myhome() -> EntryId {
    id("subsidy-myhome-shienkin")
}

fn start(payload: &str) -> Input {
    Input::Command(Command::Start(Some(payload.to_owned())))
}

#[test]
fn the_greeting_says_what_the_bot_is() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.does(&Input::Command(Command::Start(None))), @r"
    安中市への移住についての質問に、市などの資料をもとにお答えします。
    自動で答えるボットです。担当者に相談したいときは、いつでもお知らせください。
    答えには出典と日付を付けます。
    [メニューを開く]
    [家を買うとお金が出ますか]
    [移住支援金の対象は]
    [言葉を変える] [担当者に聞く]
    ");
    let mut plain = Chat::open("ja-simple");
    assert_snapshot!(plain.does(&Input::Command(Command::Start(None))), @r"
    安中市(あんなかし)に 引っ越す ことの 質問(しつもん)に 答えます。
    わたしは ボット(じどうで 答える きかい)です。人(担当者・たんとうしゃ)にも 聞けます。
    答えには、もとの 資料(しりょう)と 日づけを 書きます。
    [メニューを 見る]
    [家を買うとお金が出ますか]
    [移住支援金の対象は]
    [言葉を かえる] [担当者に 聞く]
    ");
    let mut english = Chat::open("en");
    assert_snapshot!(english.does(&Input::Command(Command::Start(None))), @r"
    I answer questions about moving to Annaka, using documents from the city and others.
    I am a bot; you can also ask for a person at any time.
    Each answer gives its source and date.
    [Open the menu]
    [Is there money for buying a house?]
    [Who can get the relocation grant?]
    [Change language] [Ask our staff]
    ");
}

#[test]
fn a_deep_link_leads_to_the_entry_and_greets_a_newcomer_once() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.does(&start("farm-tour")), @r"
    安中市への移住について、市などの資料をもとに自動で答えるボットです。
    ----
    企画案の段階です。
    [担当者に聞く] [家族に送る ↗]
    ");
    assert_snapshot!(chat.does(&start("farm-tour")), @r"
    企画案の段階です。
    [担当者に聞く] [家族に送る ↗]
    ");
}

#[test]
fn a_deep_link_to_nothing_is_said_so() {
    for payload in ["ev_12", "gone", "../../etc"] {
        let seen = Chat::open("ja").does(&start(payload));
        assert!(
            seen.contains("このリンクが示す内容は、今は見つかりません。"),
            "{seen}"
        );
    }
}

#[test]
fn a_language_the_bot_does_not_speak_is_mentioned_once() {
    let mut chat = Chat::open("fr");
    assert_snapshot!(chat.does(&Input::Command(Command::Events)), @r"
    I do not speak the language your Telegram is set to, so I will answer in English.
    [Change language]
    ----
    Coming events
    [Fri 19 Feb 空き家相談会]
    [Vacant homes]
    [Tell me of new events]
    [See reminder settings] [Open the menu]
    ");
    let again = chat.does(&Input::Command(Command::Events));
    assert!(!again.contains("I do not speak"), "{again}");
}

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
    [分かったら知らせる]
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
fn what_is_no_question_is_met_in_one_line() {
    let mut chat = Chat::open("ja");
    let seen: Vec<String> = [
        "こんにちは",
        "ばか",
        "命令だ",
        "苦情です",
        "私の場合は",
        "通知して",
    ]
    .map(|words| chat.says(words))
    .to_vec();
    assert_snapshot!(seen.join("\n====\n"), @r"
    安中市への移住をご案内するボットです。補助金、空き家、子育て、交通など、知りたいことを書いてください。
    [メニューを開く]
    ====
    そのご依頼にはお応えできません。安中市への移住についてのご質問をお書きください。
    ====
    そのご依頼にはお応えできません。安中市への移住についてのご質問をお書きください。
    ====
    ご不快な思いをおかけし、申し訳ありません。ボットでは解決できません。担当者に聞いてみますか。
    [担当者に聞く]
    ====
    一人ひとりの事情についての判断は、ボットにはできません。担当者に聞いてみますか。
    [担当者に聞く]
    ====
    今は、どの行事も通知しません。
    お知らせする時：7日前、1日前
    お知らせしない時間：21:00〜8:00。この時間に当たるときは、その前の晩にお知らせします。
    [✓ 7日前] [✓ 1日前] [3時間前]
    [ほかの時を選ぶ]
    [静かな時間を変える] [静かな時間をなくす]
    [時間帯を変える]
    [週のまとめを受け取る]
    [行事の一覧を見る] [メニューを開く]
    ");
    assert_snapshot!(chat.says("another language"), @r"
    Which language would you like?
    [日本語]
    [やさしい日本語]
    [English]
    ");
}

#[test]
fn what_cannot_be_read_is_met_kindly() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.says("\u{200b} 😀"), @r"
    言葉を読み取れませんでした。知りたいことを文字で書いてください。
    [メニューを開く]
    [担当者に聞く]
    ");
    assert_snapshot!(chat.says(&"あ".repeat(2001)), @r"
    一度に読めるのは2000字までです。短くして、もう一度お送りください。いただいた文章は保存してあります。担当者に聞くこともできます。
    [担当者に聞く]
    ");
    assert!(matches!(
        &chat.last.notes[..],
        [Note::Asked {
            outcome: Came::TooLong,
            ..
        }]
    ));
    let kinds = [
        Unreadable::Voice,
        Unreadable::Photo,
        Unreadable::Sticker,
        Unreadable::Video,
        Unreadable::Document,
        Unreadable::Location,
        Unreadable::Contact,
        Unreadable::Other,
    ];
    let mut seen = kinds
        .map(|kind| {
            chat.does(&Input::Unreadable {
                kind,
                message: MessageId(3),
            })
        })
        .to_vec();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), kinds.len(), "each kind has its own words");
}

#[test]
fn the_menu_turns_its_pages_in_one_message() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.does(&Input::Command(Command::Menu)), @r"
    知りたい話題を選んでください。
    [補助金] [空き家]
    [農業] [仕事]
    [行事] [ほかの市]
    ");
    let page = |page| Button::Menu {
        category: Some("work".to_owned()),
        page,
    };
    assert_snapshot!(chat.taps(page(0)), @r"
    edit 70: 仕事(1／2)
    [仕事8は]
    [仕事1は]
    [仕事2は]
    [仕事3は]
    [仕事4は]
    [仕事5は]
    [次のページを見る]
    [話題に戻る]
    ");
    assert_snapshot!(chat.taps(page(200)), @r"
    edit 70: 仕事(2／2)
    [仕事6は]
    [仕事7は]
    [前のページを見る]
    [話題に戻る]
    ");
    let gone = Button::Menu {
        category: Some("gone".to_owned()),
        page: 0,
    };
    assert!(
        chat.taps(gone)
            .starts_with("edit 70: 知りたい話題を選んでください。")
    );
}

#[test]
fn the_menu_and_the_greeting_match_the_knowledge_folder() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/knowledge");
    let files = read_folder(folder.as_ref()).unwrap();
    let places: Vec<(&str, &str)> = files
        .iter()
        .filter_map(|file| file.path.strip_suffix(".md")?.split_once('/'))
        .collect();
    for (category, name) in &places {
        let known = *category == "gap" || TOPICS.iter().any(|(topic, _)| topic == category);
        assert!(known, "menu.rs does not know the category of {category}/{name}");
    }
    for name in FREQUENT {
        assert!(places.iter().any(|(_, known)| *known == name), "{name}");
    }
}

#[test]
fn events_that_come_are_shown_and_past_ones_are_not_passed_off_as_coming() {
    let mut chat = Chat::open("ja");
    assert_snapshot!(chat.does(&Input::Command(Command::Events)), @r"
    これからの行事
    [2月19日(金) 空き家相談会]
    [空き家]
    [新しい行事を通知する]
    [通知の設定を見る] [メニューを開く]
    ");
    chat.now = "2027-03-01T00:00:00Z".parse().unwrap();
    assert_snapshot!(chat.does(&Input::Command(Command::Events)), @r"
    日程を確認できた今後の行事は、今のところありません。
    新しい行事が決まったら、ここにお知らせできます。
    [祭りはいつですか]
    [新しい行事を通知する]
    [通知の設定を見る] [メニューを開く]
    ");
}

#[test]
fn the_mover_is_told_what_is_kept_and_how_to_get_help() {
    let mut chat = Chat::open("ja");
    let seen = [Command::Forget, Command::Unknown("foo".to_owned())]
        .map(|command| chat.does(&Input::Command(command)));
    assert_snapshot!(seen.join("\n====\n"), @r"
    あなたの記録をすべて消しますか。
    消えるもの：会話の記録、担当者との相談、行事のお知らせの設定と申し込み、送信を待っているお知らせ。相談中のときは、相談もここで終わります。担当者のグループにある、あなたとの話の場所も消します。
    残るもの：だれのものか分からない件数と質問の文、Telegram自身に残るメッセージ。担当者のグループに届いた申し込みの知らせは、担当者が消します。
    消したものは元に戻せません。
    [すべて消す]
    [消さない]
    [自分の記録を見る]
    ====
    知りたいことを、ふつうの言葉で書いてください。次のコマンドも使えます。

    /start はじめの案内を見る
    /menu 話題から選ぶ
    /help 使い方を見る
    /language 言葉を変える
    /events 行事について見る
    /reminders 行事の通知について見る
    /human 担当者に聞く
    /mydata 自分の記録を見る
    /forget 自分の記録を消す
    /privacy 保存されるものを見る

    例：「家を買うとお金が出ますか」「空き家の改修に補助は出ますか」
    ");
    assert_eq!(
        commands(phrases(), Lang::En)[1],
        ("menu", "Choose a topic".to_owned())
    );
}

#[test]
fn an_old_button_leads_to_the_menu() {
    let mut chat = Chat::open("ja");
    let forged = Input::Tap {
        button: Err(StaleButton),
        message: None,
    };
    assert_snapshot!(chat.does(&forged), @r"
    (古いボタンです。)
    ----
    このボタンは古くなりました。メニューから選び直してください。
    [メニューを開く]
    ");
    assert_eq!(chat.taps(Button::Show(id("gone"))), chat.does(&forged));
}

#[test]
fn a_mover_who_left_is_not_written_to_until_they_return() {
    let mut chat = Chat::open("fr");
    assert_eq!(chat.does(&Input::Left), "");
    assert!(!chat.conversation().reachable);
    assert_eq!(chat.does(&Input::Returned), "");
    assert!(chat.conversation().reachable);
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

/// What Telegram would refuse, and what nobody could read.
fn assert_deliverable(step: &Step) {
    for outgoing in &step.outgoing {
        let (Act::Send { html, buttons, .. }
        | Act::EditAnswer { html, buttons, .. }
        | Act::Edit { html, buttons, .. }) = &outgoing.act
        else {
            panic!("a conversation does not do this: {outgoing:?}")
        };
        let plain = html.plain();
        assert!(!plain.trim().is_empty());
        assert!(plain.encode_utf16().count() <= MESSAGE_LIMIT, "{plain}");
        for face in buttons.0.iter().flatten() {
            assert!(!face.label.is_empty());
            if let ButtonDoes::Callback(data) = &face.does {
                assert!(
                    data.len() <= CALLBACK_LIMIT && Button::decode(data).is_ok(),
                    "{data}"
                );
            }
        }
    }
}

fn entry_id() -> impl Strategy<Value = EntryId> {
    proptest::sample::select(vec![
        "subsidy-myhome-shienkin",
        "farm-tour",
        "gap-prices",
        "work-3",
        "gone",
    ])
    .prop_map(id)
}

fn button() -> impl Strategy<Value = Button> {
    prop_oneof![
        entry_id().prop_map(Button::Show),
        entry_id().prop_map(Button::Choose),
        entry_id().prop_map(Button::Right),
        entry_id().prop_map(Button::NotThis),
        entry_id().prop_map(Button::TellMe),
        Just(Button::NoneOfThese),
        Just(Button::Human),
        Just(Button::Languages),
        proptest::sample::select(Lang::ALL.to_vec()).prop_map(Button::Language),
        (proptest::option::of("work|gap|subsidy"), any::<u8>())
            .prop_map(|(category, page)| Button::Menu { category, page }),
    ]
}

fn input() -> impl Strategy<Value = Input> {
    let known = "(家を買う|補助金|家賃|人と話|死にたい|house|language|通知|苦情){1,2}";
    let text = prop_oneof!["\\PC{0,60}", known, "(<b>&\u{0}|😀|\u{200b}|長い){0,900}"];
    let command = prop_oneof![
        proptest::option::of("[A-Za-z0-9_-]{1,64}").prop_map(Command::Start),
        Just(Command::Events),
        Just(Command::Human),
        Just(Command::Menu),
        "\\PC{0,20}".prop_map(Command::Unknown),
    ];
    prop_oneof![
        3 => (text, 1..5, any::<bool>()).prop_map(|(text, message, edited)| Input::Question {
            text,
            message: MessageId(message),
            edited,
        }),
        3 => (button(), any::<bool>()).prop_map(|(button, reachable)| Input::Tap {
            button: Ok(button),
            message: reachable.then_some(MessageId(70)),
        }),
        1 => command.prop_map(Input::Command),
        1 => Just(Input::Left),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_every_message_can_be_delivered(
        tag in proptest::sample::select(vec!["ja", "ja-simple", "en", "fr"]),
        inputs in proptest::collection::vec(input(), 1..12),
    ) {
        let now = Chat::open("ja").now;
        let mut conversation = Conversation::with_newcomer(UserId(7), Some(tag), now);
        for input in &inputs {
            let step = step(conversation, input, &senses(), now);
            assert_deliverable(&step);
            prop_assert!(matches!(input, Input::Left) != step.conversation.reachable);
            conversation = step.conversation;
        }
    }
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
