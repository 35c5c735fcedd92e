//! UNDO: what a format did to a text on its way into a file, undone with the place of every character.

pub mod base64;
pub mod csv_field;
#[cfg(test)]
mod drawing;
pub mod encoded_word;
pub mod entity;
pub mod json_string;
pub mod mime_parameter;
pub mod quoted_printable;
pub mod yaml_scalar;
