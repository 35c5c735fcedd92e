use rlibphonenumber::phonenumber_matcher::{Leniency, PHONE_MATCHER_FACTORY};
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};
use sellerlint::detect::phone;

fn theirs(text: &str, region: Option<Region>) -> Vec<std::ops::Range<usize>> {
    PHONE_MATCHER_FACTORY
        .create_matcher(text, Leniency::Valid, u64::MAX, region)
        .map(|m| m.start..m.end())
        .collect()
}

#[test]
fn probe() {
    let mut bad = 0;
    let mut n = 0;
    let t = std::time::Instant::now();
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for ty in [
            PhoneNumberType::FixedLine,
            PhoneNumberType::Mobile,
            PhoneNumberType::TollFree,
            PhoneNumberType::PremiumRate,
            PhoneNumberType::VoIP,
            PhoneNumberType::UAN,
        ] {
            let Ok(num) = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, ty) else {
                continue;
            };
            for f in [PhoneNumberFormat::E164, PhoneNumberFormat::International, PhoneNumberFormat::National]
            {
                let s = PHONE_NUMBER_UTIL.format(&num, f);
                let base: Vec<char> = s.chars().collect();
                let mut variants = vec![s.to_string()];
                for i in 0..base.len() {
                    if base[i].is_ascii_digit() {
                        let mut v = base.clone();
                        v.remove(i);
                        variants.push(v.iter().collect());
                        let mut v = base.clone();
                        v[i] = char::from(b'0' + ((v[i] as u8 - b'0') + (i as u8 % 9) + 1) % 10);
                        variants.push(v.iter().collect());
                        let mut v = base.clone();
                        v.insert(i, ' ');
                        variants.push(v.iter().collect());
                    }
                }
                for v in variants {
                    n += 1;
                    let t = theirs(&v, Some(region));
                    let o = phone::valid_numbers(&v, &region.to_string());
                    if t != o {
                        bad += 1;
                        if bad < 60 {
                            println!("{:?} {v:?} theirs {t:?} ours {o:?}", region);
                        }
                    }
                }
            }
        }
    }
    println!("{n} checked, {bad} bad {:?}", t.elapsed());
    assert_eq!(bad, 0);
}
#[test]
fn fuzz() {
    let mut seed: u64 = 0x1234567;
    let mut next = |n: usize| {
        seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((seed >> 33) as usize) % n
    };
    let parts = [
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
        " ",
        " - ",
        ".",
        "/",
        "x",
        " ext. 12",
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
        "5",
        "12/05/",
        "99",
        "–",
        "--",
        ",",
        ";ext=7",
        " x 5",
        "\n",
        "0049",
        "0171 1234567",
        "٤١٥",
    ];
    let regions = [
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
    let mut bad = 0;
    let mut found = 0;
    for _ in 0..60000 {
        let mut s = String::new();
        for _ in 0..1 + next(9) {
            s.push_str(parts[next(parts.len())]);
        }
        let region = regions[next(regions.len())];
        let t = theirs(&s, region);
        let o = phone::valid_numbers(&s, &region.map_or(String::new(), |r| r.to_string()));
        found += t.len();
        if t != o {
            bad += 1;
            if bad < 40 {
                println!(
                    "{region:?} {s:?} theirs {:?} ours {:?}",
                    t.iter().map(|r| &s[r.clone()]).collect::<Vec<_>>(),
                    o.iter().map(|r| &s[r.clone()]).collect::<Vec<_>>()
                );
            }
        }
    }
    println!("found {found} bad {bad}");
}
