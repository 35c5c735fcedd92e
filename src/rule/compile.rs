//! From packs to a [`RuleSet`]: names become numbers, patterns become a machine per language.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::rc::Rc;

use regex::Regex;
use toml::Spanned;
use toml::value::Datetime;

use crate::detect::lists::Lists;
use crate::detect::phrase::compile::{CompileError, Legend, Owner};
use crate::detect::phrase::pattern::BUILTIN as BUILTIN_CLASSES;
use crate::detect::phrase::{Grammar, Pattern};
use crate::rule::compiled::{
    AttachmentWanted, Cure, Detect, Detector, ImageWanted, Language, LinkWanted, Probe, Role, RoleBits, Rule,
    RuleSet, SymbolList, kind_bits, looks_into, scope_bits,
};
use crate::rule::pack::{BUILTIN, Pack, PackError, PackFile, Page};
use crate::rule::schema::{
    AttachmentToml, DetectToml, FieldToml, ImageToml, LinkToml, Patterns, Purpose, RegexToml, RoleToml,
    RuleToml, day,
};
use crate::rule::spelling;
use crate::text::nearest::nearest;
use crate::verdict::{Channel, Confidence, Day};

/// Compiles packs, the built-in one first.
///
/// # Errors
/// All mistakes in all packs: misspelt names, patterns that cannot be read, detectors that are none or two.
pub fn compile(packs: &[Pack]) -> Result<(RuleSet, Legends), Vec<PackError>> {
    let mut compiler = Compiler::new(packs);
    compiler.check_names();
    compiler.check_labels();
    let rules = compiler.rules();
    let (languages, legends) = compiler.languages();
    if !compiler.mistakes.is_empty() {
        return Err(compiler.mistakes);
    }
    let roles = compiler.roles;
    let (lists, symbols, channels) =
        (lists(packs), symbols(packs), channels(packs).map(Channel::new).collect());
    Ok((RuleSet { rules, roles, languages, lists, symbols, channels }, legends))
}

/// What the numbers of the machines stand for, for `inspect --why`.
#[derive(Debug, Default)]
pub struct Legends {
    /// By language, the legend of its machine.
    pub languages: BTreeMap<String, Legend>,
    /// For each output of the machines, whose it is.
    pub outputs: Vec<Output>,
}

/// One output of the machines.
#[derive(Debug, Clone)]
pub struct Output {
    /// The rules or roles, and which of their keys: `RULE any`, `role thanks`. Those that write the same share an output.
    pub owners: Vec<String>,
    /// The patterns by language.
    pub patterns: BTreeMap<String, Vec<String>>,
}

/// A role holds one bit of [`RoleBits`].
const MOST_ROLES: usize = 64;

/// A pattern and the file that it is written in.
type Placed = (Rc<PackFile>, Spanned<String>);

/// Patterns by language.
type Written = BTreeMap<String, Vec<Placed>>;

struct Compiler<'a> {
    packs: &'a [Pack],
    roles: Vec<Role>,
    /// Patterns of each output, with the file they stand in.
    outputs: Vec<(Output, Written)>,
    /// The output of each list of patterns.
    probes: HashMap<BTreeMap<String, Vec<String>>, usize>,
    mistakes: Vec<PackError>,
}

impl<'a> Compiler<'a> {
    fn new(packs: &'a [Pack]) -> Self {
        let mut compiler = Self {
            packs,
            roles: Vec::new(),
            outputs: Vec::new(),
            probes: HashMap::new(),
            mistakes: Vec::new(),
        };
        compiler.gather_roles();
        compiler
    }

    /// No pack may call itself like the built-in one, and no two rules may have one name.
    fn check_names(&mut self) {
        let packs = self.packs;
        for pack in packs.iter().skip(1).filter(|pack| pack.name == BUILTIN) {
            let Some(page) = pack.rules.first() else { continue };
            let help = Some("give the pack another `name` in its `pack.toml`".to_owned());
            let message = format!("the name `{BUILTIN}` is that of the built-in pack");
            self.mistakes.push(page.file.mistake(0..0, message, help));
        }
        let mut seen = BTreeSet::new();
        for page in packs.iter().flat_map(|pack| &pack.rules).filter(|page| !seen.insert(&page.id)) {
            let help = Some("rename the file, or the pack".to_owned());
            self.mistakes.push(page.file.mistake(0..0, format!("there are two rules `{}`", page.id), help));
        }
    }

