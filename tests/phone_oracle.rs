//! The phone detector against libphonenumber's port: what our tables say is valid must be what it says, and what our
//! matcher finds before it is judged must be what its matcher finds.

use std::ops::Range;

use rlibphonenumber::phonenumber_matcher::{Leniency, PHONE_MATCHER_FACTORY};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};
use sellerlint::detect::phone;

/// What their matcher finds.
fn theirs(text: &str, region: Option<Region>) -> Vec<Range<usize>> {
    let matches = PHONE_MATCHER_FACTORY.create_matcher(text, Leniency::Valid, u64::MAX, region);
    matches.map(|found| found.start..found.end()).collect()
}

/// What ours finds.
fn ours(text: &str, region: Option<Region>) -> Vec<Range<usize>> {
    phone::valid_numbers(text, &region.map_or(String::new(), |region| region.to_string()))
}

/// Draws the finds of a text with bars.
fn drawn(text: &str, found: &[Range<usize>]) -> String {
    let mut out = String::new();
    let mut at = 0;
    for range in found {
        out += &format!("{}|{}|", &text[at..range.start], &text[range.clone()]);
        at = range.end;
    }
    out + &text[at..]
}

/// Compares the finds in many texts, and shows the first that differ.
#[track_caller]
fn same_finds<'a>(texts: impl IntoIterator<Item = (&'a str, Option<Region>)>) -> usize {
    let mut finds = 0;
    let mut wrong = Vec::new();
    for (text, region) in texts {
        let theirs = theirs(text, region);
        let ours = ours(text, region);
        finds += theirs.len();
        if theirs != ours {
            let region = region.map_or("none".to_owned(), |region| region.to_string());
            wrong.push(format!(
                "{region}: theirs {:?}, ours {:?}\n",
                drawn(text, &theirs),
                drawn(text, &ours)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(20)].concat());
    finds
}

/// The example numbers of all regions, as they are written in three ways.
fn examples() -> Vec<(Region, String)> {
    use PhoneNumberFormat::{E164, International, National};
    use PhoneNumberType::{FixedLine, Mobile, PersonalNumber, PremiumRate, SharedCost, TollFree, UAN, VoIP};

    let mut regions: Vec<Region> = PHONE_NUMBER_UTIL.get_supported_regions().collect();
    regions.sort_unstable();
    let mut examples = Vec::new();
    for region in regions {
        for kind in [FixedLine, Mobile, TollFree, PremiumRate, SharedCost, VoIP, UAN, PersonalNumber] {
            let Ok(number) = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, kind) else {
                continue;
            };
            for format in [E164, International, National] {
                examples.push((region, PHONE_NUMBER_UTIL.format(&number, format).into_owned()));
            }
        }
    }
    examples
}

/// A small generator of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most
    }
}

/// The number with one digit changed, dropped or doubled, or with a blank thrown in.
fn spoilt(number: &str, dice: &mut Dice) -> String {
    let digits: Vec<usize> = number.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
    let at = digits[dice.below(digits.len())];
    let (before, after) = (&number[..at], &number[at + 1..]);
    let digit = &number[at..=at];
    match dice.below(6) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{digit}{digit}{after}"),
        2 => format!("{before}{digit} {after}"),
        _ => format!("{before}{}{after}", dice.below(10)),
    }
}

