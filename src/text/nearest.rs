//! The known name that a misspelt one was most likely meant to be.
//!
//! This file knows nothing of the rest of the house, because `build.rs` shares it.

/// The nearest of the known names, if one is near enough to be meant: at most a third of its letters differ.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name: Vec<char> = name.to_lowercase().chars().collect();
    known
        .into_iter()
        .map(|other| (distance(&name, &other.to_lowercase().chars().collect::<Vec<_>>()), other))
        .filter(|(distance, other)| *distance * 3 <= other.chars().count().max(name.len()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// Letters to insert, delete, replace or swap with their neighbour to turn one name into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(from != to);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_understood_and_a_stranger_is_not() {
        let known = ["subject", "kind", "order_id"];
        assert_eq!(nearest("sujbect", known), Some("subject"));
        assert_eq!(nearest("orderid", known), Some("order_id"));
        assert_eq!(nearest("colour", known), None);
    }
}
