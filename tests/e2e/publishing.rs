//! Staff enter and change events, one detail after the other or by a file.

use annaka_concierge::emulator::{Fault, Method};
use insta::assert_snapshot;
use jiff::SignedDuration;

use crate::{calendar::consultation, harness::town};

/// What is told to many goes evenly: somebody may have to wait this long.
const SECOND: SignedDuration = SignedDuration::from_millis(1100);

const TABLE: &str = "NO,イベント名,開始日,開始時間,終了時間,場所名称\n\
    1,梅まつり,2027-02-20,,,秋間梅林\n\
    2,移住者交流会,2027-03-06,13:30,15:30,松井田文化会館\n";

#[tokio::test]
async fn staff_enter_an_event_by_a_short_talk() {
    town(async |t| {
        let mio = t.mio();
        assert_snapshot!(mio.asks_in_general("/event").await, @r"
        登録されている、これからの行事です。変えるときは、行事を押してください。

        カレンダーのファイル（.ics）や、自治体標準の「イベント一覧」（.csv）をここに送ると、まとめて登録できます。
        [5月9日(日) 安政遠足 侍マラソン（未確定）]
        [新しい行事を書く]
        ");
        let _ = mio.chooses_in_general("新しい行事を書く").await;
        assert_snapshot!(mio.asks_in_general("農業体験ツアー\n英語：Farming day").await, @r"
        日時を書いてください。例：2027-02-14 9:30-11:30、2月14日(日) 9時半〜11時半。日だけなら終日になります。
        [やめる]
        ");
        let refused = mio.asks_in_general("3月6日(日) 10時〜15時").await;
        assert_snapshot!(refused, @"その日は2027年3月6日(土)で、書かれた曜日と合いません。日か曜日を直して、もう一度書いてください。");
        let _ = mio.asks_in_general("3月6日(土) 10時〜15時").await;
        assert_snapshot!(mio.chooses_in_general("農業体験").await, @r"
        edited: ── 日本語 ──
        農業体験ツアー
        日程は、まだ確定していません。

        日時：2027年3月6日(土)10:00〜15:00
        場所：不明
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明

        この情報：2026年11月21日時点

        ── やさしい日本語 ──
        農業体験ツアー
        日にちは まだ 決まって いません。

        いつ：2027年3月6日(土よう日)10時から 15時まで
        どこ：わかりません
        だれの ため：わかりません
        お金：わかりません
        申(もう)し込(こ)み：わかりません
        聞く ところ：わかりません

        2026年11月21日の お知らせです

        ── English ──
        Farming day
        The date is not confirmed yet.

        When: Sat 6 Mar 2027, 10:00 (Japan time) to 15:00
        Where: not known
        For: not known
        Cost: not known
        Sign-up: not known
        Contact: not known

        As of 21 November 2026

        公開しても、お知らせは届きません。
        [名前] [日時] [場所]
        [住所] [地図の位置] [対象]
        [料金] [問い合わせ先] [説明]
        [申し込みページ] [申し込み期限] [定員]
        [種類] [ここで受け付ける]
        [日程を確定にする]
        [公開する] [やめる]
        ");
    })
    .await;
}

#[tokio::test]
async fn nothing_is_published_before_they_say_so() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("/events").await;
        let _ = anna.chooses("新しい行事の通知を受ける").await;
        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("新しい行事を書く").await;
        let _ = mio.asks_in_general("農業体験ツアー\n英語：Farming day").await;
        let _ = mio.asks_in_general("3月6日(土) 10時〜15時").await;
        let _ = mio.chooses_in_general("農業体験").await;
        let _ = mio.chooses_in_general("場所").await;
        let placed = mio.asks_in_general("松井田の畑").await;
        assert!(placed.contains("英語がまだない項目：場所"), "{placed}");
        let certain = mio.chooses_in_general("日程を確定にする").await;
        assert!(
            certain.contains("公開すると、1人にお知らせが届きます。"),
            "{certain}"
        );
        assert_eq!(anna.hears().await, "");
        assert_snapshot!(mio.chooses_in_general("公開する").await, @r"
        edited: 公開しました：農業体験ツアー
        [この行事を変える]
        ");
        t.advance(SECOND);
        assert_snapshot!(anna.hears().await, @r"
        新しい行事です：農業体験ツアー

        日時：2027年3月6日(土)10:00〜15:00
        場所：松井田の畑
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明
        [行きます] [この通知をやめる]
        [詳しく見る] [通知の設定を見る]
        ");
    })
    .await;
}

#[tokio::test]
async fn a_moved_and_then_cancelled_event_is_told_to_those_who_follow_it() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let (anna, mio) = (t.anna(), t.mio());
        anna.starts("ev_s-1");
        let _ = anna.hears().await;
        let _ = anna.chooses("この行事の通知を受ける").await;

        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("2月14日(日) 空き家相談会").await;
        let _ = mio.chooses_in_general("日時").await;
        let shown = mio.asks_in_general("2027-02-21 9:30-11:30").await;
        assert!(shown.contains("公開すると、1人にお知らせが届きます。"), "{shown}");
        let _ = mio.chooses_in_general("公開する").await;
        t.advance(SECOND);
        assert_snapshot!(anna.hears().await, @r"
        日時や場所が変わりました：空き家相談会
        変更前：2027年2月14日(日)9:30〜11:30

        日時：2027年2月21日(日)9:30〜11:30
        場所：不明
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明
        [行きます] [この通知をやめる]
        [詳しく見る] [通知の設定を見る]
        ");

        let _ = mio.chooses_in_general("この行事を変える").await;
        let _ = mio.chooses_in_general("行事を中止にする").await;
        let _ = mio.chooses_in_general("公開する").await;
        t.advance(SECOND);
        let told = anna.hears().await;
        assert!(told.contains("中止になりました：空き家相談会"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_button_publishes_what_stands_above_it_or_nothing() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let (mio, ken) = (t.mio(), t.ken());
        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("2月14日(日) 空き家相談会").await;
        let _ = mio.chooses_in_general("料金").await;
        let _ = mio.asks_in_general("無料").await;
        let old = t.in_general().into_iter().next_back().unwrap();
        let publish = old
            .buttons
            .iter()
            .flatten()
            .find(|button| button.label == "公開する")
            .unwrap();
        let data = publish.data.clone();
        let _ = mio.chooses_in_general("料金").await;
        let _ = mio.asks_in_general("500円").await;
        let group = t.group();
        assert_eq!(
            mio.forges_tap(group, old.id, &data).await,
            "この表示は古くなりました。一番新しい表示のボタンを押してください。"
        );
        assert_eq!(
            ken.taps_in_general("公開する").await,
            "これは、書き始めた人だけが操作できます。"
        );
        assert_eq!(
            t.app()
                .calendar()
                .all()
                .filter(|event| event.fee.is_some())
                .count(),
            0
        );
    })
    .await;
}

#[tokio::test]
async fn two_who_change_one_event_do_not_overwrite_each_other() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let (mio, ken) = (t.mio(), t.ken());
        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("2月14日(日) 空き家相談会").await;
        let _ = mio.chooses_in_general("料金").await;
        let _ = mio.asks_in_general("無料").await;
        let _ = ken.asks_in_general("/event").await;
        let _ = ken.chooses_in_general("2月14日(日) 空き家相談会").await;
        let _ = ken.chooses_in_general("対象").await;
        let _ = ken.asks_in_general("どなたでも").await;
        let _ = ken.chooses_in_general("公開する").await;
        assert_eq!(
            mio.taps_in_general("公開する").await,
            "この間に、ほかの人がこの行事を変えました。/event からもう一度開いてください。"
        );
    })
    .await;
}