#[test]
fn validity_is_the_same_in_all_regions() {
    let mut dice = Dice(7);
    let (mut valid, mut invalid) = (0, 0);
    for (region, number) in examples() {
        for number in [spoilt(&number, &mut dice), number] {
            let parsed = PHONE_NUMBER_UTIL.parse(&number, Some(region));
            let is_valid = parsed.is_ok_and(|parsed| PHONE_NUMBER_UTIL.is_valid_number(&parsed));
            assert_eq!(is_valid, phone::is_valid(&number, &region.to_string()), "{number} in {region}");
            *(if is_valid { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(valid > 4000 && invalid > 500, "the test lost its teeth: {valid} valid, {invalid} not");
}

#[test]
fn finds_are_the_same_in_all_regions() {
    let mut dice = Dice(11);
    let examples = examples();
    let spoilt: Vec<(Region, String)> = examples
        .iter()
        .map(|(region, number)| (*region, format!("call {} now", spoilt(number, &mut dice))))
        .collect();
    let texts = examples.iter().chain(&spoilt).map(|(region, text)| (text.as_str(), Some(*region)));
    assert!(same_finds(texts) > 4000);
}

#[test]
fn finds_are_the_same_in_text_made_of_shreds() {
    const SHREDS: [&str; 36] = [
        "415-666-7777",
        "+1 650 253 0000",
        "(415) 666-7777",
        "030 12345678",
        "0",
        "1",
        "2",
        "44",
        "20",
        "7946 0958",
        "+44 ",
        "-",
        " ",
        "  ",
        " - ",
        ".",
        "/",
        " x12",
        "#3",
        "(",
        ")",
        "[",
        "+",
        "a",
        "é",
        "$",
        "%",
        "2024-05-12 10",
        ":30",
        "12/05/",
        "99",
        "–",
        "--",
        ",",
        "0049",
        "0171 1234567",
    ];
    const REGIONS: [Option<Region>; 9] = [
        Some(Region::US),
        Some(Region::GB),
        Some(Region::DE),
        Some(Region::FR),
        Some(Region::IT),
        Some(Region::MX),
        Some(Region::AR),
        Some(Region::NZ),
        None,
    ];
    let mut dice = Dice(23);
    let texts: Vec<(String, Option<Region>)> = (0..4000)
        .map(|_| {
            let text = (0..1 + dice.below(8)).map(|_| SHREDS[dice.below(SHREDS.len())]).collect();
            (text, REGIONS[dice.below(REGIONS.len())])
        })
        .collect();
    assert!(same_finds(texts.iter().map(|(text, region)| (text.as_str(), *region))) > 400);
}

/// The situations that libphonenumber's own tests of its matcher try, in words of ours.
#[test]
fn finds_are_the_same_where_its_matcher_is_tested() {
    let numbers = [
        ("033316005", Region::NZ),
        ("03-331 6005", Region::NZ),
        ("0064 3 331 6005", Region::NZ),
        ("64(0)64123456", Region::NZ),
        ("01164 3 331 6005", Region::US),
        ("123-456-7890", Region::US),
        ("1-650-333-6000", Region::US),
        ("0123/456789", Region::PL),
        ("0011-650-333-6000", Region::SG),
        ("0~01-650-333-6000", Region::PL),
        ("++1 (650) 333-6000", Region::PL),
        ("+39 02-36618 300", Region::NZ),
        ("02-36618 300", Region::IT),
        ("312 345 678", Region::IT),
        ("+54 9 343 555 1212", Region::AR),
        ("0343 15 555 1212", Region::AR),
        ("03715 15 65 4320", Region::AR),
        ("011 3797 0000", Region::AR),
        ("+54 23 1234 0000", Region::AR),
        ("01 (449)978-0001", Region::MX),
        ("(449)978-0001", Region::MX),
        ("+52 1 33 1234-5678", Region::MX),
        ("044 (33) 1234-5678", Region::MX),
        ("03 331 6005 ext 3456", Region::NZ),
        ("03-3316005x3456", Region::NZ),
        ("03-3316005 int.3456", Region::NZ),
        ("03 3316005 #3456", Region::NZ),
        ("0~0 1800 7493 524 ~1234", Region::PL),
        ("(1800) 7493.524", Region::US),
        ("+44 2034567890 X  456", Region::GB),
        ("(800) 901-3355 , ext 7246433", Region::US),
        ("(800) 901-3355 ,extension 7246433", Region::US),
        ("(800) 901-3355 ext: 7246433", Region::US),
        ("0 3   3 3 1   6 0 0 5", Region::NZ),
        ("65 02 53 00 00", Region::US),
        ("650//253-1234", Region::US),
        ("12 7/8 - 14 12/34 - 5", Region::US),
        ("1979-2011 100", Region::US),
        ("+494949-4-94", Region::DE),
        ("2012-01-02 08", Region::US),
        ("1800-1-0-10 22", Region::AU),
        ("(0)3 0 -3 2 23 12 34", Region::DE),
        ("0900-1 123123", Region::DE),
        ("415/666-7777", Region::US),
        ("+49-4931-49", Region::DE),
        ("04931-49", Region::DE),
        ("+33 3 34 23 12", Region::FR),
        ("7121115678", Region::US),
        ("650x2531234", Region::US),
        ("(20) 3346 1234", Region::GB),
        ("2012-01-02 08:00", Region::US),
        ("20120102 08:00", Region::US),
        ("10/12/82", Region::DE),
        ("31/8/2011", Region::US),
        ("650+253+1234", Region::US),
        ("800 234 1 111x1111", Region::US),
        ("415-666-7777 503#", Region::US),
    ];
    let frames = [
        ("", ""),
        ("   ", "\t"),
        ("Write or call ", " to reach us!"),
        ("call", ""),
        ("", "please"),
        ("abc", "def"),
        ("É", "."),
        ("$", ""),
        ("", "€"),
        ("", "%"),
        ("Only 9.99! Call ", " to buy"),
        ("Since 12-15 (2009) we are at ", ""),
        ("As of 03/10/2011, ", ""),
        ("On 21.6.1984 at ", ""),
        ("", ", 45 days a year"),
        ("", ";x 7246433"),
        ("Call ", "/x12 more"),
        ("$20 ", ""),
        ("", " 100$"),
        ("我的电话号码是", "是"),
        ("No-", ".Nice day."),
        ("in 34215 - ", " is it"),
        ("", ". 34215 is the code."),
        ("650-253-4561 -- ", ""),
        ("650-253-4561--", ""),
        ("(", ")"),
        ("80.585 [", "]"),
        ("Call ", " or +1800-123-4567!"),
    ];
    let texts: Vec<(String, Region)> = numbers
        .iter()
        .flat_map(|(number, region)| {
            frames.iter().map(move |(before, after)| (format!("{before}{number}{after}"), *region))
        })
        .collect();
    assert!(same_finds(texts.iter().map(|(text, region)| (text.as_str(), Some(*region)))) > 600);
}

/// Where we differ on purpose: text, region, theirs, ours.
#[test]
fn the_differences_are_these() {
    let differences = [
        // `xx` for a carrier code is how Argentina and Brazil write templates of numbers; nobody gives a buyer one.
        ("0xx2024-05-12 10", Region::DE, "|0xx2024-05-12 10|", "0xx2024-05-12 10"),
        // Half a label is no part of a number.
        ("+7946 0958 ext. 12", Region::DE, "|+7946 0958 ext|. 12", "+7946 0958 ext. 12"),
        // Digits of other scripts make an extension too.
        ("+1 650 253 0000 x٤١٥", Region::US, "+1 650 253 0000 x٤١٥", "|+1 650 253 0000 x٤١٥|"),
        // Only so many blanks are walked over to find an extension, so that the cost stays linear.
        (
            "415-666-7777          x12",
            Region::US,
            "|415-666-7777          x12|",
            "|415-666-7777|          x12",
        ),
        // Full-width signs never come here: the plain view is folded.
        ("（415） 666-7777", Region::US, "|（415） 666-7777|", "（415） 666-7777"),
    ];
    for (text, region, their_picture, our_picture) in differences {
        assert_eq!(drawn(text, &theirs(text, Some(region))), their_picture);
        assert_eq!(drawn(text, &ours(text, Some(region))), our_picture);
    }
}
