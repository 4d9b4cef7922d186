//! Movers sign up for events in the chat, and staff decide.

use std::num::NonZeroU32;

use annaka_concierge::{
    emulator::town as ids,
    events::{Event, Kind, SignUp},
};
use insta::assert_snapshot;

use crate::{
    calendar::{event, in_full},
    harness::{Town, town},
    mover::Actor,
};

/// A farming tour with so many places, for which one signs up in the chat.
pub(crate) fn tour(capacity: u32) -> Event {
    let tour = in_full(event(
        7,
        "農業体験ツアー",
        "2027-03-06 10:00-15:00",
        Kind::Farming,
    ));
    Event {
        audience: None,
        contact: None,
        sign_up: Some(SignUp {
            in_chat: true,
            capacity: NonZeroU32::new(capacity),
            deadline: "2027-03-01T08:00:00Z".parse().ok(),
            ..SignUp::default()
        }),
        ..tour
    }
}

/// The same on each of three days.
pub(crate) fn three_days(capacity: u32) -> Event {
    Event {
        when: event(7, "x", "2027-03-06〜2027-03-08", Kind::Farming).when,
        ..tour(capacity)
    }
}

/// Opens the event's card and begins to sign up; the form's first question.
pub(crate) async fn opens_form(mover: &Actor<'_>) -> String {
    mover.starts("ev_s-7");
    let _ = mover.hears().await;
    mover.chooses("申し込む").await
}

/// Somebody signs up, with no note.
pub(crate) async fn signs_up(mover: &Actor<'_>, name: &str, people: &str) -> String {
    let _ = opens_form(mover).await;
    let _ = mover.asks(name).await;
    let _ = mover.asks(people).await;
    let _ = mover.chooses("ありません").await;
    mover.chooses("この内容で申し込む").await
}

/// The newest message in General.
pub(crate) async fn news(t: &Town) -> String {
    t.idle().await;
    t.general().pop().unwrap_or_default()
}