#[tokio::test]
async fn talk_among_staff_is_no_answer() {
    town(async |t| {
        let (mio, ken) = (t.mio(), t.ken());
        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("新しい行事を書く").await;
        assert_eq!(ken.asks_in_general("今日は寒いですね").await, "");
        assert_eq!(mio.asks_in_general("// 名前は何だったかな").await, "");
        t.advance(SignedDuration::from_mins(61));
        assert_eq!(
            mio.asks_in_general("お先に失礼します").await,
            "",
            "an hour later nobody means it"
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_being_written_survives_a_restart() {
    town(async |t| {
        let mio = t.mio();
        let _ = mio.asks_in_general("/event").await;
        let _ = mio.chooses_in_general("新しい行事を書く").await;
        let _ = mio.asks_in_general("梅まつり").await;
        t.crash().await;
        t.start();
        let asked = mio.asks_in_general("2027-02-20〜2027-03-20").await;
        assert!(asked.contains("種類を選んでください。"), "{asked}");
        let shown = mio.chooses_in_general("祭り").await;
        assert!(shown.contains("梅まつり"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn a_table_is_read_shown_and_taken() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let _ = anna.asks("/events").await;
        let _ = anna.chooses("新しい行事の通知を受ける").await;
        let table = TABLE.replace(
            "松井田文化会館\n",
            "松井田文化会館\n3,,2027-03-07,,,\n4,謎の会,2027-02-30,,,\n",
        );
        let _ = mio.sends_file_in_general("イベント一覧.csv", table.as_bytes());
        assert_snapshot!(t.general_reads().await, @r"
        イベント一覧.csv を読みました。新しい行事 2件、変わる行事 0件、同じもの 0件。
        ・2027年2月20日(土)　梅まつり
        ・2027年3月6日(土)13:30〜15:30　移住者交流会

        取り込めない行が2件あります。直してからもう一度送れば、残りも取り込めます。
        4行目のイベント名：書かれていません。
        5行目の開始日：「2027-02-30」という日はありません。

        新しい行事は、一件ずつのお知らせはしません。日時の変更と中止は、すぐにお知らせします。
        [取り込む] [やめる]
        ");
        assert_snapshot!(mio.chooses_in_general("取り込む").await, @"edited: 取り込みました。新しい行事 2件、変わった行事 0件。");
        assert_eq!(anna.hears().await, "", "not one message for each row of a table");
        assert_snapshot!(anna.asks("/events").await, @r"
        これからの行事
        [2月20日(土) 梅まつり]
        [3月6日(土) 移住者交流会]
        [5月9日(日) 安政遠足 侍マラソン（未確定）]
        [2027年2月] [2027年3月] [2027年5月]
        [交流] [祭り]
        [「全行事」の通知をやめる]
        [通知の設定を見る] [メニューを開く]
        ");

        let _ = mio.sends_file_in_general("イベント一覧.csv", TABLE.as_bytes());
        assert_snapshot!(t.general_reads().await, @"イベント一覧.csv を読みました。新しい行事 0件、変わる行事 0件、同じもの 2件。");
    })
    .await;
}

#[tokio::test]
async fn a_calendar_file_moves_what_it_brought_and_everybody_hears() {
    town(async |t| {
        let (anna, mio) = (t.anna(), t.mio());
        let file = |day: &str, sequence: u32| {
            format!(
                "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//\r\nBEGIN:VEVENT\r\nUID:a@b\r\nSEQUENCE:{sequence}\r\n\
                 DTSTART;TZID=Asia/Tokyo:{day}T100000\r\nSUMMARY:移住セミナー\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
            )
        };
        let _ = mio.sends_file_in_general("events.ics", file("20270306", 0).as_bytes());
        let _ = t.general_reads().await;
        let _ = mio.chooses_in_general("取り込む").await;
        let _ = anna.asks("/events").await;
        let _ = anna.chooses("3月6日(土) 移住セミナー").await;
        let _ = anna.chooses("この行事の通知を受ける").await;
        let _ = mio.sends_file_in_general("events.ics", file("20270313", 1).as_bytes());
        let _ = t.general_reads().await;
        let _ = mio.chooses_in_general("取り込む").await;
        t.advance(SECOND);
        let told = anna.hears().await;
        assert!(told.contains("日時や場所が変わりました：移住セミナー"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_cannot_be_had_or_read_is_told() {
    town(async |t| {
        let mio = t.mio();
        let _ = mio.sends_file_in_general("events.ics", b"hello");
        assert_snapshot!(t.general_reads().await, @r"
        events.ics を読みました。新しい行事 0件、変わる行事 0件、同じもの 0件。

        取り込めない行が1件あります。直してからもう一度送れば、残りも取り込めます。
        1行目：カレンダーのファイルではありません。最初の行は BEGIN:VCALENDAR です。
        ");
        let _ = mio.sends_file_in_general("events.csv", &[b'a'; (2 << 20) + 1]);
        assert_snapshot!(t.general_reads().await, @"ファイルが大きすぎます。2MBまでにしてください。");
        t.next(Method::GetFile, Fault::ServerError { status: 500 });
        let _ = mio.sends_file_in_general("events.csv", TABLE.as_bytes());
        assert_snapshot!(t.general_reads().await, @"ファイルを受け取れませんでした。もう一度送ってください。");
        let _ = mio.sends_file_in_general("予算.xlsx", b"PK");
        assert_eq!(t.general_reads().await, "", "other files are talk among staff");
    })
    .await;
}

#[tokio::test]
async fn events_are_not_entered_in_a_movers_topic_nor_without_a_name() {
    town(async |t| {
        let (_anna, mio) = t.mio_has_anna().await;
        mio.says("/event");
        assert_snapshot!(t.desk_reads().await, @"行事の登録やお知らせは、相談のトピックの外（General）でお願いします。");
        let _ = mio.anonymously().says_in_general("/event");
        assert_snapshot!(t.general_reads().await, @"匿名の管理者のままでは書けません。ご自分の名前で送ってください。");
    })
    .await;
}
