//! Conversations as the mover lives them: greetings, links, the menu, and what the bot says of itself.

use insta::assert_snapshot;

use crate::{
    conversation::{
        button::{Button, StaleButton},
        commands::commands,
        input::{Command, Input, Unreadable},
        menu::TOPICS,
        note::{Came, Note},
        sample::{Chat, id, phrases},
        starting::FREQUENT,
    },
    knowledge::{EntryId, folder::read_folder},
    lang::Lang,
    outgoing::MessageId,
};

mod answers;
mod anything;
mod people;

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
    通知を受けている行事はありません。
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
    [新しい行事の通知を受ける]
    [通知の設定を見る] [メニューを開く]
    ");
    chat.now = "2027-03-01T00:00:00Z".parse().unwrap();
    assert_snapshot!(chat.does(&Input::Command(Command::Events)), @r"
    日程を確認できた今後の行事は、今のところありません。
    新しい行事が決まったら、ここにお知らせできます。
    [祭りはいつですか]
    [新しい行事の通知を受ける]
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
