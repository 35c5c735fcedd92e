//! What became of the `[[allow]]`s of the configurations: which are out of date, misnamed, or of no use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::anyhow;
use toml::value::Date;

use crate::config::Allow;
use crate::lint::{AllowFault, FileReport, Linter};
use crate::text::nearest::nearest;

use super::check::Draft;
use super::complaint::{Complaint, TomlFile};
use super::project::{ProjectId, Projects};

/// What files said about allows, by their numbers among those of all configurations.
#[derive(Debug, Default)]
pub(super) struct Allows {
    /// There was something to accept.
    met: BTreeSet<usize>,
    /// The rule was asked, and there was nothing.
    idle: BTreeSet<usize>,
    /// By which rules the files of each configuration are judged.
    linters: BTreeMap<ProjectId, Arc<Linter>>,
}

/// What is wrong with the allows of a configuration.
pub(super) struct Faults {
    /// The configuration.
    pub(super) file: TomlFile,
    /// By which rules its files are judged.
    pub(super) linter: Arc<Linter>,
    /// Whether they count like findings.
    pub(super) is_strict: bool,
    /// What is wrong, in order; at most one for each allow.
    pub(super) all: Vec<AllowFault>,
}

impl Faults {
    /// The same for standard error.
    pub(super) fn complaints(&self) -> Vec<Complaint> {
        let complaint = |fault: &AllowFault| {
            let complaint = if self.is_strict {
                Complaint::error(anyhow!(fault.message.clone()))
            } else {
                Complaint::warning(fault.message.clone())
            };
            complaint.at(&self.file, fault.range.clone()).help(fault.help.clone())
        };
        self.all.iter().map(complaint).collect()
    }
}

impl Allows {
    /// Those that are about these files.
    pub(super) fn of(drafts: &[Draft]) -> Self {
        let linters = drafts.iter().map(|draft| (draft.input.project, Arc::clone(&draft.linter))).collect();
        Self { linters, ..Self::default() }
    }

    /// Notes what a file says.
    pub(super) fn add(&mut self, report: &FileReport) {
        for allow in report.messages.iter().flat_map(|message| &message.allows) {
            let list = if allow.is_met { &mut self.met } else { &mut self.idle };
            list.insert(allow.number);
        }
    }

    /// What is wrong with the allows of the configurations in use. Whether one is of any use shows only where whole folders
    /// were checked: a hook names single files. That it is about no file shows only where all was checked that it could be about.
    pub(super) fn faults(&self, projects: &Projects, folders: &[PathBuf]) -> Vec<Faults> {
        let faults = self.linters.iter().map(|(id, linter)| {
            let project = projects.get(*id);
            let fault = |(number, allow): (usize, &Allow)| {
                let range = allow.at();
                let problem = misnaming(allow, linter)
                    .or_else(|| over(allow, projects.today()))
                    .or_else(|| self.unused(projects, *id, number, allow, folders));
                problem.map(|Problem { message, help }| AllowFault { range, message, help })
            };
            Faults {
                file: project.file.clone(),
                linter: Arc::clone(linter),
                is_strict: projects.wishes(*id, &[]).settings().strict_allow,
                all: (project.first_allow..).zip(&project.config.allows).filter_map(fault).collect(),
            }
        });
        faults.filter(|faults| !faults.all.is_empty()).collect()
    }

    fn unused(
        &self,
        projects: &Projects,
        id: ProjectId,
        number: usize,
        allow: &Allow,
        folders: &[PathBuf],
    ) -> Option<Problem> {
        let rule = allow.rule.get_ref();
        if self.met.contains(&number) || folders.is_empty() {
            return None;
        }
        if !projects.is_allow_in_use(id, number) {
            let home = &projects.get(id).folder;
            let is_checked = |base: &str| folders.iter().any(|folder| home.join(base).starts_with(folder));
            if !allow.bases().all(is_checked) {
                return None;
            }
            let message = "this allow was about none of the files that were checked".to_owned();
            return Some(Problem {
                message,
                help: "globs start from the folder of the configuration".to_owned(),
            });
        }
        self.idle.contains(&number).then(|| Problem {
            message: format!("this allow accepts nothing: `{rule}` found nothing like it"),
            help: "take it out; if it names words, they have to be exactly those of the finding".to_owned(),
        })
    }
}

/// What is wrong with the name of the rule in an allow, by the rules that the files are judged by.
fn misnaming(allow: &Allow, linter: &Linter) -> Option<Problem> {
    let name = allow.rule.get_ref();
    let rules = &linter.rules().rules;
    let Some(rule) = rules.iter().find(|rule| rule.id == *name) else {
        let help = match nearest(name, rules.iter().map(|rule| rule.id.as_str())) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`sellerlint rules` lists them all".to_owned(),
        };
        return Some(Problem {
            message: format!("this allow accepts nothing: there is no rule `{name}`"),
            help,
        });
    };
    rule.is_notice().then(|| Problem {
        message: format!("this allow accepts nothing: `{name}` tells what was not judged"),
        help: "mend what cannot be read, and take the allow out".to_owned(),
    })
}

fn over(allow: &Allow, today: Date) -> Option<Problem> {
    let until = allow.until.as_ref().filter(|_| allow.is_over(today))?.get_ref();
    let rule = allow.rule.get_ref();
    Some(Problem {
        message: format!("this allow ended on {until}: findings of `{rule}` count again"),
        help: "mend them and take it out, or look at it anew and give it another day".to_owned(),
    })
}

/// What is wrong with an allow.
struct Problem {
    message: String,
    help: String,
}

/// The day on which it is where days begin last, so that an allow holds until its last day is over for everybody.
pub(super) fn today() -> Date {
    const SECONDS_BEHIND: u64 = 12 * 60 * 60;
    const SECONDS_OF_DAY: u64 = 24 * 60 * 60;
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    civil(now.saturating_sub(SECONDS_BEHIND) / SECONDS_OF_DAY)
}

/// The date that is so many days after 1970-01-01.
fn civil(days: u64) -> Date {
    // Years are counted from 1 March 0000, so that the leap day is the last one.
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_OF_400_YEARS: u64 = 146_097;
    let days = days + DAYS_TO_1970;
    let (era, day) = (days / DAYS_OF_400_YEARS, days % DAYS_OF_400_YEARS);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
    let small = |number: u64| u8::try_from(number).unwrap_or(u8::MAX);
    Date { year: u16::try_from(era * 400 + year).unwrap_or(u16::MAX), month: small(month), day: small(day) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_dates() {
        for (days, date) in [
            (0, "1970-01-01"),
            (58, "1970-02-28"),
            (59, "1970-03-01"),
            (789, "1972-02-29"),
            (10_956, "1999-12-31"),
            (11_016, "2000-02-29"),
            (20_779, "2026-11-22"),
            (47_540, "2100-02-28"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(civil(days).to_string(), date);
        }
    }
}
