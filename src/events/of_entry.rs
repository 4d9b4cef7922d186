//! The event of an entry.

use crate::{
    events::{BadEventId, Event, EventId, Origin, Place, Standing, when::midnight},
    knowledge::{Entry, Status},
};

/// The city whose events these are, as entries name it.
const CITY: &str = "annaka";

/// The event of an entry; none if it has none, or none for movers here: other cities' events are never shown as this
/// one's, and those for the city's own staff are not for movers.
///
/// It changed on the day from which the entry speaks; whoever keeps events raises its number when it is read again and
/// differs.
///
/// # Errors
/// When the entry's id is no name for an event; `kb check` says so.
pub fn of_entry(entry: &Entry) -> Result<Option<Event>, BadEventId> {
    let here = entry.municipality == CITY && entry.status != Status::Internal;
    let Some(noted) = entry.event.as_ref().filter(|_| here) else {
        return Ok(None);
    };
    let (Some(kind), Some(title)) = (noted.kind, noted.title.clone()) else {
        return Ok(None);
    };
    let id = EventId::of_entry(&entry.id)?;
    let place = noted.place.clone().map(|name| Place {
        name,
        address: noted.address.clone(),
        at: noted.at,
    });
    Ok(Some(Event {
        id,
        origin: Origin::Knowledge,
        kind,
        title,
        text: None,
        entry: Some(entry.id.clone()),
        when: noted.when,
        rule: noted.rule.clone(),
        place,
        audience: noted.audience.clone(),
        fee: noted.fee.clone(),
        contact: noted.contact.clone(),
        sign_up: noted.sign_up.clone(),
        standing: standing(entry, noted.confirmed, noted.cancelled),
        sequence: 0,
        news_sequence: 0,
        news_at: None,
        file_sequence: None,
        changed: midnight(entry.as_of.first_day()),
        moved_from: None,
    }))
}

/// Nothing that is only proposed, considered or planned is confirmed, whatever the table says.
fn standing(entry: &Entry, confirmed: bool, cancelled: bool) -> Standing {
    match (cancelled, confirmed) {
        (true, _) => Standing::Cancelled,
        (false, true) if !entry.status.is_only_thought_of() => Standing::Confirmed,
        (false, _) => Standing::Unconfirmed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{
            Kind,
            sample::{at, when},
        },
        knowledge::parse::parse_entry,
        lang::Lang,
    };

    fn entry(front: &str, event: &str) -> Entry {
        let text = format!(
            "+++\nas_of = \"2026-10\"\nsources = []\nhandover = \"offer\"\n{front}\n[questions]\nja = [\"いつ\"]\n\
            [event]\nkind = \"festival\"\ntitle = {{ ja = \"梅林祭\", en = \"Plum festival\" }}\n{event}\n+++\n## ja\n本文。\n"
        );
        let (entry, problems) = parse_entry("event/plum-festival.md", &text);
        assert_eq!(problems, []);
        entry.unwrap()
    }

    const HERE: &str = "municipality = \"annaka\"\nstatus = \"current\"";
    const FIRM: &str = "first = 2027-02-14\nconfirmed = true";

    #[test]
    fn an_entrys_event_is_named_like_the_entry() {
        let event = of_entry(&entry(
            HERE,
            &format!("{FIRM}\nplace = {{ ja = \"秋間\" }}\naddress = \"西上秋間\""),
        ));
        let event = event.unwrap().unwrap();
        assert_eq!(event.id.as_str(), "plum-festival");
        assert_eq!(event.entry.unwrap().as_str(), "plum-festival");
        assert_eq!(
            (event.kind, event.standing),
            (Kind::Festival, Standing::Confirmed)
        );
        assert_eq!(event.when, when("2027-02-14"));
        assert_eq!(event.changed, at("2026-10-01T00:00"));
        assert_eq!(event.place.unwrap().address.as_deref(), Some("西上秋間"));
        assert_eq!(event.title.in_lang(Lang::En), Some((Lang::En, "Plum festival")));
    }

    #[test]
    fn other_cities_and_the_citys_own_staff_are_not_in_the_calendar() {
        for front in [
            "municipality = \"tomioka\"\nstatus = \"current\"",
            "municipality = \"national\"\nstatus = \"current\"",
            "municipality = \"annaka\"\nstatus = \"internal\"",
        ] {
            assert_eq!(of_entry(&entry(front, FIRM)), Ok(None), "{front}");
        }
    }

    #[test]
    fn a_proposal_is_never_confirmed() {
        let standing = |status: &str, event: &str| {
            let front = format!("municipality = \"annaka\"\nstatus = \"{status}\"");
            of_entry(&entry(&front, event)).unwrap().unwrap().standing
        };
        assert_eq!(standing("past", FIRM), Standing::Confirmed);
        for status in ["draft", "considered", "planned"] {
            assert_eq!(standing(status, FIRM), Standing::Unconfirmed, "{status}");
        }
        assert_eq!(
            standing("current", &format!("{FIRM}\ncancelled = true")),
            Standing::Cancelled
        );
        assert_eq!(
            standing("current", "first = 2027-02-14\nconfirmed = false"),
            Standing::Unconfirmed
        );
    }
}