    /// Labels are for corpora alone, so nothing is compiled of them; what they name must be there all the same.
    fn check_labels(&mut self) {
        let abouts = || self.packs.iter().filter_map(|pack| pack.about.as_ref());
        let labels: BTreeSet<&str> =
            abouts().flat_map(|(_, about)| about.label.keys().map(String::as_str)).collect();
        let rules: BTreeSet<&str> =
            self.packs.iter().flat_map(|pack| &pack.rules).map(|page| page.id.as_str()).collect();
        let mut mistakes = Vec::new();
        for (file, about) in abouts() {
            for spanned in about.label.values() {
                let label = spanned.get_ref();
                if label.rules.is_empty() {
                    let help = Some("name the rule that a miss is laid to".to_owned());
                    mistakes.push(file.mistake(spanned.span(), "`rules` is empty", help));
                }
                let named = label.rules.iter().chain(&label.answers);
                for name in named.filter(|name| !rules.contains(name.get_ref().as_str())) {
                    mistakes.push(unknown(file, name, "rule", rules.iter().copied()));
                }
                for name in label.like.iter().filter(|name| !labels.contains(name.get_ref().as_str())) {
                    mistakes.push(unknown(file, name, "label", labels.iter().copied()));
                }
            }
        }
        self.mistakes.extend(mistakes);
    }

    fn gather_roles(&mut self) {
        let mut names: BTreeMap<&str, [bool; 2]> = BTreeMap::new();
        for (name, role) in
            self.packs.iter().flat_map(|pack| pack.roles.values()).flat_map(|(_, roles)| roles)
        {
            let [purpose, telling] = names.entry(name).or_default();
            *purpose |= role.purpose;
            *telling |= role.telling;
        }
        if names.len() > MOST_ROLES {
            self.mistakes.extend(self.packs.iter().rev().flat_map(|pack| pack.roles.values()).next().map(
                |(file, _)| {
                    let help = Some("join two roles that no rule tells apart".to_owned());
                    file.mistake(
                        0..0,
                        format!("there are {} roles, and {MOST_ROLES} is the most", names.len()),
                        help,
                    )
                },
            ));
        }
        for (name, [purpose, telling]) in names.iter().take(MOST_ROLES) {
            self.roles.push(Role { name: (*name).to_owned(), purpose: *purpose, telling: *telling });
            let (any, unless) = self.role_patterns(name);
            self.outputs.push((self.output(format!("role {name}"), &any), any));
            self.outputs.push((self.output(format!("role {name} unless"), &unless), unless));
        }
    }

    fn role_patterns(&self, name: &str) -> (Written, Written) {
        let mut any: BTreeMap<String, Vec<_>> = BTreeMap::new();
        let mut unless: BTreeMap<String, Vec<_>> = BTreeMap::new();
        for (language, (file, roles)) in self.packs.iter().flat_map(|pack| &pack.roles) {
            let Some(RoleToml { any: has, unless: has_not, .. }) = roles.get(name) else { continue };
            let file = Rc::new(file.clone());
            let with_file = |patterns: &[Spanned<String>]| -> Vec<_> {
                patterns.iter().map(|pattern| (Rc::clone(&file), pattern.clone())).collect()
            };
            any.entry(language.clone()).or_default().extend(with_file(has));
            unless.entry(language.clone()).or_default().extend(with_file(has_not));
        }
        (any, unless)
    }

    fn rules(&mut self) -> Vec<Rule> {
        let packs = self.packs;
        let ids: Vec<&str> = packs.iter().flat_map(|pack| &pack.rules).map(|page| page.id.as_str()).collect();
        packs
            .iter()
            .flat_map(|pack| pack.rules.iter().map(move |page| (pack, page)))
            .map(|(pack, page)| self.rule(pack, page, &ids))
            .collect()
    }

    /// The number of the first rule of a rule's family, if its findings are joined to passages.
    fn passage(&self, rule: &RuleToml) -> Option<u16> {
        if !rule.passage {
            return None;
        }
        let mut all = self.packs.iter().flat_map(|pack| &pack.rules);
        all.position(|page| page.rule.family == rule.family).map(|index| index as u16)
    }

