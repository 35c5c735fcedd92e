use std::process::ExitCode;

/// How a run ended, the same for every output format. Ordered: of two, the greater one is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Nothing at or above `--fail-on` was found.
    Clean,
    /// Paths were given, and nothing in them was checked.
    NothingChecked,
    /// Something at or above `--fail-on` was found.
    Findings,
    /// Wrong use, a bad configuration or pack, input that cannot be read, or a fault in sellerlint itself.
    Failure,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failure => 2,
            Self::NothingChecked => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failure_beats_findings_and_findings_beat_nothing() {
        let worse_first = [Exit::Failure, Exit::Findings, Exit::NothingChecked, Exit::Clean];
        assert_eq!(worse_first.map(Exit::code), [2, 1, 3, 0]);
        assert!(worse_first.is_sorted_by(|worse, better| worse > better));
    }
}
