//! From a reply of the desk's to everybody who wanted to know: the whole way, and the list of what is still open.

use std::{fs, path::Path, process::Command};

use jiff::SignedDuration;

use crate::{
    harness::{Town, town, town_with},
    life::real_knowledge,
    upkeep::{change, with_knowledge_of_its_own},
};

const REPLY: &str = "市民農園は、松井田に8区画あります。1区画は30平方メートルで、農林課に申し込みます。";

/// Runs the program on the town's store, which the bot has let go of, and gives the draft it writes.
fn exported_draft(t: &Town, into: &Path) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_concierge"));
    program
        .args(["kb", "export-drafts"])
        .arg(into)
        .env("CONCIERGE_DATA", t.data())
        .current_dir(into.parent().unwrap());
    let run = program.output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let mut drafts = fs::read_dir(into).unwrap().map(|file| file.unwrap().path());
    let draft = drafts.find(|path| path.extension().is_some_and(|end| end == "md"));
    fs::read_to_string(draft.expect("there is a draft")).unwrap()
}

/// What whoever looks after the knowledge does with a draft: short questions, the source, the other languages; and the
/// gap is one no more.
fn reviewed(draft: &str, folder: &Path) {
    let gap = folder.join("gap/gap-allotment.md");
    let asked = fs::read_to_string(&gap).unwrap();
    let questions: Vec<&str> = asked
        .lines()
        .filter(|line| line.starts_with("ja") || line.starts_with("en"))
        .collect();
    let lines = draft.lines().map(|line| match line {
        "status = \"draft\"" => "status = \"current\"".to_owned(),
        "sources = []" => "sources = [{ ref = \"iju-shienkin-page\" }]".to_owned(),
        line if line.starts_with("ja = [") => questions.join("\n"),
        line => line.to_owned(),
    });
    let whole = lines.collect::<Vec<_>>().join("\n");
    let whole = format!(
        "{whole}\n## ja-simple\nひとつ 30平方メートルの 畑(はたけ)が 8つ あります。\n## en\nThere are 8 plots of 30 square metres in Matsuida.\n"
    );
    fs::write(folder.join("farming/farm-allotment.md"), whole).unwrap();
    fs::remove_file(gap).unwrap();
    let neighbour = folder.join("farming/farming-experience-promotion.md");
    change(&neighbour, "\"gap-allotment\"", "\"farm-allotment\"");
    for file in fs::read_dir(folder.join("phrasings")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("gap-allotment\t", "farm-allotment\t")).unwrap();
    }
}

#[tokio::test]
async fn a_reply_becomes_an_entry_and_who_wanted_to_know_is_told_in_its_words() {
    let (folder, plan) = with_knowledge_of_its_own();
    town_with(plan, async |t| {
        let (anna, ben, mio) = (t.anna(), t.ben(), t.mio());
        let _ = ben.asks("Can I rent an allotment?").await;
        let _ = ben.chooses("Tell me when you know").await;
        let _ = anna.asks("市民農園や貸し農園はありますか").await;
        let _ = anna.asks("人と話したい").await;
        let _ = mio.taps("引き受ける").await;
        mio.says(REPLY);
        assert_eq!(mio.taps("下書きにする").await, "下書きにしました。");
        assert!(anna.hears().await.ends_with(REPLY));
        mio.says("/close 解決した");
        let _ = anna.hears().await;

        t.stop().await;
        let out = tempfile::tempdir().unwrap();
        let draft = exported_draft(t, &out.path().join("drafts"));
        assert!(draft.contains(REPLY), "{draft}");
        reviewed(&draft, folder.path());
        t.start();
        t.app().reload().await.unwrap();
        t.idle().await;
        // What many may be told begins a second after a start.
        t.advance(SignedDuration::from_secs(2));

        let told = ben.hears().await;
        assert!(
            told.starts_with("You asked earlier: “Can I rent an allotment?”. Now there is an answer."),
            "{told}"
        );
        assert!(
            told.contains("There are 8 plots of 30 square metres in Matsuida."),
            "{told}"
        );
        assert_eq!(anna.hears().await, "", "she had her answer from a person");
        let answer = anna.asks("市民農園や貸し農園はありますか").await;
        assert!(
            answer.starts_with(REPLY),
            "and from now on the bot knows: {answer}"
        );
    })
    .await;
}

/// What the bot knows that it does not know, each as it is asked first.
fn open_questions() -> Vec<String> {
    let mut files: Vec<_> = fs::read_dir(real_knowledge().join("gap"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let texts = files.iter().map(|path| fs::read_to_string(path).unwrap());
    let asked = texts.filter_map(|text| {
        let (_, rest) = text.split_once("\nja = [\"")?;
        rest.split_once('"').map(|(first, _)| first.to_owned())
    });
    asked.collect()
}

#[tokio::test]
async fn a_long_list_of_open_questions_has_pages() {
    town(async |t| {
        let anna = t.anna();
        for question in open_questions().iter().take(20) {
            let _ = anna.asks(question).await;
            t.advance(SignedDuration::from_mins(1));
        }
        let lines = |shown: &str| {
            let lines = shown.lines().filter(|line| line.contains("件「"));
            lines.map(str::to_owned).collect::<Vec<_>>()
        };
        t.mio().says_in_general("/unanswered");
        t.idle().await;
        let mut seen = lines(&t.general().pop().unwrap());
        assert_eq!(seen.len(), 8, "{seen:?}");
        let mut pages = 1;
        while t.general().pop().unwrap().contains("[次のページを見る]") {
            let _ = t.mio().taps_in_general("次のページを見る").await;
            seen.extend(lines(&t.general().pop().unwrap()));
            pages += 1;
        }
        assert!(pages >= 2, "{seen:?}");
        let all = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), all, "nothing twice");
        let head = t.general().pop().unwrap();
        assert!(
            head.contains(&format!("（{all}種類）")),
            "nothing left out: {head}"
        );
        for _ in 1..pages {
            let _ = t.mio().taps_in_general("前のページを見る").await;
        }
        assert!(!t.general().pop().unwrap().contains("[前のページを見る]"));
        assert_eq!(t.general().len(), 1, "one list, turned over");
    })
    .await;
}