    fn rule(&mut self, pack: &Pack, page: &Page, ids: &[&str]) -> Rule {
        let rule = &page.rule;
        self.check_policy(pack, page);
        self.check_examples(page);
        let supersedes = rule.supersedes.iter().filter_map(|id| {
            let found = ids.iter().position(|known| known == id.get_ref());
            if found.is_none() {
                let known = ids.iter().copied();
                self.mistakes.push(unknown(&page.file, id, "rule", known));
            }
            found.map(|index| index as u16)
        });
        let supersedes = supersedes.collect();
        let detect =
            rule.detect.iter().enumerate().filter_map(|(at, detect)| self.detect(page, at, detect)).collect();
        Rule {
            id: page.id.clone(),
            severity: rule.severity,
            kinds: kind_bits(rule.kinds.as_deref()),
            supersedes,
            passage: self.passage(rule),
            message: rule.message.clone(),
            help: rule.help.clone(),
            detect,
            fix: rule.fix.as_ref().map(Cure::from),
        }
    }

    fn check_policy(&mut self, pack: &Pack, page: &Page) {
        let packs = self.packs;
        let known: BTreeSet<&str> = (packs.iter().take(1).chain([pack]))
            .filter_map(|pack| pack.about.as_ref())
            .flat_map(|(_, about)| about.policy.keys().map(String::as_str))
            .collect();
        for key in &page.rule.policy {
            if !known.contains(key.get_ref().as_str()) {
                self.mistakes.push(unknown(&page.file, key, "policy source", known.iter().copied()));
            }
        }
    }

    fn detect(&mut self, page: &Page, at: usize, spanned: &Spanned<DetectToml>) -> Option<Detect> {
        let detect = spanned.get_ref();
        let detector = match self.detectors(page, at, detect) {
            mut found if found.len() == 1 => found.remove(0),
            found => {
                let message = if found.is_empty() {
                    "this `[[detect]]` has no detector"
                } else {
                    "this `[[detect]]` has two detectors"
                };
                let help =
                    Some("give each `[[detect]]` exactly one table such as `[detect.phrase]`".to_owned());
                self.mistakes.push(page.file.mistake(spanned.span(), message, help));
                return None;
            }
        };
        let fields = detect.fields.as_deref();
        Some(Detect {
            kinds: kind_bits(detect.kinds.as_deref()),
            channels: self.channel_names(page, &detect.channels),
            in_subject: looks_into(fields, FieldToml::Subject),
            in_body: looks_into(fields, FieldToml::Body),
            scopes: scope_bits(detect.scopes.as_deref()),
            group: detect.group,
            severity: detect.severity,
            confidence: detect.confidence.unwrap_or(Confidence::High),
            from: self.day(page, &detect.from).max(self.day(page, &page.rule.from)),
            message: detect.message.clone(),
            help: detect.help.clone(),
            fix: detect.fix.as_ref().map(Cure::from),
            within: detect.within,
            with: self.condition(page, at, "with", &detect.with),
            unless: self.condition(page, at, "unless", &detect.unless),
            unless_near: self.condition(page, at, "unless_near", &detect.unless_near),
            lead: self.condition(page, at, "lead", &detect.lead),
            sentence_has: self.role_bits(page, &detect.sentence_has),
            sentence_lacks: self.role_bits(page, &detect.sentence_lacks),
            alone_from: self.rules_of(page, &detect.alone_from),
            message_has: self.role_bits(page, &detect.message_has),
            message_lacks: self.role_bits(page, &detect.message_lacks),
            attachments: detect.attachments,
            inputs: detect.inputs.clone(),
            repeats: detect.repeats.unwrap_or(true),
            detector,
        })
    }

    fn day(&mut self, page: &Page, written: &Option<Spanned<Datetime>>) -> Option<Day> {
        let written = written.as_ref()?;
        let day = day(written.get_ref());
        if day.is_none() {
            let message = format!("`{}` is no day", written.get_ref());
            let help = Some("write a date without a time and without quotes: `2026-11-22`".to_owned());
            self.mistakes.push(page.file.mistake(written.span(), message, help));
        }
        day
    }

