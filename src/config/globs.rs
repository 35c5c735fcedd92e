use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

use super::Mistake;

/// Names of files and folders in a configuration, as globs.
///
/// A glob without `/` names files and folders at any depth, one with `/` is a path from the folder of the configuration;
/// what names a folder names everything in it. This is how `.gitignore` has it.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    set: GlobSet,
    /// For each the folder below which all lies that it names.
    bases: Vec<String>,
}

impl Globs {
    /// Reads globs; the place of a wrong one is kept.
    pub(super) fn new(globs: &[Spanned<String>]) -> Result<Self, Vec<Mistake>> {
        if globs.is_empty() {
            return Ok(Self::default());
        }
        let mut set = GlobSetBuilder::new();
        let (mut mistakes, mut bases) = (Vec::new(), Vec::new());
        for glob in globs {
            match add(&mut set, glob.get_ref()) {
                Ok(base) => bases.push(base),
                Err(why) => {
                    let message = format!("`{}` is no glob: {why}", glob.get_ref());
                    mistakes.push(Mistake::new(glob.span(), message));
                }
            }
        }
        match set.build() {
            Ok(set) if mistakes.is_empty() => Ok(Self { set, bases }),
            Ok(_) => Err(mistakes),
            Err(error) => Err(vec![Mistake::new(globs[0].span(), error.to_string())]),
        }
    }

    /// For each the folder below which all lies that it names, from the folder of the configuration.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        self.bases.iter().map(String::as_str)
    }

    /// Whether there is no glob at all.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }

    /// Whether a path, with `/` between folders, is named itself.
    pub fn name(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether a path is named or lies in a folder that is.
    pub fn cover(&self, path: &str) -> bool {
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        !self.is_empty() && (self.name(path) || folders.into_iter().any(|folder| self.name(folder)))
    }
}

/// Adds a glob; the folder below which all lies that it names.
fn add(set: &mut GlobSetBuilder, glob: &str) -> Result<String, String> {
    let trimmed = glob.trim_end_matches('/');
    let path = trimmed.strip_prefix("./").unwrap_or(trimmed);
    let rooted = match path.strip_prefix('/') {
        Some(path) => path.to_owned(),
        None if path.contains('/') => path.to_owned(),
        None => format!("**/{path}"),
    };
    if matches!(path, "" | ".") {
        return Err("it names nothing".to_owned());
    }
    let glob = GlobBuilder::new(&rooted).literal_separator(true).backslash_escape(true).build();
    set.add(glob.map_err(|error| error.kind().to_string())?);
    let literal = &rooted[..rooted.find(['*', '?', '[', '{', '\\']).unwrap_or(rooted.len())];
    Ok(literal.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_glob_names_lies_below_its_base() {
        for (glob, base) in [
            ("old", ""),
            ("*.txt", ""),
            ("x/y/*.txt", "x/y"),
            ("x/y*/z", "x"),
            ("/x/**", "x"),
            ("x/a.txt", "x"),
        ] {
            let globs = Globs::new(&[Spanned::new(0..0, glob.to_owned())]).unwrap();
            assert_eq!(globs.bases().collect::<Vec<_>>(), [base], "{glob}");
        }
    }

    #[test]
    fn names_reach_everywhere_and_paths_from_the_folder() {
        let cases = [
            ("old", "old/a.txt", true),
            ("old/", "x/old/y/a.txt", true),
            ("/old", "x/old/a.txt", false),
            ("./old", "x/old/a.txt", true),
            ("*.draft.txt", "x/y/a.draft.txt", true),
            ("x/*.txt", "x/a.txt", true),
            ("x/*.txt", "x/y/a.txt", false),
            ("x/**/*.txt", "x/y/z/a.txt", true),
            ("x/**", "x/a.txt", true),
            ("a.{txt,msg}", "x/a.msg", true),
            ("old", "older/a.txt", false),
        ];
        for (glob, path, covered) in cases {
            let globs = Globs::new(&[Spanned::new(0..0, glob.to_owned())]).unwrap();
            assert_eq!(globs.cover(path), covered, "{glob} {path}");
        }
    }

    #[test]
    fn a_glob_names_something() {
        for glob in ["", "/", "./", ".", "a["] {
            assert!(Globs::new(&[Spanned::new(0..0, glob.to_owned())]).is_err(), "{glob}");
        }
    }

    #[test]
    fn a_folder_is_named_and_what_is_in_it_is_covered() {
        let globs = Globs::new(&[Spanned::new(0..0, "old".to_owned())]).unwrap();
        assert!(globs.name("x/old") && !globs.name("x/old/a.txt") && globs.cover("x/old/a.txt"));
    }
}
