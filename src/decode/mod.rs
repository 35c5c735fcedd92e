//! UNDO: what a format did to a text on its way into a file, undone with the place of every character.

pub mod csv_field;
pub mod json_string;