    /// Every detector that a `[[detect]]` has; right is exactly one.
    fn detectors(&mut self, page: &Page, at: usize, detect: &DetectToml) -> Vec<Detector> {
        let mut found = Vec::new();
        if let Some(phrase) = &detect.phrase {
            let any = self.probe(page, at, "any", &phrase.any);
            found.push(Detector::Phrase { any, mark: phrase.mark });
        }
        if let Some(pair) = &detect.pair {
            let first = self.probe(page, at, "first", &pair.first);
            let second = self.probe(page, at, "second", &pair.second);
            let (apart, reach) = (pair.apart, pair.reach);
            let (either_order, mark) = (pair.either_order, pair.mark);
            found.push(Detector::Pair { first, second, apart, reach, either_order, mark });
        }
        if let Some(roles) = &detect.roles {
            found.push(Detector::Roles {
                only: self.role_bits(page, &roles.only),
                beside: self.role_bits(page, &roles.beside),
                apart: self.role_bits(page, &roles.apart),
                none_of: self.role_bits(page, &roles.none_of),
                min_words: roles.min_words,
            });
        }
        found.extend(detect.link.as_ref().map(|link| Detector::Link(self.link(page, link))));
        found.extend(detect.image.as_ref().map(|image| Detector::Image(self.image(page, image))));
        if let Some(email) = &detect.email {
            found.push(Detector::Email { not_hosts: self.list_names(page, &email.not_hosts) });
        }
        if let Some(handle) = &detect.handle {
            found.push(Detector::Handle {
                networks: handle.networks.iter().map(|name| name.get_ref().clone()).collect(),
            });
        }
        if let Some(placeholder) = &detect.placeholder {
            found.push(Detector::Placeholder {
                meanings: placeholder.meanings.iter().map(|name| name.get_ref().clone()).collect(),
                faults: placeholder.faults.clone(),
                only_final: placeholder.only_final,
            });
        }
        found.extend(
            detect.attachment.as_ref().map(|wanted| Detector::Attachment(self.attachment(page, wanted))),
        );
        if let Some(recipient) = &detect.recipient {
            found.push(Detector::Recipient {
                headers: recipient.headers.clone(),
                not_hosts: self.list_names(page, &recipient.not_hosts),
                more_than: recipient.more_than,
            });
        }
        if let Some(regex) = &detect.regex {
            self.check_regex(page, regex);
            found.push(Detector::Regex {
                pattern: regex.pattern.get_ref().clone().into(),
                needs: regex.needs.iter().map(|needed| needed.get_ref().clone().into()).collect(),
            });
        }
        found.extend(simple_detectors(detect));
        found
    }

    fn check_regex(&mut self, page: &Page, regex: &RegexToml) {
        if let Err(error) = Regex::new(regex.pattern.get_ref()) {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
            let message = format!("this is no regular expression: {reason}");
            self.mistakes.push(page.file.mistake(regex.pattern.span(), message, None));
        }
        let empty = regex.needs.iter().find(|needed| needed.get_ref().is_empty());
        if regex.needs.is_empty() || empty.is_some() {
            let at = empty.map_or(regex.pattern.span(), Spanned::span);
            let help = "name letters of which every match holds some, so that the pattern is only tried where they stand";
            self.mistakes.push(page.file.mistake(at, "`needs` is empty", Some(help.to_owned())));
        }
    }

    fn link(&mut self, page: &Page, link: &LinkToml) -> LinkWanted {
        LinkWanted {
            schemes: link.schemes.clone(),
            hosts: self.list_names(page, &link.hosts),
            not_hosts: self.list_names(page, &link.not_hosts),
            purposes: link.purposes.clone().unwrap_or_else(|| vec![Purpose::Link]),
            forms: link.forms.clone(),
            faults: link.faults.clone(),
            paths: link.paths.clone(),
            params: link.params.clone(),
        }
    }

    /// Names of channels, or of services that have some.
    fn channel_names(&mut self, page: &Page, names: &[Spanned<String>]) -> Vec<String> {
        let packs = self.packs;
        let services = channels(packs).filter_map(|name| Some(name.split_once(':')?.0));
        let known: BTreeSet<&str> = channels(packs).chain(services).collect();
        self.check_known(page, names.iter(), "channel", &known);
        names.iter().map(|name| name.get_ref().clone()).collect()
    }

    /// Examples name a whole channel.
    fn check_examples(&mut self, page: &Page) {
        let known: BTreeSet<&str> = channels(self.packs).collect();
        let examples = page.rule.example.iter().filter_map(|example| example.get_ref().channel.as_ref());
        self.check_known(page, examples, "channel", &known);
    }

