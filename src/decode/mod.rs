//! UNDO: what a format did to a text on its way into a file, undone with the place of every character.

pub mod entity;
pub mod json_string;
