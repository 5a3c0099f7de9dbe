//! Which texts in a CSV Excel takes for something else.

/// Whether Excel would take a text for a number, a date, a time, a truth value or an error, and not give it back: "007", "1E2",
/// "1/2", "10.8", "MAR1", "3. März", "TRUE", "#N/A". A number that Excel shows as it was is no such text.
pub(super) fn is_changed_by_excel(text: &str) -> bool {
    // The characters of numbers, times and amounts of money.
    const WORDS: [&str; 24] = [
        "e", "a", "p", "am", "pm", "kr", "zł", "kč", "ft", "lei", "lv", "лв", "tl", "руб", "р", "chf", "eur", "usd",
        "gbp", "sek", "nok", "dkk", "pln", "czk",
    ];
    // The errors of all languages are words in capitals: #N/A, #NV, #WERT!.
    if text.starts_with('#') {
        return !text.chars().any(|one| one.is_whitespace() || one.is_lowercase());
    }
    // A Japanese Excel reads full-width letters and digits as any others.
    let narrow: String = text.trim().chars().map(narrow).flat_map(char::to_lowercase).collect();
    if TRUTH.contains(&narrow.as_str()) {
        return true;
    }
    let is_number = |word: &str| word.is_empty() || WORDS.contains(&word) || is_of_dates(word);
    let has_digit = narrow.chars().any(char::is_numeric);
    let may_be_one = has_digit && narrow.split(|one: char| !one.is_alphabetic()).all(is_number);
    let is_kept = text.parse::<u64>().is_ok_and(|number| number.to_string() == text && text.len() <= 15);
    may_be_one && !is_kept
}

fn narrow(character: char) -> char {
    const FULL_WIDTH: std::ops::RangeInclusive<u32> = 0xFF01..=0xFF5E;
    let code = u32::from(character);
    let plain = FULL_WIDTH.contains(&code).then(|| char::from_u32(code - 0xFEE0)).flatten();
    plain.unwrap_or(character)
}

/// A name of a month, of a day of the week or of a part of the day, in English also the beginning of one.
fn is_of_dates(word: &str) -> bool {
    const ENGLISH: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    ENGLISH.iter().any(|month| word.starts_with(month))
        || MONTHS.split_ascii_whitespace().any(|month| month == word)
        // Chinese, Japanese and Korean write units after the numbers: 2027年1月1日.
        || word.chars().all(|one| "年月日時时分秒上下午前後后令和平成昭大正明治元년월일시분초오전후".contains(one))
}

/// The truth values of Excel's languages, in small letters.
const TRUTH: [&str; 36] = [
    "igaz",
    "hamis",
    "pravda",
    "nepravda",
    "adevărat",
    "fals",
    "cert",
    "istina",
    "laž",
    "true",
    "false",
    "wahr",
    "falsch",
    "vrai",
    "faux",
    "verdadero",
    "falso",
    "vero",
    "verdadeiro",
    "waar",
    "onwaar",
    "prawda",
    "fałsz",
    "sant",
    "falskt",
    "sand",
    "falsk",
    "sann",
    "usann",
    "tosi",
    "epätosi",
    "истина",
    "ложь",
    "doğru",
    "yanliş",
    "yanlış",
];

/// The months of Excel's languages, in full and shortened, where they begin otherwise than in English.
const MONTHS: &str = "\
    jän jänner mär märz mrz mai okt dez dezember \
    août aout janv janvier févr février fév mars avr avril juin juil juillet août déc décembre \
    ene enero abr abril mayo ago agosto set setiembre dic diciembre \
    gen gennaio mag maggio giu giugno lug luglio ott ottobre dicembre \
    fev fevereiro mai maio out outubro dez dezembro \
    maart mrt mei \
    maj maja desember des \
    sty styczeń stycznia lut luty lutego kwi kwiecień kwietnia cze czerwiec czerwca lip lipiec lipca sie sierpień sierpnia wrz \
    wrzesień września paź październik października lis listopad listopada gru grudzień grudnia \
    led leden ledna úno únor února bře březen března dub duben dubna kvě květen května čvn červen června čvc červenec července srp \
    srpen srpna zář září říj říjen října prosinec prosince \
    tammi tammikuu helmi helmikuu maalis maaliskuu huhti huhtikuu touko toukokuu kesä kesäkuu heinä heinäkuu elo elokuu syys syyskuu \
    loka lokakuu marras marraskuu joulu joulukuu \
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta \
    oca ocak şub şubat nis nisan haz haziran tem temmuz ağu ağustos eyl eylül eki ekim kas kasım ara aralık \
    január februári márc március ápr április máj május jún június júl július szept szeptember október \
    янв январь января фев февраль февраля мар март марта апр апрель апреля май мая июн июнь июня июл июль июля авг август августа \
    сен сентябрь сентября окт октябрь октября ноя ноябрь ноября дек декабрь декабря";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_would_not_give_back_is_known() {
        for changed in [
            "007",
            "1E2",
            "1/2",
            "2027-01-01",
            "1234567890123456",
            "MAR1",
            "1-Sept",
            "2:30 pm",
            "(5)",
            "5 €",
            "#N/A",
            "true",
            "FALSE",
            "Wahr",
            "VRAI",
            " True ",
            "3. März",
            "1 août",
            "12 октября",
            "５",
            "００７",
            "１／２",
            "ＴＲＵＥ",
            "2027年1月1日",
            "10.8",
            "٣",
            "3 janv. 2027",
            "IGAZ",
            "Nepravda",
            "#NV",
            "#N/D",
            "5 kr",
            "CHF 5",
            "5. kesäkuuta",
            "令和5年",
        ] {
            assert!(is_changed_by_excel(changed), "{changed}");
        }
        for kept in [
            "0",
            "25",
            "#1 choice",
            "Level 2",
            "utilityNetwork=20",
            "march",
            "3D Analyst",
            "März",
            "trueUT",
            "not true",
            "Büro 5",
            "",
            "Ebene 3 von 4",
        ] {
            assert!(!is_changed_by_excel(kept), "{kept}");
        }
    }
}