    fn check_known<'n>(
        &mut self,
        page: &Page,
        names: impl Iterator<Item = &'n Spanned<String>>,
        what: &str,
        known: &BTreeSet<&str>,
    ) {
        for name in names.filter(|name| !known.contains(name.get_ref().as_str())) {
            self.mistakes.push(unknown(&page.file, name, what, known.iter().copied()));
        }
    }

    fn image(&mut self, page: &Page, image: &ImageToml) -> ImageWanted {
        ImageWanted {
            has: image.has.clone(),
            lacks: image.lacks.clone(),
            hosts: self.list_names(page, &image.hosts),
            not_hosts: self.list_names(page, &image.not_hosts),
            paths: self.list_names(page, &image.paths),
            words: self.list_names(page, &image.words),
            not_words: self.list_names(page, &image.not_words),
            links_off: self.list_names(page, &image.links_off),
            wider_than: image.wider_than,
            words_below: image.words_below,
        }
    }

    fn attachment(&mut self, page: &Page, wanted: &AttachmentToml) -> AttachmentWanted {
        AttachmentWanted {
            names: self.list_names(page, &wanted.names),
            not_names: self.list_names(page, &wanted.not_names),
            extensions: wanted.extensions.clone(),
            not_extensions: wanted.not_extensions.clone(),
            looks_like: wanted.looks_like.clone(),
            not_looks_like: wanted.not_looks_like.clone(),
            faults: wanted.faults.clone(),
            total_over: wanted.total_over,
            inline: wanted.inline,
        }
    }

    /// Names of lists; `allowed` is the user's own.
    fn list_names(&mut self, page: &Page, names: &[Spanned<String>]) -> Vec<String> {
        for name in names {
            let known = || {
                self.packs.iter().flat_map(|pack| pack.lists.keys().map(String::as_str)).chain(["allowed"])
            };
            if !known().any(|list| list == name.get_ref()) {
                let mistake = unknown(&page.file, name, "list", known());
                self.mistakes.push(mistake);
            }
        }
        names.iter().map(|name| name.get_ref().clone()).collect()
    }

    /// The numbers of the rules of some families.
    fn rules_of(&mut self, page: &Page, families: &[Spanned<String>]) -> Vec<u16> {
        let packs = self.packs;
        let all: Vec<Option<&str>> =
            packs.iter().flat_map(|pack| &pack.rules).map(|page| page.rule.family.as_deref()).collect();
        for family in families {
            if !all.contains(&Some(family.get_ref().as_str())) {
                let known = all.iter().flatten().copied();
                self.mistakes.push(unknown(&page.file, family, "family", known));
            }
        }
        let is_wanted = |name: &str| families.iter().any(|family| family.get_ref() == name);
        (0u16..).zip(all).filter(|(_, family)| family.is_some_and(is_wanted)).map(|(rule, _)| rule).collect()
    }

    fn role_bits(&mut self, page: &Page, names: &[Spanned<String>]) -> RoleBits {
        let mut bits = 0;
        for name in names {
            match name.get_ref().as_str() {
                "purpose" => bits |= self.bits_where(|role| role.purpose),
                wanted => match self.roles.iter().position(|role| role.name == wanted) {
                    Some(index) => bits |= 1 << index,
                    None => {
                        let known: Vec<String> = self.roles.iter().map(|role| role.name.clone()).collect();
                        self.mistakes.push(unknown(
                            &page.file,
                            name,
                            "role",
                            known.iter().map(String::as_str),
                        ));
                    }
                },
            }
        }
        bits
    }

    fn bits_where(&self, wanted: impl Fn(&Role) -> bool) -> RoleBits {
        self.roles.iter().enumerate().filter(|(_, role)| wanted(role)).map(|(index, _)| 1 << index).sum()
    }

    fn condition(&mut self, page: &Page, at: usize, key: &str, patterns: &Patterns) -> Option<Probe> {
        (!patterns.is_empty()).then(|| self.probe(page, at, key, patterns))
    }

    fn probe(&mut self, page: &Page, at: usize, key: &str, patterns: &Patterns) -> Probe {
        let file = Rc::new(page.file.clone());
        let with_file = |list: &Vec<Spanned<String>>| -> Vec<_> {
            list.iter().map(|pattern| (Rc::clone(&file), pattern.clone())).collect()
        };
        let patterns: BTreeMap<String, Vec<_>> =
            patterns.iter().map(|(language, list)| (language.clone(), with_file(list))).collect();
        let number = if page.rule.detect.len() > 1 { format!(" {}", at + 1) } else { String::new() };
        let output = self.output(format!("{}{number} {key}", page.id), &patterns);
        let probe = *self.probes.entry(output.patterns.clone()).or_insert(self.outputs.len());
        match self.outputs.get_mut(probe) {
            Some((known, _)) => known.owners.extend(output.owners),
            None => self.outputs.push((output, patterns)),
        }
        probe as Probe
    }

    fn output(&self, owner: String, patterns: &Written) -> Output {
        let written = |list: &[Placed]| list.iter().map(|(_, pattern)| pattern.get_ref().clone()).collect();
        Output {
            owners: vec![owner],
            patterns: patterns.iter().map(|(language, list)| (language.clone(), written(list))).collect(),
        }
    }

    fn languages(&mut self) -> (Vec<Language>, Legends) {
        let codes = |pack: &'a Pack| pack.words.keys().chain(pack.spelling.keys()).cloned();
        let codes: BTreeSet<String> = self.packs.iter().flat_map(codes).collect();
        let mut legends = Legends {
            outputs: self.outputs.iter().map(|(output, _)| output.clone()).collect(),
            ..Legends::default()
        };
        let mut languages = Vec::new();
        for code in codes {
            if let Some((language, legend)) = self.language(&code) {
                languages.push(language);
                legends.languages.insert(code, legend);
            }
        }
        (languages, legends)
    }

    fn language(&mut self, code: &str) -> Option<(Language, Legend)> {
        let packs = self.packs;
        let words: Vec<_> = packs.iter().filter_map(|pack| pack.words.get(code)).flatten().collect();
        let common: Vec<String> = words.iter().flat_map(|(_, words)| words.common.iter().cloned()).collect();
        let mut grammar = Grammar::new(&common);
        let mut members: BTreeMap<&str, Vec<Placed>> = BTreeMap::new();
        for (file, words) in words {
            let file = Rc::new(file.clone());
            words.key_words.iter().for_each(|(word, ordinary)| grammar.key_word(word, ordinary));
            for (class, list) in &words.classes {
                members
                    .entry(class)
                    .or_default()
                    .extend(list.iter().map(|member| (Rc::clone(&file), member.clone())));
            }
        }
        for (class, list) in &members {
            let patterns = self.parsed(list);
            grammar.class(class, patterns);
        }
        let class_names: Vec<String> = grammar
            .class_names()
            .map(str::to_owned)
            .chain(BUILTIN_CLASSES.iter().map(|name| (*name).to_owned()))
            .collect();
        for output in 0..self.outputs.len() {
            let list = self.outputs[output].1.get(code).cloned().unwrap_or_default();
            let patterns = self.parsed(&list);
            grammar.output(patterns);
        }
        let (spelling, mistakes) = spelling::compile(packs, code);
        self.mistakes.extend(mistakes);
        match grammar.compile() {
            Ok((machine, legend)) => Some((Language { code: code.to_owned(), machine, spelling }, legend)),
            Err(error) => {
                let mistake = self.compile_mistake(code, &error, &members, &class_names);
                self.mistakes.push(mistake);
                None
            }
        }
    }

    fn parsed(&mut self, list: &[Placed]) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for (file, written) in list {
            match Pattern::parse(written.get_ref()) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => {
                    let mistake = file.mistake(inside(written, &error.at), error.message, None);
                    self.mistakes.push(mistake);
                }
            }
        }
        patterns
    }

    fn compile_mistake(
        &self,
        code: &str,
        error: &CompileError,
        members: &BTreeMap<&str, Vec<Placed>>,
        class_names: &[String],
    ) -> PackError {
        let list = match &error.owner {
            Owner::Class(name) => members.get(name.as_str()).cloned(),
            Owner::Output(output) => self.outputs[*output].1.get(code).cloned(),
        };
        let Some((file, written)) = list.and_then(|list| list.get(error.pattern).cloned()) else {
            let nowhere = PackFile { path: format!("words/{code}.toml"), text: String::new() };
            return nowhere.mistake(0..0, error.error.message.clone(), None);
        };
        let wrong = error.error.message.split('`').nth(1).unwrap_or_default();
        let near = nearest(wrong, class_names.iter().map(String::as_str));
        let help = near.map(|near| format!("did you mean `{near}`?"));
        file.mistake(inside(&written, &error.error.at), error.error.message.clone(), help)
    }
}