#[tokio::test]
async fn a_mover_signs_up_question_by_question() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        anna.starts("ev_s-7");
        assert_snapshot!(anna.hears().await, @r"
        農業体験ツアー

        日時：2027年3月6日(土)10:00〜15:00
        場所：松井田文化会館（安中市松井田町）
        対象：不明
        料金：無料
        申し込み：このチャットから
        申し込みの期限：2027年3月1日(月)17:00
        定員：20人
        問い合わせ：不明

        この情報：2026年11月20日時点
        [申し込む]
        [この行事の通知を受ける]
        [地図を見る] [カレンダーに入れる]
        [この行事を人に送る ↗]
        [行事の一覧を見る]
        ");
        assert_snapshot!(anna.chooses("申し込む").await, @r"
        「農業体験ツアー」に申し込みます。
        当日お呼びするお名前、人数など、受け付けに必要なことだけをお聞きします。見るのは担当者だけで、受け付けのためだけに使い、ボットの記録は行事の30日後に消します。電話番号は要りません。連絡はこのチャットでします。

        （1/3）当日お呼びするお名前を書いてください。ニックネームでもかまいません。
        [やめる]
        ");
        assert_snapshot!(anna.asks("山田はなこ").await, @r"
        （2/3）何人で参加しますか。下から選ぶか、数を書いてください。
        [1人] [2人] [3人] [4人] [5人]
        [やめる]
        ");
        assert_snapshot!(anna.chooses("2人").await, @r"
        （3/3）担当者に伝えておきたいことがあれば、300字までで書いてください。
        [ありません]
        [やめる]
        ");
        assert_snapshot!(anna.asks("子どもは5歳です。長靴は借りられますか。").await, @r"
        この内容で申し込みますか。まだ送っていません。

        農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：山田はなこ
        人数：2人
        メモ：子どもは5歳です。長靴は借りられますか。
        [この内容で申し込む]
        [書き直す]
        [やめる]
        ");
        assert_snapshot!(anna.chooses("この内容で申し込む").await, @r"
        edited: 申し込みを受け付けました。まだ確定していません。担当者が確認して、ここでお知らせします。

        農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：山田はなこ
        人数：2人
        メモ：子どもは5歳です。長靴は借りられますか。
        [申し込みを取り消す]
        ");
        assert!(anna.hears().await.is_empty(), "nothing is settled yet");
    })
    .await;
}

#[tokio::test]
async fn staff_confirm_from_a_card_and_the_mover_is_told_and_reminded() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = signs_up(&anna, "山田はなこ", "2").await;
        assert_snapshot!(news(t).await, @r"
        新しい申し込みです

        行事：農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：山田はなこ
        人数：2人
        言語：日本語

        確定：0 / 定員20人
        [確定する]
        [キャンセル待ちにする] [お断りする]
        ");
        let mio = t.mio();
        assert_eq!(mio.taps_in_general("確定する").await, "確定しました。");
        assert_snapshot!(news(t).await, @r"
        状態：確定（みおさん）

        行事：農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：山田はなこ
        人数：2人
        言語：日本語

        確定：2 / 定員20人
        [お断りする]
        ");
        assert_snapshot!(anna.hears().await, @r"
        「農業体験ツアー」の申し込みが確定しました。お待ちしています。

        日時：2027年3月6日(土)10:00〜15:00
        場所：松井田文化会館（安中市松井田町）
        名前：山田はなこ
        人数：2人
        [カレンダーに入れる] [詳しく見る]
        [申し込みを取り消す]
        ");
        anna.starts("ev_s-7");
        let card = anna.hears().await;
        assert!(
            card.contains("お申し込み：2人で確定しています。\n[申し込みを取り消す]"),
            "{card}"
        );
        t.clock_shows("2027-03-05T10:00");
        let heard = anna.hears().await;
        assert!(heard.contains("明日です：農業体験ツアー"), "{heard}");
        assert!(heard.contains("お申し込み：2人で確定しています。"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn when_it_is_full_the_next_who_fits_is_offered_what_becomes_free() {
    town(async |t| {
        t.announces(&[tour(4)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let taro = t.newcomer("太郎", "ja");
        let jiro = t.newcomer("次郎", "ja");
        let _ = signs_up(&anna, "花子", "4").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;

        taro.starts("ev_s-7");
        let _ = taro.hears().await;
        let why = taro.chooses("申し込む").await;
        assert!(why.contains("今は満員です。申し込むと、キャンセル待ちになります。"), "{why}");
        let _ = taro.chooses("やめる").await;
        let told = signs_up(&taro, "太郎", "3人").await;
        assert!(told.contains("今は満員です。空きがあれば、ここでお知らせします。"), "{told}");
        assert_snapshot!(mio.taps_in_general("確定する").await, @"満員です。定員4人のうち4人が確定していて、この申し込みは3人です。");
        let _ = mio.taps_in_general("キャンセル待ちにする").await;
        assert_snapshot!(taro.hears().await, @r"
        「農業体験ツアー」は満員のため、キャンセル待ちになりました。空きがあれば、ここでお知らせします。
        [申し込みを取り消す]
        ");
        let _ = signs_up(&jiro, "次郎", "1").await;
        let _ = mio.taps_in_general("キャンセル待ちにする").await;
        let _ = jiro.hears().await;

        let _ = anna.asks("/events").await;
        let _ = anna.chooses("3月6日(土) 農業体験ツアー").await;
        assert_snapshot!(anna.chooses("申し込みを取り消す").await, @r"
        「農業体験ツアー」の申し込みを取り消しますか。
        [取り消す] [そのままにする]
        ");
        assert_snapshot!(anna.chooses("取り消す").await, @r"
        edited: 「農業体験ツアー」の申し込みを取り消しました。担当者にも伝えました。
        [行事の一覧を見る]
        ");
        t.idle().await;
        let general = t.general();
        assert_snapshot!(general[general.len() - 2], @r"
        申し込みが取り消されました

        行事：農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：花子
        人数：4人
        状態：確定

        確定：0 / 定員4人
        ");
        assert_snapshot!(general[general.len() - 1], @r"
        空きに入れる、キャンセル待ちの最初の方です

        行事：農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：太郎
        人数：3人
        言語：日本語

        確定：0 / 定員4人
        [確定する] [お断りする]
        ");
        assert_eq!(mio.taps_in_general("確定する").await, "確定しました。");
        assert!(taro.hears().await.contains("申し込みが確定しました"));
        assert_eq!(jiro.hears().await, "", "they still wait");
    })
    .await;
}

#[tokio::test]
async fn a_declined_mover_hears_it_kindly_and_staff_can_think_again() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        assert_eq!(mio.taps_in_general("お断りする").await, "お断りしました。");
        assert_snapshot!(anna.hears().await, @r"
        申し訳ありません。「農業体験ツアー」の申し込みは、お受けできませんでした。理由は、担当者にお尋ねください。
        [担当者に聞く]
        [行事の一覧を見る]
        ");
        assert_eq!(t.ken().taps_in_general("確定する").await, "確定しました。");
        let heard = anna.hears().await;
        assert!(heard.starts_with("「農業体験ツアー」の申し込みが確定しました。"), "{heard}");
        assert_eq!(mio.taps_in_general("お断りする").await, "お断りしました。");
        let heard = anna.hears().await;
        assert!(heard.contains("お受けできなくなりました。"), "{heard}");
        t.clock_shows("2027-03-05T12:00");
        assert_eq!(anna.hears().await, "", "who does not come is not reminded");
    })
    .await;
}

#[tokio::test]
async fn of_two_for_the_last_place_one_gets_it() {
    town(async |t| {
        t.announces(&[tour(2)]).await;
        let (anna, taro) = (t.anna(), t.newcomer("太郎", "ja"));
        let _ = signs_up(&anna, "花子", "2").await;
        let first = t.in_general().pop().unwrap().id;
        let _ = signs_up(&taro, "太郎", "1").await;
        let second = t.in_general().pop().unwrap().id;
        let (mio, ken) = (t.mio(), t.ken());
        let (group, tap) = (t.group(), &t.emulator);
        tap.forge_tap(mio.id(), group, first, "s1:c:s-7:1").unwrap();
        tap.forge_tap(ken.id(), group, second, "s1:c:s-7:2").unwrap();
        t.idle().await;
        let notes = [mio.noted(), ken.noted()];
        assert_snapshot!(notes.join("\n"), @r"
        確定しました。
        満員です。定員2人のうち2人が確定していて、この申し込みは1人です。
        ");
        assert!(anna.hears().await.contains("確定しました"));
        assert_eq!(taro.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn an_outsiders_tap_decides_nothing() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, ben) = (t.anna(), t.ben());
        let _ = signs_up(&anna, "花子", "2").await;
        let card = t.in_general().pop().unwrap().id;
        let outsider = t.staff(ids::BEN);
        let note = outsider.forges_tap(t.group(), card, "s1:c:s-7:1").await;
        assert_eq!(note, "相談デスクの人だけが使えます。");
        let own = ben.says("hello");
        let _ = ben.hears().await;
        let _ = outsider.forges_tap(ids::BEN, own, "s1:c:s-7:1").await;
        let _ = ben.hears().await;
        assert_eq!(anna.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn staff_see_who_comes_and_get_a_table() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let taro = t.newcomer("太郎", "ja");
        mio.says_in_general("/signups");
        assert_eq!(news(t).await, "申し込みのある、これからの行事はありません。");
        let _ = signs_up(&anna, "=SUM(A1)", "2").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;
        let _ = signs_up(&taro, "太郎, 次郎", "3").await;
        mio.says_in_general("/signups");
        assert_snapshot!(news(t).await, @r"
        申し込みのある、これからの行事
        [3月6日(土) 農業体験ツアー（確定2人、未決1件）]
        ");
        let _ = mio
            .taps_in_general("3月6日(土) 農業体験ツアー（確定2人、未決1件）")
            .await;
        assert_snapshot!(news(t).await, @r"
        農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00

        確定：2 / 定員20人
        キャンセル待ち：0件（0人）

        未決：1件（3人）
        ・太郎, 次郎（3人）
        [太郎, 次郎（3人）を見る]
        [CSVで受け取る] [一覧に戻る]
        ");
        let _ = mio.taps_in_general("太郎, 次郎（3人）を見る").await;
        let card = news(t).await;
        assert!(card.contains("名前：太郎, 次郎"), "{card}");
        let _ = mio.taps_in_general("CSVで受け取る").await;
        let sent = t.in_general().pop().unwrap();
        assert_eq!(sent.media.unwrap().file_name.as_deref(), Some("s-7.csv"));
        assert_eq!(
            sent.text,
            "農業体験ツアー：申し込みの一覧。個人の情報です。用が済んだら消してください。"
        );
        let address = format!("{}/file/bot{}/files/file1", t.emulator.url(), ids::TOKEN);
        let table = reqwest::get(address).await.unwrap().bytes().await.unwrap();
        assert_eq!(
            String::from_utf8(table.to_vec()).unwrap(),
            "\u{feff}状態,申込日時,名前,人数,希望日,メモ,言語\r\n\
             確定,2026-11-21 19:00,'=SUM(A1),2,,,日本語\r\n\
             未決,2026-11-21 19:01,\"太郎, 次郎\",3,,,日本語\r\n"
        );
    })
    .await;
}

#[tokio::test]
async fn each_day_has_its_own_places() {
    town(async |t| {
        t.announces(&[three_days(2)]).await;
        let (ben, mio) = (t.ben(), t.mio());
        ben.starts("ev_s-7");
        let _ = ben.hears().await;
        let _ = ben.chooses("Sign up").await;
        let _ = ben.asks("Ben").await;
        let _ = ben.asks("two").await;
        let _ = ben.asks("3/7").await;
        let _ = ben.chooses("Nothing to add").await;
        let _ = ben.chooses("Send this").await;
        let _ = mio.taps_in_general("確定する").await;
        assert_snapshot!(ben.hears().await, @r"
        Your place at “農業体験ツアー” is confirmed. See you there.

        When: Sat 6 Mar 2027 to Mon 8 Mar 2027
        Where: 松井田文化会館（安中市松井田町）
        Name: Ben
        People: 2
        Day: Sun 7 Mar 2027
        [Add to my calendar] [Read more]
        [Cancel my sign-up]
        ");
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        let _ = anna.asks("花子").await;
        let _ = anna.asks("1").await;
        let heard = anna.asks("3月7日").await;
        assert!(heard.starts_with("3月7日(日)は満員です。"), "{heard}");
    })
    .await;
}
