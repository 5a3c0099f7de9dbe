//! Every console block of the README and the documentation shows what the program really writes.

#[test]
fn console_blocks_are_real() {
    let cases = trycmd::TestCases::new();
    cases.case("README.md").case("docs/*.md").case("docs/rules/*.md").case("samples/*.md");
}
