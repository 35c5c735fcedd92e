/// The countries in which Amazon sells, by ISO 3166 code.
pub(crate) const MARKETPLACES: [&str; 26] = [
    "AE", "AT", "AU", "BE", "BR", "CA", "CH", "CN", "DE", "EG", "ES", "FR", "GB", "IE", "IN", "IT", "JP",
    "MX", "NL", "PL", "SA", "SE", "SG", "TR", "US", "ZA",
];

/// Every two-letter language code of ISO 639.
pub(crate) const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy \
    da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii \
    ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr \
    ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl \
    sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh \
    zu";

/// A value that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}; {help}")]
pub struct WrongValue {
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

/// The country code of a marketplace: in capitals, and `GB` for `UK`.
pub fn marketplace(name: &str) -> Result<String, WrongValue> {
    let code = match name.to_ascii_uppercase() {
        code if code == "UK" => "GB".to_owned(),
        code => code,
    };
    if MARKETPLACES.contains(&code.as_str()) {
        return Ok(code);
    }
    let message = format!("`{name}` is no marketplace of Amazon");
    Err(WrongValue { message, help: format!("known: {}, UK", MARKETPLACES.join(", ")) })
}

/// The two-letter code of a language: `de` for `DE` and for `de-AT`.
pub fn language(name: &str) -> Result<String, WrongValue> {
    let code = name.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    if LANGUAGES.split(' ').any(|known| known == code) {
        return Ok(code);
    }
    let message = format!("`{name}` is no language code");
    Err(WrongValue { message, help: "write two letters, such as `en`, `de` or `ja`".to_owned() })
}

/// The sign between the fields of a table: one of ASCII, or `tab`.
pub fn delimiter(name: &str) -> Result<u8, WrongValue> {
    match name.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [sign] if sign.is_ascii() && !matches!(sign, b'"' | b'\n' | b'\r') => Ok(*sign),
        _ => {
            let message = format!("`{name}` is no sign that parts fields");
            Err(WrongValue { message, help: "write one sign, such as `;`, or `tab`".to_owned() })
        }
    }
}

/// A host as links have it: lower case, nothing around it.
pub(super) fn host(name: &str) -> Result<String, WrongValue> {
    let host = name.trim_end_matches('.').to_lowercase();
    let is_host_letter = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    if !host.is_empty() && !host.starts_with('.') && host.chars().all(is_host_letter) {
        return Ok(host);
    }
    let message = format!("`{name}` is no host");
    Err(WrongValue { message, help: "write the host alone, such as `help.example.com`".to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_brought_into_one_form() {
        for (name, code) in [("us", "US"), ("UK", "GB"), ("gb", "GB")] {
            assert_eq!(marketplace(name).unwrap(), code);
        }
        for (name, code) in [("DE", "de"), ("de-AT", "de"), ("pt_BR", "pt"), ("zh-Hans-CN", "zh")] {
            assert_eq!(language(name).unwrap(), code);
        }
        assert_eq!(host("Help.Example.COM.").unwrap(), "help.example.com");
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for name in ["", "USA", "Germany", "ÜS"] {
            assert!(marketplace(name).is_err(), "{name}");
        }
        for name in ["", "xx", "english", "-de"] {
            assert!(language(name).is_err(), "{name}");
        }
        for name in ["", ".", "a b", "https://a.example", "a.example/x", "me@a.example", "*.a.example"] {
            assert!(host(name).is_err(), "{name}");
        }
    }
}
