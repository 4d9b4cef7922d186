//! Where a file can be fetched.

use serde::Deserialize;

use super::{Answer, ApiError, Params};
use crate::emulator::{wire, world::World};

#[derive(Deserialize)]
struct GetFile {
    file_id: String,
}

pub(crate) fn get_file(world: &mut World, params: Params) -> Answer {
    let GetFile { file_id } = params.decode()?;
    world
        .files
        .get(&file_id)
        .map(wire::file)
        .ok_or(ApiError::FileIdWrong)
}
