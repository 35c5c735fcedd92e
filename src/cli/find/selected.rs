//! The drafts among the files of a selection: those that a walk from its root would have found.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::complaint::{Complaint, Stop};
use super::super::ignores::Ignores;
use super::super::selection::{Chosen, Selected, Selection, narrowed};
use super::{Bytes, Level, NO_FILE, Search, shown};

const LINK_IN_SELECTION: &str = "it is a symbolic link, and such are not followed";

impl Search<'_> {
    /// Adds the drafts of a selection that lie in these paths; all of them, if no path is given.
    pub(super) fn selection(&mut self, selection: Selection, paths: &[&Path]) -> Result<(), Stop> {
        let Some(within) = self.within(&selection, paths) else { return Ok(()) };
        self.within = within;
        let mut levels = BTreeMap::new();
        for chosen in selection.files {
            match &chosen.what {
                Chosen::Folder => self.chosen_folder(&chosen, &mut levels)?,
                Chosen::Other(why) if self.is_within(&chosen.place) => self.leave_out(&chosen.name, why),
                Chosen::File(bytes) if self.is_within(&chosen.place) && self.is_there(&chosen, bytes) => {
                    if let Some(level) = self.reached(&chosen, false, &mut levels)? {
                        self.file_in_folder(&chosen.name, &chosen.place, bytes.clone(), level.project, true);
                    }
                }
                Chosen::Other(_) | Chosen::File(_) => {}
            }
        }
        Ok(())
    }

    /// Adds the drafts in a folder that was chosen, as a walk finds them.
    fn chosen_folder(
        &mut self,
        chosen: &Selected,
        levels: &mut BTreeMap<PathBuf, Level>,
    ) -> Result<(), Stop> {
        let is_wanted =
            self.is_within(&chosen.place) || self.within.iter().any(|place| place.starts_with(&chosen.place));
        if is_wanted && self.reached(chosen, true, levels)?.is_some() {
            self.folder(&chosen.name)?;
        }
        Ok(())
    }

    /// The full paths to which the selection is narrowed, unless one of them is a slip.
    fn within(&mut self, selection: &Selection, paths: &[&Path]) -> Option<Vec<PathBuf>> {
        let places: Result<Vec<PathBuf>, Complaint> = paths.iter().map(|path| narrowed(path)).collect();
        let places = match places {
            Ok(places) => places,
            Err(complaint) => {
                self.found.complaints.push(complaint);
                return None;
            }
        };
        for (path, place) in paths.iter().zip(&places) {
            let is_chosen = || selection.files.iter().any(|chosen| chosen.place.starts_with(place));
            if fs::symlink_metadata(place).is_err() && !is_chosen() {
                let error = io::Error::from(io::ErrorKind::NotFound);
                self.found.complaints.push(Complaint::unreadable(&shown(path), &error));
            }
        }
        Some(places)
    }

    /// Whether there is something to read. What was deleted is no error, and links are not followed.
    fn is_there(&mut self, file: &Selected, bytes: &Bytes) -> bool {
        let Bytes::File(path) = bytes else { return true };
        match fs::symlink_metadata(&file.place) {
            Ok(about) if about.is_file() => true,
            Ok(about) => {
                let is_link = about.file_type().is_symlink();
                self.leave_out(&file.name, if is_link { LINK_IN_SELECTION } else { NO_FILE });
                false
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                false
            }
            Err(error) => {
                self.found.complaints.push(Complaint::unreadable(&shown(path), &error));
                false
            }
        }
    }

    /// The level of a file, or of a folder, that a walk from its root would come by.
    fn reached(
        &mut self,
        chosen: &Selected,
        is_folder: bool,
        levels: &mut BTreeMap<PathBuf, Level>,
    ) -> Result<Option<Level>, Stop> {
        let Ok(way) = chosen.place.strip_prefix(&chosen.root) else { return Ok(None) };
        let mut place = chosen.root.clone();
        let mut level = self.known_level(&place, None, levels)?;
        let mut parts = way.components().peekable();
        while let Some(part) = parts.next() {
            place.push(part);
            let is_folder = is_folder || parts.peek().is_some();
            if let Some(why) = self.why_left_out(&place, is_folder, &level) {
                self.leave_out(&chosen.name, why);
                return Ok(None);
            }
            if is_folder {
                level = self.known_level(&place, Some(&level), levels)?;
            }
        }
        Ok(Some(level))
    }

    /// The level of a folder, which is looked at once.
    fn known_level(
        &mut self,
        folder: &Path,
        above: Option<&Level>,
        levels: &mut BTreeMap<PathBuf, Level>,
    ) -> Result<Level, Stop> {
        if let Some(known) = levels.get(folder) {
            return Ok(known.clone());
        }
        let level = match above {
            Some(above) => self.level_below(above, folder)?,
            None => self.level_at(folder)?,
        };
        levels.insert(folder.to_owned(), level.clone());
        Ok(level)
    }

    /// The level of a folder where a walk begins.
    pub(super) fn level_at(&mut self, folder: &Path) -> Result<Level, Stop> {
        let project = self.projects.of_folder(folder)?;
        let ignores = match self.walk.no_ignore {
            true => Rc::default(),
            false => Ignores::at(folder, &mut self.found.complaints),
        };
        Ok(Level { project, ignores })
    }
}
