//! What the bot is to a person or in the group, and the updates that tell it so.

use serde_json::json;

use super::{
    person::ActError,
    wire,
    world::{Membership, PrivateAccess, UpdateKind, World},
};

/// Blocks or unblocks the bot; nothing is told if nothing changes.
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
    tell_bot(world, person, person, standing(before), standing(wanted));
    Ok(())
}

/// Whoever made the group changes what the bot is there.
pub(crate) fn change_membership(world: &mut World, wanted: Membership) -> Result<(), ActError> {
    let bot = world.bot.id;
    let group = world
        .chats
        .values_mut()
        .find(|chat| chat.is_forum())
        .ok_or(ActError::NoGroup)?;
    let before = group.membership(bot).unwrap_or(Membership::Left);
    group.set_membership(bot, wanted);
    let (id, by) = (group.id, group.creator().unwrap_or(bot));
    tell_bot(world, id, by, before, wanted);
    Ok(())
}

fn tell_bot(world: &mut World, chat: i64, by: i64, before: Membership, after: Membership) {
    let bot = world.bot.id;
    let update = json!({
        "chat": world.chats.get(&chat).map(|chat| wire::chat(world, chat)),
        "from": wire::user(world, by),
        "date": world.now().as_second(),
        "old_chat_member": wire::member(world, bot, before),
        "new_chat_member": wire::member(world, bot, after),
    });
    world.updates.emit(UpdateKind::MyChatMember, update);
}
