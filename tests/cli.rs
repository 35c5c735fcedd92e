//! Whole command lines with their whole output: one case a behaviour.

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cli/cases/*.toml");
}