/// The lists of all packs, as detectors ask for them.
fn lists(packs: &[Pack]) -> Lists {
    let mut lists = Lists::default();
    for (name, (_, list)) in packs.iter().flat_map(|pack| &pack.lists) {
        lists.add_hosts(name, &list.hosts);
        lists.add_words(name, &list.words);
        for (network, about) in &list.networks {
            lists.add_network(network, &about.group, &about.names, about.ambiguous);
        }
    }
    lists
}

/// The channels of all packs.
fn channels(packs: &[Pack]) -> impl Iterator<Item = &str> {
    packs.iter().flat_map(|pack| pack.lists.values()).flat_map(|(_, list)| &list.channels).map(String::as_str)
}

/// The symbols of all packs.
fn symbols(packs: &[Pack]) -> Vec<SymbolList> {
    let mut by_name: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, (_, list)) in
        packs.iter().flat_map(|pack| &pack.lists).filter(|(_, (_, list))| !list.symbols.is_empty())
    {
        by_name.entry(name).or_default().extend(list.symbols.keys().cloned());
    }
    by_name.into_iter().map(|(name, symbols)| SymbolList { name: name.to_owned(), symbols }).collect()
}

/// The detectors whose settings are values without names to look up.
fn simple_detectors(detect: &DetectToml) -> impl Iterator<Item = Detector> {
    let secrets =
        detect.secret_number.as_ref().map(|secret| Detector::SecretNumber { which: secret.which.clone() });
    let tag = detect.subject_tag.as_ref();
    let (header, subject) = (detect.header.as_ref(), detect.subject.as_ref());
    [
        detect.phone.map(|_| Detector::Phone),
        detect.emoji.map(|emoji| Detector::Pictures(emoji.which)),
        detect.order_id.map(|order_id| Detector::OrderId(order_id.fault)),
        tag.map(|tag| Detector::SubjectTag { words: tag.words.clone(), form: tag.form }),
        detect.line_breaks.map(|breaks| Detector::LineBreaks { most: breaks.most, place: breaks.place }),
        detect.shouting.map(|shouting| Detector::Shouting { words: shouting.words, marks: shouting.marks }),
        secrets,
        detect.metadata.map(|metadata| Detector::Metadata(metadata.fact)),
        detect.language.map(|language| Detector::Language(language.fault)),
        detect.slip.map(|slip| Detector::Slip(slip.which)),
        detect.encoding.map(|encoding| Detector::Encoding(encoding.fault)),
        detect.length.map(|length| Detector::Length { least: length.least, most: length.most }),
        detect.channel.map(|_| Detector::Channel),
        detect
            .attachment_count
            .map(|count| Detector::AttachmentCount { least: count.least, most: count.most }),
        detect.tag.map(|_| Detector::Tag),
        detect.style.clone().map(Detector::Style),
        detect.margin.map(|margin| Detector::Margin { most: margin.most }),
        detect.font_sizes.map(|sizes| Detector::FontSizes { most: sizes.most }),
        detect.contrast.map(Detector::Contrast),
        detect.element.clone().map(Detector::Element),
        detect.hidden.clone().map(Detector::Hidden),
        detect.structure.map(Detector::Structure),
        header.map(|header| Detector::Header { names: header.names.clone(), values: header.values.clone() }),
        subject.map(|subject| Detector::Subject { fault: subject.fault, prefixes: subject.prefixes.clone() }),
        detect.alternatives.map(|forms| Detector::Alternatives {
            shared_percent: forms.shared_percent,
            min_words: forms.min_words,
        }),
    ]
    .into_iter()
    .flatten()
}

fn unknown<'n>(
    file: &PackFile,
    name: &Spanned<String>,
    what: &str,
    known: impl Iterator<Item = &'n str>,
) -> PackError {
    let known: Vec<&str> = known.collect();
    let help = match nearest(name.get_ref(), known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known: {}", known.join(", ")),
    };
    file.mistake(name.span(), format!("there is no {what} `{}`", name.get_ref()), Some(help))
}

/// A place inside a TOML string, which begins after its quote. Escapes before it would shift it; patterns have none.
fn inside(written: &Spanned<String>, at: &Range<usize>) -> Range<usize> {
    let start = written.span().start + 1;
    start + at.start..start + at.end
}
