//! The form by which movers sign up: what comes between, what is said in other ways, what is left lying.

use annaka_concierge::events::EventId;
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{
    harness::town,
    signups::{news, opens_form, signs_up, three_days, tour},
};

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
        assert_snapshot!(anna.asks("大人2人と子ども1人").await, @"参加される方全員の人数を、1から20までの数字で書いてください。それより多いときは、担当者にご相談ください。");
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
        let _ = mio.says("/close 解決した");
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
            assert!(
                heard.starts_with("参加される方全員の人数を"),
                "{unclear}: {heard}"
            );
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
