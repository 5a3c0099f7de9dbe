//! Yes and no as people's spreadsheets write them.

/// Words for yes, in small letters, as people write them and as Excel shows a true cell.
const YES: &[&str] = &[
    "1",
    "t",
    "y",
    "x",
    "on", // short
    "true",
    "yes", // English
    "ja",
    "wahr", // German, and ja of Dutch and the Nordic languages
    "oui",
    "vrai", // French
    "sí",
    "si",
    "verdadero", // Spanish
    "sì",
    "vero", // Italian
    "sim",
    "verdadeiro", // Portuguese
    "waar",       // Dutch
    "tak",
    "prawda", // Polish
    "sant",
    "sand",
    "sann", // Swedish, Danish, Norwegian
    "kyllä",
    "tosi", // Finnish
    "ano",
    "áno",
    "pravda", // Czech, Slovak
    "igen",
    "igaz", // Hungarian
    "da",
    "adevărat", // Romanian, and da of South Slavic languages
    "točno",
    "istina",
    "истина", // Croatian, Slovenian, Serbian, Bulgarian, Russian
    "да",
    "так",
    "правда", // Russian, Bulgarian, Ukrainian
    "evet",
    "doğru", // Turkish
    "ναι",
    "αληθής",
    "αληθης", // Greek
    "jah",
    "tõene", // Estonian
    "jā",
    "patiess", // Latvian
    "taip",
    "teisinga", // Lithuanian
    "cert",     // Catalan
    "はい",
    "是",
    "예",
    "네",
    "真", // Japanese, Chinese, Korean
];

/// Words for no, in small letters, as people write them and as Excel shows a false cell.
const NO: &[&str] = &[
    "0",
    "f",
    "n",
    "off", // short
    "false",
    "no", // English, Spanish, Italian
    "nein",
    "falsch", // German
    "non",
    "faux",  // French
    "falso", // Spanish, Italian, Portuguese
    "não",
    "nao", // Portuguese
    "nee",
    "onwaar", // Dutch
    "nie",
    "fałsz", // Polish
    "nej",
    "nei",
    "falskt",
    "falsk",
    "usann", // Swedish, Danish, Norwegian
    "ei",
    "epätosi", // Finnish, and ei of Estonian
    "ne",
    "nepravda", // Czech, Slovak, South Slavic
    "nem",
    "hamis", // Hungarian
    "nu",
    "fals", // Romanian, and fals of Catalan
    "netočno",
    "neistina",
    "лаж",
    "неистина", // Croatian, Serbian, Bulgarian
    "нет",
    "не",
    "ні",
    "ложь",
    "хибність", // Russian, Bulgarian, Ukrainian
    "hayır",
    "yanlış", // Turkish
    "yanliş", // as its capitals are read without regard to Turkish
    "όχι",
    "οχι",
    "ψευδής",
    "ψευδης", // Greek
    "väär",   // Estonian
    "nē",
    "aplams",    // Latvian
    "klaidinga", // Lithuanian
    "いいえ",
    "否",
    "아니요",
    "假", // Japanese, Chinese, Korean
];

/// Words for an account that is in use.
const ENABLED: &[&str] = &[
    "enabled",
    "active",
    "activated",
    "enable",
    "aktiviert",
    "aktiv",
    "aktiverad",
    "aktiveret",
    "aktivert",
    "käytössä",
    "activé",
    "actif",
    "habilitado",
    "activo",
    "activado",
    "activada",
    "abilitato",
    "attivo",
    "attivato",
    "ativo",
    "ativado",
    "ingeschakeld",
    "actief",
    "włączone",
    "włączony",
    "aktywne",
    "aktywny",
    "activat",
    "activ",
    "включено",
    "активен",
    "активный",
    "включён",
    "etkin",
    "有効",
    "已启用",
    "사용",
];

