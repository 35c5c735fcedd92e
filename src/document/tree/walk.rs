use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::document::FieldPath;

use super::{Body, Found, Scalar};

/// A way through a value, which knows at every place which paths lead there.
#[derive(Debug)]
pub(super) struct Walk<'p> {
    bodies: &'p [FieldPath],
    subject: Option<&'p FieldPath>,
    steps: Vec<Step>,
    /// For each step the paths that may lead beyond it, by number; the subject's comes last.
    alive: Vec<Vec<usize>>,
    /// Of several values in one file, which this is.
    document: usize,
    /// Which text that is a message begins where.
    taken: HashMap<usize, usize>,
    found: Found,
}

/// A step from a value into one of its parts.
#[derive(Debug)]
enum Step {
    Key(String),
    Index(usize),
}

impl<'p> Walk<'p> {
    /// A walk at the root of a value.
    pub(super) fn new(bodies: &'p [FieldPath], subject: Option<&'p FieldPath>) -> Self {
        let all = (0..bodies.len() + usize::from(subject.is_some())).collect();
        let found = Found { met: vec![false; bodies.len()], ..Found::default() };
        Self {
            bodies,
            subject,
            steps: Vec::new(),
            alive: vec![all],
            document: 0,
            taken: HashMap::new(),
            found,
        }
    }

    /// Goes back to the root: another value begins.
    pub(super) fn restart(&mut self) {
        self.steps.clear();
        self.alive.truncate(1);
        self.document += 1;
    }

    /// Goes into the value of a key.
    pub(super) fn enter_key(&mut self, key: Cow<'_, str>) {
        let alive = self.alive_beyond(&key);
        // What no path leads to needs no name.
        let key = if alive.is_empty() { String::new() } else { key.into_owned() };
        self.push(Step::Key(key), alive);
    }

    /// Goes into a value of a list.
    pub(super) fn enter_index(&mut self, index: usize) {
        let alive = if self.is_dead() { Vec::new() } else { self.alive_beyond(&index.to_string()) };
        self.push(Step::Index(index), alive);
    }

    /// Goes into a value that has no name.
    pub(super) fn enter_nameless(&mut self) {
        self.push(Step::Key(String::new()), Vec::new());
    }

    /// Goes back to the value that this one is a part of.
    pub(super) fn leave(&mut self) {
        if self.steps.pop().is_some() {
            self.alive.pop();
        }
    }

    /// Whether no path leads beyond this place.
    pub(super) fn is_dead(&self) -> bool {
        self.alive.last().is_none_or(Vec::is_empty)
    }

    /// Takes a text that stands here, and that is written from byte `start` on. One that several paths lead to is one
    /// message, which has the subjects of all of them.
    pub(super) fn text(&mut self, start: usize, text: impl FnOnce() -> Scalar) {
        let Some(alive) = self.alive.last().filter(|alive| !alive.is_empty()) else { return };
        let depth = self.steps.len();
        let here: Vec<usize> =
            alive.iter().copied().filter(|number| self.path(*number).ends_at(depth)).collect();
        let Some(first) = here.first().copied() else { return };
        here.iter()
            .filter(|number| **number < self.bodies.len())
            .for_each(|number| self.found.met[*number] = true);
        let open = self.open(self.path(first));
        if first >= self.bodies.len() {
            self.found.subjects.insert(open, (self.here(), text()));
            return;
        }
        if let Some(number) = self.taken.get(&start) {
            self.found.bodies[*number].open.push(open);
            return;
        }
        self.taken.insert(start, self.found.bodies.len());
        self.found.bodies.push(Body { path: self.here(), text: text(), open: vec![open] });
    }

    /// Takes something that stands here and is no text; `name` is what it is.
    pub(super) fn other(&mut self, name: &str, at: Range<usize>) {
        let depth = self.steps.len();
        let Some(alive) = self.alive.last() else { return };
        let is_here = |number: &&usize| self.path(**number).is_exactly(depth);
        if alive.iter().find(is_here).is_some() {
            let told = format!("`{}` is {name}, not a text", self.here());
            self.found.faults.unreadable(told, at);
        }
    }

    /// Notes that the file cannot be read.
    pub(super) fn fault(&mut self, message: String, at: Range<usize>) {
        self.found.faults.unreadable(message, at);
    }

    /// What was found.
    pub(super) fn found(self) -> Found {
        self.found
    }

    fn push(&mut self, step: Step, alive: Vec<usize>) {
        self.steps.push(step);
        self.alive.push(alive);
    }

    fn alive_beyond(&self, step: &str) -> Vec<usize> {
        let depth = self.steps.len() + 1;
        let alive = self.alive.last().map_or(&[][..], Vec::as_slice);
        alive.iter().copied().filter(|number| self.path(*number).allows(depth, step)).collect()
    }

    fn path(&self, number: usize) -> &'p FieldPath {
        self.bodies.get(number).or(self.subject).expect("internal: only known paths are alive")
    }

    /// What stands for the `*` of a path that leads here.
    fn open(&self, path: &FieldPath) -> Vec<String> {
        let name = |number: usize| match &self.steps[number] {
            Step::Key(key) => key.clone(),
            Step::Index(index) => index.to_string(),
        };
        let mut open: Vec<String> = path.open_steps().map(name).collect();
        if let (Some(first), true) = (open.first_mut(), self.document > 0) {
            first.insert_str(0, &format!("{}:", self.document));
        }
        open
    }

    /// The place as a path.
    fn here(&self) -> String {
        let mut path = String::new();
        for step in &self.steps {
            match step {
                Step::Key(key) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(&key.replace('.', "\\."));
                }
                Step::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}
