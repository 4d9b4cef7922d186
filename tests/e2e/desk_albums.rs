//! Albums stay albums on the way to the other side, however they come in.

use annaka_concierge::emulator::{Kind, Shown};
use jiff::SignedDuration;

use crate::{harness::town, mover::done};

/// So long the bot waits for the rest of an album.
const GATHERED: SignedDuration = SignedDuration::from_secs(1);

/// The captions of the albums in a chat, album by album.
fn albums(shown: &[Shown]) -> Vec<Vec<String>> {
    let mut albums: Vec<(String, Vec<String>)> = Vec::new();
    for shown in shown.iter().filter(|shown| shown.from.bot) {
        let Some(album) = &shown.album else { continue };
        match albums.iter_mut().find(|(known, _)| known == album) {
            Some((_, captions)) => captions.push(shown.text.clone()),
            None => albums.push((album.clone(), vec![shown.text.clone()])),
        }
    }
    albums.into_iter().map(|(_, captions)| captions).collect()
}

#[tokio::test]
async fn two_to_ten_pictures_of_a_mover_arrive_as_one_album() {
    for count in [2, 3, 10] {
        town(async |t| {
            let (anna, _mio) = t.mio_has_anna().await;
            t.advance(SignedDuration::from_mins(1));
            let sent = anna.sends_pictures(count, Some((1, "台所です")));
            t.idle().await;
            assert_eq!(t.desk_reads().await, "", "the rest may still come");
            t.advance(GATHERED);
            t.idle().await;
            let mut captions = vec![String::new(); count];
            captions[1] = "台所です".to_owned();
            assert_eq!(albums(&t.in_topic(t.topic())), [captions]);
            t.idle().await;
            assert_eq!(anna.reactions(sent[0]), ["👌"]);
            assert_eq!(anna.hears().await, "");
        })
        .await;
    }
}

#[tokio::test]
async fn an_album_that_comes_in_pieces_is_put_together() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let sent = anna.sends_pictures(2, Some((0, "台所と居間です")));
        t.idle().await;
        t.advance(GATHERED / 2);
        done(anna.person.adds_to_album(sent[0], Kind::Photo));
        t.idle().await;
        t.advance(GATHERED / 2);
        t.idle().await;
        t.advance(GATHERED);
        t.idle().await;
        let captions = ["台所と居間です", "", ""].map(str::to_owned).to_vec();
        assert_eq!(albums(&t.in_topic(t.topic())), [captions]);
    })
    .await;
}

#[tokio::test]
async fn what_comes_after_its_album_went_out_still_arrives() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        let sent = anna.sends_pictures(2, None);
        t.idle().await;
        t.advance(GATHERED);
        t.idle().await;
        done(anna.person.adds_to_album(sent[0], Kind::Photo));
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(t.desk_reads().await, "<photo>\n----\n<photo>\n----\n<photo>");
    })
    .await;
}

#[tokio::test]
async fn two_albums_and_words_between_keep_apart_and_in_order() {
    town(async |t| {
        let (anna, _mio) = t.mio_has_anna().await;
        anna.sends_pictures(2, Some((0, "一")));
        anna.says("次は庭です");
        anna.sends_pictures(3, Some((0, "二")));
        t.idle().await;
        t.advance(GATHERED);
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(
            t.desk_reads().await,
            "<photo>一\n----\n<photo>\n----\n👤 次は庭です\n----\n<photo>二\n----\n<photo>\n----\n<photo>"
        );
        assert_eq!(albums(&t.in_topic(t.topic())).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn an_album_of_the_owner_arrives_whole() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        let sent = mio.sends_pictures(4, Some((1, "候補の家です")));
        t.idle().await;
        assert_eq!(anna.hears().await, "", "the rest may still come");
        t.advance(GATHERED);
        assert_eq!(anna.hears().await, "\n----\n候補の家です\n----\n\n----\n");
        let captions = ["", "候補の家です", "", ""].map(str::to_owned).to_vec();
        assert_eq!(albums(&anna.chat()), [captions]);
        assert_eq!(mio.reactions(sent[0]).await, ["👌"]);
    })
    .await;
}

#[tokio::test]
async fn an_album_for_a_case_nobody_has_is_asked_about_once_and_sent_whole() {
    town(async |t| {
        let (anna, mio) = t.anna_waits().await;
        mio.sends_pictures(3, Some((0, "候補の家です")));
        t.idle().await;
        t.advance(GATHERED);
        let asked = t.desk_reads().await;
        assert_eq!(asked.matches("送っていません").count(), 1, "{asked}");
        assert_eq!(anna.hears().await, "");
        assert_eq!(mio.taps("引き受けて送る").await, "引き受けて、送りました。");
        t.advance(GATHERED);
        let heard = anna.hears().await;
        assert!(heard.starts_with("担当者がお話を伺います"), "{heard}");
        let captions = ["候補の家です", "", ""].map(str::to_owned).to_vec();
        assert_eq!(albums(&anna.chat()), [captions]);
    })
    .await;
}

#[tokio::test]
async fn documents_and_mixed_pictures_and_films_stay_together() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        done(
            anna.person
                .sends_album(&[Kind::Photo, Kind::Video, Kind::Photo], None),
        );
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(t.desk_reads().await, "<photo>\n----\n<video>\n----\n<photo>");
        done(mio.here().sends_album(&[Kind::Document; 2], None));
        t.idle().await;
        t.advance(GATHERED);
        let _ = anna.hears().await;
        assert_eq!(albums(&anna.chat())[0].len(), 2);
        assert_eq!(albums(&t.in_topic(t.topic()))[0].len(), 3);
    })
    .await;
}

#[tokio::test]
async fn an_album_that_turns_out_to_be_a_note_leaves_the_mover_waiting() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        anna.says("写真はありますか");
        let _ = t.desk_reads().await;
        mio.sends_pictures(2, Some((1, "// まだ見せない")));
        t.idle().await;
        t.advance(GATHERED);
        assert_eq!(anna.hears().await, "");
        t.clock_shows("2026-11-24T09:00");
        let reminded = t.desk_reads().await;
        assert!(reminded.contains("返事をお待たせして"), "{reminded}");
    })
    .await;
}

#[tokio::test]
async fn whoever_sent_an_album_hears_what_of_it_did_not_arrive() {
    town(async |t| {
        let (anna, mio) = t.mio_has_anna().await;
        t.advance(SignedDuration::from_mins(1));
        let sent = mio.sends_pictures(3, None);
        done(mio.here().deletes(sent[1]));
        t.idle().await;
        t.advance(GATHERED);
        let _ = anna.hears().await;
        assert_eq!(t.desk_reads().await, "このうち1件は届きませんでした。");
        assert_eq!(t.desk_last().await.reply_to, Some(sent[0]));

        let sent = anna.sends_pictures(3, None);
        done(anna.person.deletes(sent[0]));
        t.idle().await;
        t.advance(GATHERED);
        let _ = t.desk_reads().await;
        assert_eq!(anna.hears().await, "このうち1件は担当者に渡せませんでした。");
    })
    .await;
}
