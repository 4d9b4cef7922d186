//! Somebody's standing with the bot or in the group, and the updates about it.

use serde_json::json;

use super::{
    news::Notice,
    person::ActError,
    wire,
    world::{Membership, PrivateAccess, Service, UpdateKind, World},
};

/// A change of a user's standing in a chat.
struct Change {
    chat: i64,
    user: i64,
    by: i64,
    before: Membership,
    after: Membership,
}

/// Blocks or unblocks the bot; without a change nothing is reported.
pub(crate) fn change_access(world: &mut World, person: i64, wanted: PrivateAccess) -> Result<(), ActError> {
    let chat = world
        .chats
        .get_mut(&person)
        .ok_or(ActError::NoSuchPerson(person))?;
    let before = chat.access().ok_or(ActError::NoSuchPerson(person))?;
    if before == wanted {
        return Ok(());
    }
    chat.set_access(wanted);
    let standing = |access| match access {
        PrivateAccess::Blocked => Membership::Kicked,
        PrivateAccess::Open | PrivateAccess::NotStarted => Membership::Member,
    };
    let change = Change {
        chat: person,
        user: world.bot.id,
        by: person,
        before: standing(before),
        after: standing(wanted),
    };
    change.tell(world, UpdateKind::MyChatMember);
    Ok(())
}

/// The group's owner changes the bot's standing there.
pub(crate) fn change_bot(world: &mut World, wanted: Membership) -> Result<(), ActError> {
    let bot = world.bot.id;
    let group = world.group_mut().ok_or(ActError::NoGroup)?;
    let before = group.membership(bot).unwrap_or(Membership::Left);
    group.set_membership(bot, wanted);
    let change = Change {
        chat: group.id,
        user: bot,
        by: group.head().unwrap_or(bot),
        before,
        after: wanted,
    };
    change.tell(world, UpdateKind::MyChatMember);
    Ok(())
}

/// Changes a person's standing in the group. A bot that is an administrator is told, and everybody sees who joins and
/// leaves. Without a change nothing is reported.
pub(crate) fn change_person(
    world: &mut World,
    person: i64,
    by: i64,
    wanted: Membership,
) -> Result<(), ActError> {
    if !world.people.contains_key(&person) {
        return Err(ActError::NoSuchPerson(person));
    }
    let bot = world.bot.id;
    let group = world.group_mut().ok_or(ActError::NoGroup)?;
    let before = group.membership(person).unwrap_or(Membership::Left);
    if before == wanted {
        return Ok(());
    }
    let chat = group.id;
    group.set_membership(person, wanted);
    if group.membership(bot).is_some_and(Membership::leads) {
        let change = Change {
            chat,
            user: person,
            by,
            before,
            after: wanted,
        };
        change.tell(world, UpdateKind::ChatMember);
    }
    let service = match (before.is_inside(), wanted.is_inside()) {
        (true, false) => Service::Left { user: person },
        (false, true) => Service::Joined { user: person },
        _ => return Ok(()),
    };
    let notice = Notice {
        chat,
        thread: None,
        by,
        anonymous: false,
    };
    notice.write(world, service);
    Ok(())
}

impl Change {
    fn tell(&self, world: &mut World, kind: UpdateKind) {
        let update = json!({
            "chat": world.chats.get(&self.chat).map(|chat| wire::chat(world, chat)),
            "from": wire::user(world, self.by),
            "date": world.now().as_second(),
            "old_chat_member": wire::member(world, self.user, self.before),
            "new_chat_member": wire::member(world, self.user, self.after),
        });
        world.updates.emit(kind, update);
    }
}
