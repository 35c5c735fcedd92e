use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, PhoneNumberType, Region};
use rlibphonenumber::phonenumber_matcher::{Leniency, PHONE_MATCHER_FACTORY};
use sellerlint::detect::phone;

fn theirs(text: &str, region: Option<Region>) -> Vec<std::ops::Range<usize>> {
    PHONE_MATCHER_FACTORY.create_matcher(text, Leniency::Valid, u64::MAX, region).map(|m| m.start..m.end()).collect()
}

#[test]
fn probe() {
    let mut bad = 0; let mut n = 0;
    let t = std::time::Instant::now();
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        for ty in [PhoneNumberType::FixedLine, PhoneNumberType::Mobile, PhoneNumberType::TollFree, PhoneNumberType::PremiumRate, PhoneNumberType::VoIP, PhoneNumberType::UAN] {
            let Ok(num) = PHONE_NUMBER_UTIL.get_example_number_for_type_and_region(region, ty) else { continue };
            for f in [PhoneNumberFormat::E164, PhoneNumberFormat::International, PhoneNumberFormat::National] {
                let s = PHONE_NUMBER_UTIL.format(&num, f);
                let base: Vec<char> = s.chars().collect();
                let mut variants = vec![s.to_string()];
                for i in 0..base.len() { if base[i].is_ascii_digit() { 
                    let mut v = base.clone(); v.remove(i); variants.push(v.iter().collect());
                    let mut v = base.clone(); v[i] = char::from(b'0' + ((v[i] as u8 - b'0') + (i as u8 % 9) + 1) % 10); variants.push(v.iter().collect());
                    let mut v = base.clone(); v.insert(i, ' '); variants.push(v.iter().collect());
                } }
                for v in variants {
                    n += 1;
                    let t = theirs(&v, Some(region));
                    let o = phone::valid_numbers(&v, &region.to_string());
                    if t != o { bad += 1; if bad < 60 { println!("{:?} {v:?} theirs {t:?} ours {o:?}", region); } }
                }
            }
        }
    }
    println!("{n} checked, {bad} bad {:?}", t.elapsed());
    assert_eq!(bad, 0);
}
