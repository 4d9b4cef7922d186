//! A message as a person sees it on the screen.

use serde::Serialize;

use super::{
    api::{ButtonAction, InlineKeyboard},
    text::Entity,
    wire,
    world::{ANONYMOUS_ADMIN, Content, Message, Service, World},
};

/// A message on the screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    pub id: i32,
    /// Seconds since 1970.
    pub date: i64,
    pub from: Author,
    pub thread: Option<i32>,
    /// The text or caption, without formatting.
    pub text: String,
    /// The same with formatting, safe to put into a page.
    pub html: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// Rows of buttons.
    pub buttons: Vec<Vec<Button>>,
    pub edited: bool,
    pub reply_to: Option<i32>,
    /// The selected part of the message replied to.
    pub quote: Option<String>,
    /// The id that the messages of one album share.
    pub album: Option<String>,
    pub media: Option<ShownMedia>,
    pub reactions: Vec<String>,
    /// A service message of Telegram, such as "topic created".
    pub system: Option<String>,
    pub pinned: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    pub id: i64,
    pub name: String,
    pub bot: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    pub label: String,
    pub kind: ButtonKind,
    /// Callback data, address, or inline query.
    pub data: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ButtonKind {
    Callback,
    Url,
    Share,
    Copy,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShownMedia {
    /// The kind's name in the Bot API: `photo`, `location`, …
    pub kind: String,
    pub caption: Option<String>,
    pub file_name: Option<String>,
    /// The id of its file, if that is a picture a browser shows.
    pub picture: Option<String>,
}

impl Shown {
    pub(crate) fn of(world: &World, message: &Message) -> Self {
        let words = message.words().map(|words| wire::resolved(world, words));
        let words = words.unwrap_or_default();
        let chat = world.chats.get(&message.chat);
        Self {
            id: message.id,
            date: message.date.as_second(),
            from: author(world, message),
            thread: message.thread,
            html: words.to_html(),
            text: words.text,
            entities: words.entities,
            buttons: message.keyboard.as_ref().map(buttons).unwrap_or_default(),
            edited: message.edited.is_some(),
            reply_to: message.reply_to.as_ref().map(|reply| reply.message),
            quote: quote(message),
            album: message.album.clone(),
            media: media(world, message),
            reactions: message.reactions.iter().map(|(_, emoji)| emoji.clone()).collect(),
            system: system(world, &message.content),
            pinned: chat.is_some_and(|chat| chat.pinned.contains(&message.id)),
        }
    }
}

fn author(world: &World, message: &Message) -> Author {
    let id = message.from;
    if message.anonymous {
        let group = world.chats.get(&message.chat);
        return Author {
            id: ANONYMOUS_ADMIN,
            name: group.map(|group| group.title().to_owned()).unwrap_or_default(),
            bot: false,
        };
    }
    Author {
        id,
        name: name_of(world, id),
        bot: id == world.bot.id,
    }
}

fn name_of(world: &World, id: i64) -> String {
    let name = world
        .people
        .get(&id)
        .map_or_else(|| world.bot.name(), |person| &person.name);
    name.to_owned()
}

fn quote(message: &Message) -> Option<String> {
    let quote = message.reply_to.as_ref()?.quote.as_ref()?;
    Some(quote.words.text.clone())
}

fn buttons(keyboard: &InlineKeyboard) -> Vec<Vec<Button>> {
    let rows = keyboard.inline_keyboard.iter();
    rows.map(|row| {
        row.iter()
            .map(|button| shown_button(&button.text, &button.action))
            .collect()
    })
    .collect()
}

fn shown_button(label: &str, action: &ButtonAction) -> Button {
    let (kind, data) = match action {
        ButtonAction::Callback(data) => (ButtonKind::Callback, data),
        ButtonAction::Url(url) => (ButtonKind::Url, url),
        ButtonAction::CopyText(text) => (ButtonKind::Copy, text),
        ButtonAction::Share(query) | ButtonAction::ShareHere(query) => (ButtonKind::Share, query),
    };
    Button {
        label: label.to_owned(),
        kind,
        data: data.clone(),
    }
}

fn media(world: &World, message: &Message) -> Option<ShownMedia> {
    let kind = match &message.content {
        Content::Media {
            kind,
            file,
            file_name,
            caption,
        } => {
            let picture = world.files.get(file).filter(|file| file.picture().is_some());
            return Some(ShownMedia {
                kind: kind.field().to_owned(),
                caption: Some(caption.text.clone()).filter(|words| !words.is_empty()),
                file_name: file_name.clone(),
                picture: picture.map(|file| file.id.clone()),
            });
        }
        Content::Location { .. } => "location",
        Content::Contact { .. } => "contact",
        Content::Dice { .. } => "dice",
        Content::Poll { .. } => "poll",
        Content::NotCopied(what) => what.field(),
        Content::Text(_) | Content::Service(_) => return None,
    };
    Some(ShownMedia {
        kind: kind.to_owned(),
        caption: None,
        file_name: None,
        picture: None,
    })
}

fn system(world: &World, content: &Content) -> Option<String> {
    let Content::Service(service) = content else {
        return None;
    };
    Some(match service {
        Service::TopicCreated { name, .. } => format!("topic created: {name}"),
        Service::TopicEdited { name: Some(name), .. } => format!("topic renamed: {name}"),
        Service::TopicEdited { name: None, .. } => "topic icon changed".to_owned(),
        Service::TopicClosed => "topic closed".to_owned(),
        Service::TopicReopened => "topic reopened".to_owned(),
        Service::Pinned { .. } => "message pinned".to_owned(),
        Service::Joined { user } => format!("joined the group: {}", name_of(world, *user)),
        Service::Left { user } => format!("left the group: {}", name_of(world, *user)),
        Service::MigratedTo { chat } => format!("group moved to: {chat}"),
        Service::MigratedFrom { chat } => format!("group moved from: {chat}"),
    })
}