/// Words for an account that is disabled.
const DISABLED: &[&str] = &[
    "disabled",
    "inactive",
    "deactivated",
    "suspended",
    "disable",
    "deaktiviert",
    "inaktiv",
    "inaktiverad",
    "avaktiverad",
    "deaktiveret",
    "deaktivert",
    "ei käytössä",
    "désactivé",
    "inactif",
    "deshabilitado",
    "inhabilitado",
    "inactivo",
    "desactivado",
    "desactivada",
    "disabilitato",
    "disattivato",
    "inattivo",
    "inativo",
    "desativado",
    "desabilitado",
    "uitgeschakeld",
    "inactief",
    "wyłączone",
    "wyłączony",
    "nieaktywne",
    "nieaktywny",
    "dezactivat",
    "inactiv",
    "отключено",
    "отключён",
    "неактивен",
    "неактивный",
    "devre dışı",
    "無効",
    "已禁用",
    "사용 안 함",
];

/// The texts that programs write into a cell without a value.
const NOTHING: &[&str] = &["na", "n/a", "nan", "none", "null", "<na>", "-", "#n/a"];

/// The text in small letters. A whole number loses the fraction that pandas gives it.
fn plain(text: &str) -> String {
    let text = text.trim().to_lowercase();
    match text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")) {
        Some(whole @ ("0" | "1")) => whole.to_owned(),
        // The Turkish capital I with a dot becomes two characters in small letters; the second is removed.
        _ => text.replace('\u{307}', ""),
    }
}

/// Whether a text says yes or no; `None` where it says neither.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    one_of(text, YES, NO)
}

/// Whether the text of a member's status says that the account is disabled; `None` where it says neither.
pub(super) fn is_disabled(text: &str) -> Option<bool> {
    one_of(text, DISABLED, ENABLED)
}

fn one_of(text: &str, yes: &[&str], no: &[&str]) -> Option<bool> {
    let text = plain(text);
    let is = |words: &[&str]| words.contains(&text.as_str());
    match (is(yes), is(no)) {
        (true, _) => Some(true),
        (false, true) => Some(false),
        (false, false) => None,
    }
}

/// Whether a text stands for a missing value.
pub(super) fn is_nothing(text: &str) -> bool {
    NOTHING.contains(&plain(text).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_says_both() {
        for (one, other) in [(YES, NO), (ENABLED, DISABLED)] {
            assert_eq!(one.iter().find(|word| other.contains(word)), None);
            for word in one.iter().chain(other) {
                assert_eq!(plain(word), **word, "{word} is never found");
            }
        }
    }

    #[test]
    fn spreadsheets_of_many_languages_are_understood() {
        for (yes, no) in [
            ("TRUE", "FALSE"),
            ("Yes", "No"),
            ("WAHR", "FALSCH"),
            ("VRAI", "FAUX"),
            ("VERDADERO", "FALSO"),
            ("VERO", "FALSO"),
            ("VERDADEIRO", "FALSO"),
            ("WAAR", "ONWAAR"),
            ("PRAWDA", "FAŁSZ"),
            ("SANT", "FALSKT"),
            ("SAND", "FALSK"),
            ("TOSI", "EPÄTOSI"),
            ("PRAVDA", "NEPRAVDA"),
            ("IGAZ", "HAMIS"),
            ("ADEVĂRAT", "FALS"),
            ("ИСТИНА", "ЛОЖЬ"),
            ("DOĞRU", "YANLIŞ"),
            ("Evet", "Hayır"),
            ("1", "0"),
            ("1.0", "0.0"),
            ("1,0", "0,0"),
            (" Sí ", "nO"),
            ("T", "F"),
        ] {
            assert_eq!((yes_or_no(yes), yes_or_no(no)), (Some(true), Some(false)), "{yes}, {no}");
        }
        for neither in ["", "perhaps", "2", "-1", "2024-01-01"] {
            assert_eq!(yes_or_no(neither), None, "{neither}");
        }
        assert_eq!((is_disabled("Disabled"), is_disabled("ENABLED")), (Some(true), Some(false)));
        assert_eq!((is_disabled("Deaktiviert"), is_disabled("aktiviert")), (Some(true), Some(false)));
        assert_eq!(is_disabled("employed"), None);
        assert!(is_nothing("NaN") && is_nothing("NA") && !is_nothing("nobody"));
    }
}
