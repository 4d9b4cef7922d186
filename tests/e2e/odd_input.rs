//! What people also send: pictures, nothing, far too much, and characters that mean something to machines.

use annaka_concierge::emulator::Kind;
use insta::assert_snapshot;

use crate::harness::town;

#[tokio::test]
async fn what_cannot_be_read_is_met_kindly_in_words_of_its_own() {
    town(async |t| {
        t.anna().sends(Kind::Voice);
        assert_snapshot!(t.anna().hears().await, @r"
        音声は聞き取れません。知りたいことを文字で書いてください。
        [メニューを開く]
        [担当者に聞く]
        ");
        let mut said = Vec::new();
        for kind in [
            Kind::Photo,
            Kind::Sticker,
            Kind::Document,
            Kind::Video,
            Kind::Location,
            Kind::Contact,
        ] {
            t.ben().sends(kind);
            said.push(t.ben().hears().await.lines().next().unwrap().to_owned());
        }
        assert_snapshot!(said.join("\n"), @r"
        I cannot read pictures. Please write what you would like to know.
        Thank you for the sticker. Please write your question in words.
        I cannot read files. Please write what you would like to know.
        I cannot watch videos. Please write what you would like to know.
        I cannot read locations. To ask about a place, please write its name.
        I cannot read contacts. If you would like to ask our staff, please use the button below.
        ");
    })
    .await;
}

#[tokio::test]
async fn a_message_without_words_is_asked_for_words() {
    town(async |t| {
        for nothing in [
            "😀😀🎉",
            "\u{200b}\u{200d}\u{feff}",
            "…",
            "？",
            "\u{202e}\u{202c}",
            "❤️",
        ] {
            let heard = t.anna().asks(nothing).await;
            assert!(
                heard.starts_with(
                    "言葉を読み取れませんでした。知りたいことを文字で書いてください。\n[メニューを開く]"
                ),
                "{nothing:?}: {heard}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_text_too_long_is_not_answered_but_kept() {
    town(async |t| {
        let heard = t.anna().asks(&"家を買いたいです。".repeat(556)).await;
        assert_snapshot!(heard, @r"
        一度に読めるのは2000字までです。短くして、もう一度お送りください。いただいた文章は残してあり、担当者に聞くこともできます。
        [担当者に聞く]
        ");
        let kept = t.anna().chooses("担当者に聞く").await;
        assert!(kept.ends_with("家を買いたいで…") || kept.ends_with('…'), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn signs_that_mean_something_to_machines_come_back_as_they_were() {
    for odd in [
        "<b>家</b> & <a href=\"tg://user?id=1\">x</a> &lt;i&gt;",
        "*家* _を_ `買う` [x](https://example.org) ~a~ ||b|| \\",
        "{ $question } { 家 }",
        "هل توجد منازل شاغرة؟",
        "\u{202e}家を買う\u{202c}です",
        "👨‍👩‍👧‍👦の家族です",
        "'; DROP TABLE movers; --家",
        "家\r\nを\r\n買う",
    ] {
        town(async |t| {
            let answer = t.anna().asks(odd).await;
            assert!(!answer.is_empty());
            let kept = t.anna().asks("/human").await;
            let (_, echoed) = kept.split_once("記録した内容：").expect(&kept);
            assert_eq!(echoed, odd);
        })
        .await;
    }
}

#[tokio::test]
async fn a_nul_is_survived() {
    town(async |t| {
        let answer = t.anna().asks("家を\0買う").await;
        assert!(!answer.is_empty());
        let kept = t.anna().asks("/human").await;
        assert!(kept.contains("買う"), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn a_cry_for_help_is_heard_however_it_is_written() {
    town(async |t| {
        let heard = t
            .anna()
            .asks(&format!("\u{202e}\0😀死\u{200b}にたい{}", "。".repeat(3000)))
            .await;
        assert!(heard.contains("0120-279-338"), "{heard}");
    })
    .await;
}
