//! Movers sign up for events in the chat, and staff decide.

use std::num::NonZeroU32;

use annaka_concierge::{
    emulator::town as ids,
    events::{Event, EventId, Kind, SignUp, Standing},
};
use insta::assert_snapshot;
use jiff::SignedDuration;

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
fn three_days(capacity: u32) -> Event {
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
async fn signs_up(mover: &Actor<'_>, name: &str, people: &str) -> String {
    let _ = opens_form(mover).await;
    let _ = mover.asks(name).await;
    let _ = mover.asks(people).await;
    let _ = mover.chooses("ありません").await;
    mover.chooses("この内容で申し込む").await
}

/// The newest message in General.
async fn news(t: &Town) -> String {
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
        [この行事を通知する]
        [地図を見る] [カレンダーに入れる]
        [行事を知らせる ↗]
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
async fn a_request_can_be_changed_until_it_is_confirmed() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let old = t.in_general().pop().unwrap().id;
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        let _ = anna.chooses("申し込みを変える").await;
        let _ = anna.asks("花子").await;
        let _ = anna.asks("五人").await;
        let _ = anna.chooses("ありません").await;
        let _ = anna.chooses("この内容で申し込む").await;
        let card = news(t).await;
        assert!(card.starts_with("申し込みの内容が変わりました"), "{card}");
        assert!(card.contains("人数：5人"), "{card}");
        let note = mio.forges_tap(t.group(), old, "s1:c:s-7:1").await;
        assert_eq!(
            note,
            "この申し込みは、内容が変わったか、もうありません。新しい連絡を見てください。"
        );
        assert_eq!(anna.hears().await, "");
        let _ = mio.taps_in_general("確定する").await;
        assert!(anna.hears().await.contains("人数：5人"));
        let again = anna.chooses("申し込みを変える").await;
        assert!(again.contains("申し込みはもう確定しています。"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn after_the_deadline_nobody_can_sign_up_also_not_who_has_begun_to() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        t.clock_shows("2027-03-01T16:50");
        let _ = opens_form(&anna).await;
        let _ = anna.asks("花子").await;
        t.clock_shows("2027-03-01T17:05");
        assert_snapshot!(anna.chooses("2人").await, @r"
        申し込みは2027年3月1日(月)17:00に締め切りました。
        [詳しく見る]
        [担当者に聞く]
        ");
        anna.starts("ev_s-7");
        let card = anna.hears().await;
        assert!(!card.contains("[申し込む]"), "{card}");
        assert_eq!(t.general().len(), 0);
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
async fn a_question_amid_the_form_is_answered_and_the_form_goes_on() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        let heard = anna.asks("安中市移住支援金はだれが対象ですか").await;
        assert!(heard.starts_with("安中市移住支援金は"), "{heard}");
        assert!(
            heard.contains("----\n申し込みの続きです。\n（1/3）当日お呼びするお名前"),
            "{heard}"
        );
        let heard = anna.asks("はるか").await;
        assert!(heard.starts_with("（2/3）何人で"), "{heard}");
        let heard = anna.asks("/menu").await;
        assert!(!heard.contains("申し込みの続き"), "a command leaves the form alone: {heard}");
        assert_snapshot!(anna.asks("大人2人と子ども1人").await, @"合わせた人数を、1から20までの一つの数で書いてください。21人以上のときは、担当者にご相談ください。");
        let heard = anna.asks("死にたい").await;
        assert!(heard.contains("119"), "{heard}");
        assert!(!heard.contains("申し込みの続き"), "{heard}");
        let heard = anna.asks("３人").await;
        assert!(heard.starts_with("（3/3）"), "{heard}");
        assert_snapshot!(anna.asks("やめる").await, @r"
        申し込むのをやめました。書いた内容は消しました。
        [メニューを開く]
        ");
        let heard = anna.chooses("ありません").await;
        assert!(heard.starts_with("書きかけの申し込みは、もうありません。"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_form_that_is_left_lying_is_forgotten_after_half_an_hour() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        t.advance(SignedDuration::from_mins(31));
        let heard = anna.asks("山田花子").await;
        assert!(!heard.contains("2/3"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn a_power_cut_amid_the_form_and_the_decision_loses_nothing() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        let _ = anna.asks("花子").await;
        t.crash().await;
        t.start();
        let heard = anna.asks("2").await;
        assert!(heard.starts_with("（3/3）"), "{heard}");
        t.restart().await;
        let _ = anna.chooses("ありません").await;
        let _ = anna.chooses("この内容で申し込む").await;
        t.crash().await;
        t.start();
        t.idle().await;
        assert_eq!(t.times_in_group("新しい申し込みです"), 1);
        let _ = t.mio().taps_in_general("確定する").await;
        assert!(anna.hears().await.contains("確定しました"));
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
async fn a_cancelled_event_is_told_to_everybody_who_signed_up() {
    town(async |t| {
        t.announces(&[tour(2)]).await;
        let (anna, taro, mio) = (t.anna(), t.newcomer("太郎", "ja"), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;
        let _ = signs_up(&taro, "太郎", "1").await;
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..tour(2)
        };
        t.announces(&[cancelled]).await;
        for mover in [&anna, &taro] {
            let heard = mover.hears().await;
            assert!(heard.starts_with("中止になりました：農業体験ツアー"), "{heard}");
        }
        assert_eq!(
            mio.taps_in_general("確定する").await,
            "この行事は中止になったか、終わっています。"
        );
        assert_eq!(taro.hears().await, "");
    })
    .await;
}

#[tokio::test]
async fn who_signed_up_hears_of_the_end_also_without_reminders() {
    town(async |t| {
        let unsure = Event {
            standing: Standing::Unconfirmed,
            ..tour(2)
        };
        t.announces(std::slice::from_ref(&unsure)).await;
        let (anna, ben) = (t.anna(), t.newcomer("太郎", "ja"));
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("すべての通知をやめる").await;
        let _ = ben.asks("/events").await;
        let _ = ben.chooses("新しい行事を通知する").await;
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..unsure
        };
        t.announces(&[cancelled]).await;
        t.advance(SignedDuration::from_secs(1));
        let heard = anna.hears().await;
        assert!(heard.starts_with("中止になりました：農業体験ツアー"), "{heard}");
        assert_eq!(
            ben.hears().await,
            "",
            "who never heard of it does not hear of its end"
        );
    })
    .await;
}

#[tokio::test]
async fn for_an_event_of_several_days_one_chooses_a_day_in_ones_own_language() {
    town(async |t| {
        t.announces(&[three_days(2)]).await;
        let ben = t.ben();
        ben.starts("ev_s-7");
        let _ = ben.hears().await;
        assert_snapshot!(ben.chooses("Sign up").await, @r"
        Signing up for “農業体験ツアー”
        I only ask what is needed on the day: a name to call you by, how many you are, and the like. Only our staff see it, and it is used for nothing else. The bot deletes its record 30 days after the event. No phone number is needed; we will write to you here.

        (1/4) What name shall we call you by? A nickname is fine.
        [Stop]
        ");
        let _ = ben.asks("Ben").await;
        assert_snapshot!(ben.chooses("2").await, @r"
        (3/4) On which day are you coming?
        [Sat 6 Mar] [Sun 7 Mar]
        [Mon 8 Mar]
        [Stop]
        ");
        assert_snapshot!(ben.chooses("Sun 7 Mar").await, @r"
        (4/4) Is there anything our staff should know? Up to 300 characters.
        [Nothing to add]
        [Stop]
        ");
        assert_snapshot!(ben.chooses("Nothing to add").await, @r"
        Shall I send this? It has not been sent yet.

        農業体験ツアー
        When: Sat 6 Mar 2027 to Mon 8 Mar 2027
        Name: Ben
        People: 2
        Day: Sun 7 Mar 2027
        [Send this]
        [Start again]
        [Stop]
        ");
        assert_snapshot!(ben.chooses("Send this").await, @r"
        edited: Your sign-up has been received. It is not confirmed yet; our staff will tell you here.

        農業体験ツアー
        When: Sat 6 Mar 2027 to Mon 8 Mar 2027
        Name: Ben
        People: 2
        Day: Sun 7 Mar 2027
        [Cancel my sign-up]
        ");
        let card = news(t).await;
        assert!(card.contains("希望日：2027年3月7日(日)\n言語：英語\n\n3月7日(日) 確定：0 / 定員2人"), "{card}");
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

#[tokio::test]
async fn what_was_asked_is_forgotten_thirty_days_after_the_event() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let _ = signs_up(&t.anna(), "花子", "2").await;
        let event = EventId::of_staff(7);
        let swept = async || {
            // Whatever a bot began before it was stopped is done.
            t.restart().await;
            t.restart().await;
            t.idle().await;
        };
        // A clock that leapt by months is believed after a day.
        t.clock_shows("2027-04-04T14:00");
        swept().await;
        t.clock_shows("2027-04-05T14:59");
        swept().await;
        assert!(t.app().store().sign_ups(&event).await.unwrap().is_some());
        let _ = t.anna().hears().await;
        t.clock_shows("2027-04-05T15:00");
        swept().await;
        let left = t.app().store().sign_ups(&event).await.unwrap();
        assert_eq!(left, None);
    })
    .await;
}

#[tokio::test]
async fn while_a_person_has_the_conversation_no_form_is_begun() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = t.mio_has_anna().await;
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        assert_snapshot!(anna.chooses("申し込む").await, @"今は担当者とお話し中です。申し込みたいことを、このまま担当者にお書きください。");
        anna.says("2人で申し込みたいです");
        let passed_on = t.desk_reads().await;
        assert!(passed_on.contains("2人で申し込みたいです"), "{passed_on}");
        let _ = mio.says("/close");
        let _ = anna.hears().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_sent_stands_whatever_is_tapped_afterwards() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = signs_up(&anna, "山田はなこ", "2").await;
        // Under the question for the name.
        assert_snapshot!(anna.chooses("やめる").await, @r"
        edited: お申し込み：2人、まだ確定していません。

        農業体験ツアー
        日時：2027年3月6日(土)10:00〜15:00
        名前：山田はなこ
        人数：2人
        [申し込みを取り消す]
        ");
        let _ = anna.hears().await;
        assert!(
            t.app()
                .store()
                .sign_ups(&EventId::of_staff(7))
                .await
                .unwrap()
                .is_some()
        );
    })
    .await;
}

#[tokio::test]
async fn an_earlier_question_does_not_take_the_answers_of_the_form() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("ほかの時を選ぶ").await;
        let _ = opens_form(&anna).await;
        let _ = anna.asks("山田です").await;
        let heard = anna.asks("3人").await;
        assert!(heard.starts_with("（3/3）"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn answers_are_taken_as_people_say_them() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        let _ = opens_form(&anna).await;
        for unclear in ["ちょっと待って", "ちょっと待って", "まだ決めていません"] {
            let heard = anna.asks(unclear).await;
            assert!(heard.starts_with("（1/3）"), "{unclear}: {heard}");
        }
        let _ = anna.asks("山田と申します").await;
        for unclear in ["一緒に行きたい", "十分です", "3歳の子もいい"] {
            let heard = anna.asks(unclear).await;
            assert!(heard.starts_with("合わせた人数を"), "{unclear}: {heard}");
        }
        let _ = anna.asks("2人で行きます").await;
        let check = anna.chooses("ありません").await;
        assert!(check.contains("名前：山田\n人数：2人"), "{check}");
        let sent = anna.asks("はい").await;
        assert!(sent.starts_with("申し込みを受け付けました。"), "{sent}");
        assert_eq!(t.times_in_group("新しい申し込みです"), 1);
        assert_eq!(t.general().len(), 1, "nobody else was called");
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        let _ = anna.chooses("申し込みを変える").await;
        let stopped = anna.asks("やっぱりやめます").await;
        assert!(stopped.starts_with("申し込むのをやめました。"), "{stopped}");
    })
    .await;
}

#[tokio::test]
async fn a_reminder_of_an_event_with_places_leads_to_the_form_and_then_to_withdrawing() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let anna = t.anna();
        anna.starts("ev_s-7");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事を通知する").await;
        let yuki = t.yuki();
        let _ = signs_up(&yuki, "ゆき", "2").await;
        let _ = t.mio().taps_in_general("確定する").await;
        let _ = yuki.hears().await;
        t.clock_shows("2027-02-27T10:05");
        let (invited, reminded) = (anna.hears().await, yuki.hears().await);
        assert!(invited.contains("\n[申し込む] [この通知をやめる]"), "{invited}");
        let row = "\n[申し込みを取り消す] [この通知をやめる]";
        assert!(reminded.contains(row), "{reminded}");
        t.clock_shows("2027-03-05T10:05");
        let too_late = anna.hears().await;
        assert!(too_late.contains("\n[この通知をやめる]"), "{too_late}");
        assert!(
            yuki.hears().await.contains(row),
            "a place can be given back to the last"
        );
    })
    .await;
}

#[tokio::test]
async fn a_place_that_is_given_does_not_end_a_pause() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = anna.asks("/reminders").await;
        let _ = anna.chooses("通知を休む").await;
        let _ = mio.taps_in_general("確定する").await;
        assert!(anna.hears().await.contains("確定しました"));
        t.clock_shows("2027-03-05T12:00");
        assert_eq!(anna.hears().await, "", "they wanted no reminders");
    })
    .await;
}

#[tokio::test]
async fn a_day_that_is_gone_is_told_to_staff_once_and_its_place_is_not_given_twice() {
    town(async |t| {
        t.announces(&[three_days(2)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let taro = t.newcomer("太郎", "ja");
        let asks_for = async |mover: &Actor<'_>, name: &str, people: &str, day: &str| {
            let _ = opens_form(mover).await;
            let _ = mover.asks(name).await;
            let _ = mover.asks(people).await;
            let _ = mover.asks(day).await;
            let _ = mover.chooses("ありません").await;
            mover.chooses("この内容で申し込む").await
        };
        let _ = asks_for(&anna, "花子", "2", "3月8日").await;
        let _ = mio.taps_in_general("確定する").await;
        let _ = anna.hears().await;
        anna.starts("ev_s-7");
        let card = anna.hears().await;
        assert!(
            card.contains("お申し込み：2人（3月8日(月)）で確定しています。"),
            "{card}"
        );
        let two_days = Event {
            when: event(7, "x", "2027-03-06〜2027-03-07", Kind::Farming).when,
            ..three_days(2)
        };
        t.announces(&[two_days]).await;
        assert_snapshot!(news(t).await, @"「農業体験ツアー」の日程が変わり、選んだ日がなくなった申し込みがあります：花子さん（2人）");
        t.restart().await;
        t.idle().await;
        assert_eq!(t.times_in_group("選んだ日がなくなった"), 1);
        let told = anna.hears().await;
        assert!(told.starts_with("日時や場所が変わりました"), "{told}");
        let told = asks_for(&taro, "太郎", "1", "3月7日").await;
        assert!(told.contains("今は満員です。"), "{told}");
        let note = mio.taps_in_general("確定する").await;
        assert!(note.starts_with("満員です。"), "{note}");
    })
    .await;
}

#[tokio::test]
async fn who_stays_away_is_not_kept_by_name() {
    town(async |t| {
        t.announces(&[tour(20)]).await;
        let (anna, mio) = (t.anna(), t.mio());
        let _ = signs_up(&anna, "花子", "2").await;
        let _ = mio.taps_in_general("お断りする").await;
        let card = news(t).await;
        assert!(
            card.contains("名前：花子"),
            "whoever decided sees on whom: {card}"
        );
        let kept = t.app().store().sign_ups(&EventId::of_staff(7)).await.unwrap();
        let kept = format!("{kept:?}");
        assert!(!kept.contains("花子"), "{kept}");
        let _ = anna.hears().await;
    })
    .await;
}
