//! The menu, the help, and commands nobody has.

use insta::assert_snapshot;

use crate::harness::town;

#[tokio::test]
async fn the_menu_turns_its_pages_and_goes_back_in_one_message() {
    town(async |t| {
        let topics = t.anna().asks("/menu").await;
        assert_snapshot!(topics, @r"
        知りたい話題を選んでください。
        [補助金] [空き家]
        [住まい] [農業]
        [子育て] [教育]
        [医療と健康] [仕事]
        [交通] [行事]
        [地域の活動] [暮らし]
        [安全と防災] [観光]
        [相談先] [市の計画と統計]
        [インターネット] [福祉]
        [ほかの市]
        ");
        let first = t.anna().chooses("子育て").await;
        assert!(first.starts_with("edited: 子育て(1／"), "{first}");
        assert!(first.ends_with("[次を見る]\n[話題に戻る]"), "{first}");
        let second = t.anna().chooses("次を見る").await;
        assert!(second.starts_with("edited: 子育て(2／"), "{second}");
        assert!(second.contains("[前を見る]"), "{second}");
        let back = t.anna().chooses("前を見る").await;
        assert_eq!(back, first);
        assert_eq!(t.anna().chooses("話題に戻る").await, format!("edited: {topics}"));
        assert_eq!(t.anna().answers(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_line_of_the_menu_leads_to_its_answer() {
    town(async |t| {
        let _ = t.anna().asks("/menu").await;
        let page = t.anna().chooses("補助金").await;
        let label = page.lines().nth(1).unwrap().trim_matches(['[', ']']);
        let answer = t.anna().chooses(label).await;
        assert!(answer.contains("出典："), "{answer}");
    })
    .await;
}

#[tokio::test]
async fn help_names_every_command_and_an_unknown_command_leads_there() {
    town(async |t| {
        let help = t.ben().asks("/help").await;
        for command in [
            "/start",
            "/menu",
            "/help",
            "/language",
            "/events",
            "/human",
            "/privacy",
        ] {
            assert!(help.contains(command), "{command} is missing: {help}");
        }
        assert_eq!(t.ben().asks("/teleport home").await, help);
    })
    .await;
}
