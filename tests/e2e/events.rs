//! Events are found, looked at and followed.

use annaka_concierge::events::{Event, Kind, Standing};
use insta::assert_snapshot;

use crate::{
    calendar::{consultation, event, in_full},
    harness::town,
};

#[tokio::test]
async fn where_nothing_is_coming_the_bot_says_so_and_offers_to_tell() {
    town(async |t| {
        assert_snapshot!(t.anna().asks("/events").await, @r"
        日程を確認できた今後の行事は、今のところありません。
        新しい行事が決まったら、ここにお知らせできます。
        [5月9日(日) 安政遠足 侍マラソン（未確定）]
        [祭り]
        [新しい行事の通知を受ける]
        [通知の設定を見る] [メニューを開く]
        ");
        assert_snapshot!(t.anna().chooses("新しい行事の通知を受ける").await, @r"
        通知します。
        [通知の設定を見る]
        ");
    })
    .await;
}

#[tokio::test]
async fn the_coming_events_are_listed_by_day() {
    town(async |t| {
        let tour = event(2, "農業体験ツアー", "2027-03-06 10:00-15:00", Kind::Farming);
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..event(3, "移住セミナー", "2026-12-05 19:00-20:30", Kind::Seminar)
        };
        let unsure = Event {
            standing: Standing::Unconfirmed,
            ..event(4, "梅まつり", "2027-02-20〜2027-03-20", Kind::Festival)
        };
        t.announces(&[tour, consultation(), cancelled, unsure]).await;
        assert_snapshot!(t.anna().asks("/events").await, @r"
        これからの行事
        [12月5日(土) 移住セミナー（中止）]
        [2月14日(日) 空き家相談会]
        [2月20日(土) 梅まつり（未確定）]
        [3月6日(土) 農業体験ツアー]
        [5月9日(日) 安政遠足 侍マラソン（未確定）]
        [2026年12月] [2027年2月] [2027年3月]
        [2027年5月]
        [農業体験] [空き家] [祭り]
        [セミナー・講座]
        [新しい行事の通知を受ける]
        [通知の設定を見る] [メニューを開く]
        ");
        assert_snapshot!(t.anna().chooses("農業体験").await, @r"
        edited: これからの行事：農業体験
        [3月6日(土) 農業体験ツアー]
        [空き家] [祭り] [セミナー・講座]
        [すべての種類を見る]
        [農業体験の通知を受ける]
        [通知の設定を見る] [メニューを開く]
        ");
    })
    .await;
}

#[tokio::test]
async fn an_event_says_all_that_is_known_and_that_the_rest_is_not() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        let _ = t.anna().asks("/events").await;
        assert_snapshot!(t.anna().chooses("2月14日(日) 空き家相談会").await, @r"
        空き家相談会

        日時：2027年2月14日(日)9:30〜11:30
        場所：不明
        対象：不明
        料金：不明
        申し込み：不明
        問い合わせ：不明

        この情報：2026年11月20日時点
        [この行事の通知を受ける]
        [カレンダーに入れる]
        [この行事を人に送る ↗]
        [行事の一覧を見る]
        ");
        t.announces(&[in_full(consultation())]).await;
        let _ = t.anna().asks("/events").await;
        assert_snapshot!(t.anna().chooses("2月14日(日) 空き家相談会").await, @r"
        空き家相談会

        日時：2027年2月14日(日)9:30〜11:30
        場所：松井田文化会館（安中市松井田町）
        対象：空き家を探している人
        料金：無料
        申し込み：下のボタンのページから
        申し込みの期限：2027年2月10日(水)17:00
        定員：20人
        問い合わせ：都市整備課 027-000-0000

        この情報：2026年11月21日時点
        [この行事の通知を受ける]
        [申し込みページを開く ↗]
        [地図を見る] [カレンダーに入れる]
        [この行事を人に送る ↗]
        [行事の一覧を見る]
        ");
    })
    .await;
}

#[tokio::test]
async fn a_place_is_shown_on_the_map_and_an_event_goes_into_ones_calendar() {
    town(async |t| {
        t.announces(&[in_full(consultation())]).await;
        let anna = t.anna();
        anna.starts("ev_s-1");
        let _ = anna.hears().await;
        let _ = anna.chooses("地図を見る").await;
        assert_eq!(anna.last().media.unwrap().kind, "location");
        let _ = anna.chooses("カレンダーに入れる").await;
        let file = anna.last().media.unwrap();
        assert_eq!(
            (file.kind.as_str(), file.file_name.as_deref()),
            ("document", Some("s-1.ics"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_to_an_event_or_says_that_it_is_gone() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        t.ben().starts("ev_s-1");
        let heard = t.ben().hears().await;
        assert!(heard.starts_with("空き家相談会"), "{heard}");
        t.ben().starts("ev_s-99");
        assert_snapshot!(t.ben().hears().await, @r"
        I answer questions about moving to Annaka, using documents from the city and others.
        I am a bot; you can also ask for a person at any time.
        Each answer gives its source and date.
        [Open the menu]
        [How big is the Home Acquisition Grant?]
        [Who can get the Relocation Grant?]
        [Is there aid to renovate an old house?]
        [Change language] [Ask our staff]
        ----
        I cannot find what this link points to. Please write what you would like to know, or choose from the menu.
        [Open the menu]
        ");
    })
    .await;
}

#[tokio::test]
async fn an_event_that_is_over_says_so_first() {
    town(async |t| {
        t.announces(&[consultation()]).await;
        t.clock_shows("2027-02-14T12:00");
        t.anna().starts("ev_s-1");
        let heard = t.anna().hears().await;
        assert!(
            heard.contains("この行事は2027年2月14日に終わりました。"),
            "{heard}"
        );
        assert!(!heard.contains("通知する"), "{heard}");
    })
    .await;
}

#[tokio::test]
async fn everybody_can_subscribe_to_the_calendar_of_the_city() {
    town(async |t| {
        let cancelled = Event {
            standing: Standing::Cancelled,
            ..event(3, "移住セミナー", "2026-12-05 19:00-20:30", Kind::Seminar)
        };
        t.announces(&[in_full(consultation()), cancelled]).await;
        let answer = reqwest::get(t.http("/calendar.ics")).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/calendar; charset=utf-8");
        let text = answer.text().await.unwrap();
        let now = t.clock.now();
        let read = annaka_concierge::events::ics::read(&text, now);
        assert_eq!(read.problems, []);
        assert!(read.events.len() >= 2, "{text}");
        for title in ["空き家相談会", "移住セミナー"] {
            assert!(text.contains(title), "{text}");
        }
        assert!(text.contains("STATUS:CANCELLED"), "{text}");
    })
    .await;
}
