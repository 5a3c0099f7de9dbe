//! Reads a list of prices from CSV.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::amount::{Amount, DecimalSign, perhaps_grouped};
use super::{Price, PricePeriod, Prices};
use crate::license::ItemKind;
use crate::source::sheet::{self, SheetRow};
use crate::source::{Columns, Failure, FailureCode, Source};
use crate::text::shortened;
use crate::time::when::{self, Clock, Edge};
use crate::time::{Instant, Zone};

const COLUMNS: Columns =
    Columns { required: &["kind", "id", "unitPrice", "currency", "period"], optional: &["validFrom"], others: false };

/// The most prices that a note names because they may have been meant as thousands.
const FEW: usize = 5;

impl Prices {
    /// Reads a list of prices. A `validFrom` without a time begins in `zone`.
    ///
    /// # Errors
    /// A [`Failure`] where the text is no such CSV or a cell cannot be read, with the line and what was expected.
    /// Where an item has two prices on one day, the failure is a [`FailureCode::Contradiction`] that names both
    /// lines.
    pub fn read(source: &Source, clock: Clock, zone: Zone) -> Result<Self, Failure> {
        let sheet = sheet::read(source, COLUMNS)?;
        let sign = if sheet.delimiter == b';' { DecimalSign::PointOrComma } else { DecimalSign::Point };
        let mut list: HashMap<(ItemKind, String), Vec<Price>> = HashMap::new();
        // The prices by item and day, so that a list of any size is read once.
        let mut days = HashMap::new();
        let (mut grouped, mut more) = (Vec::new(), 0_usize);
        for row in &sheet.rows {
            let text = |column: usize| row.cell(column).unwrap_or_default();
            let price =
                price(row, sign, clock, zone).map_err(|(column, message)| row.failure_at(source, column, message))?;
            let kind = ItemKind::seated(&shortened(text(0))).map_err(|message| row.failure_at(source, 0, message))?;
            let item = (kind, text(1).to_owned());
            match days.entry((item.clone(), price.valid_from.map(|from| day(from, zone)))) {
                Entry::Occupied(first) => return Err(twice(source, row, &item, (first.get(), &price), zone)),
                Entry::Vacant(free) => free.insert(price.clone()),
            };
            match perhaps_grouped(text(2)) {
                Some(thousands) if grouped.len() < FEW => {
                    let amount = price.amount.without_zeros();
                    grouped.push(format!("{:?} in line {} is read as {amount}, not as {thousands}", text(2), row.line));
                }
                Some(_) => more += 1,
                None => {}
            }
            list.entry(item).or_default().push(price);
        }
        for prices in list.values_mut() {
            prices.sort_by_key(|price| price.valid_from);
        }
        if more > 0 {
            grouped.push(format!("and {more} more alike"));
        }
        let note = || format!("{}: a price has no thousands separators: {}", source.name(), grouped.join(", "));
        let notes = (!grouped.is_empty()).then(note).into_iter().collect();
        Ok(Self { source: source.name().to_owned(), notes, list })
    }
}

/// The price in a line; else the column of the cell that cannot be read, and the reason.
fn price(row: &SheetRow, sign: DecimalSign, clock: Clock, zone: Zone) -> Result<Price, (usize, String)> {
    let text = |column: usize| shortened(row.cell(column).unwrap_or_default());
    let amount = Amount::read(row.cell(2).unwrap_or_default(), sign)
        .map_err(|why| (2, format!("unitPrice is to be an amount for one seat, and is {:?}: {why}", text(2))))?;
    let currency = text(3).to_ascii_uppercase();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
        let message = "currency is to be the three letters of ISO 4217, such as EUR or USD, and is";
        return Err((3, format!("{message} {:?}", text(3))));
    }
    let period = PricePeriod::read(&text(4)).map_err(|message| (4, message))?;
    let valid_from = row.cell(5).map(|from| when::parse(from, clock, zone, Edge::Begins)).transpose();
    let valid_from = valid_from.map_err(|error| (5, format!("validFrom {:?}: {error}", text(5))))?;
    Ok(Price { amount, currency, period, valid_from, line: row.line })
}

/// The calendar day of an instant; beyond the calendar of the zone, the instant itself.
fn day(at: Instant, zone: Zone) -> String {
    zone.day(at).map_or_else(|| at.to_string(), |day| day.to_string())
}

fn twice(source: &Source, row: &SheetRow, item: &(ItemKind, String), prices: (&Price, &Price), zone: Zone) -> Failure {
    let (first, second) = prices;
    let (kind, id) = (item.0.noun(), &item.1);
    let from = second.valid_from;
    let from = from.map_or_else(|| "without validFrom".to_owned(), |from| format!("on one day, {}", day(from, zone)));
    let in_words = |price: &Price| {
        format!("line {} says {} {} {}", price.line, price.amount, price.currency, price.period.phrase())
    };
    let hint = "leave one out, or say from when on it holds (validFrom)";
    let message = format!("two prices for the {kind} {id} {from}: {}, {}; {hint}", in_words(first), in_words(second));
    Failure { code: FailureCode::Contradiction, ..row.failure(source, message) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Prices, String> {
        let as_of = Instant::from_epoch_ms(1_798_718_400_000);
        let clock = Clock { now: as_of, as_of };
        Prices::read(&Source::from_text("prices.csv", text), clock, Zone::UTC).map_err(|failure| failure.to_string())
    }

    fn price_on(prices: &Prices, kind: ItemKind, id: &str, day: &str) -> Option<String> {
        let clock = Clock { now: Instant::from_epoch_ms(0), as_of: Instant::from_epoch_ms(0) };
        let at = when::parse(day, clock, Zone::UTC, Edge::Begins).unwrap();
        prices.at(kind, id, at).map(|price| format!("{} {} {}", price.amount, price.currency, price.period))
    }

    #[test]
    fn a_price_holds_from_its_day_on() {
        let prices = read(
            "kind,id,unitPrice,currency,period,validFrom\n\
             userType,creatorUT,550,USD,year,2027-01-01\n\
             userType,creatorUT,500.00,usd,Year,\n\
             app,creatorUT,9.5,EUR,month,2027-06-01\n",
        )
        .unwrap();
        let of = |kind, day| price_on(&prices, kind, "creatorUT", day);
        assert_eq!(of(ItemKind::UserType, "2026-12-31").unwrap(), "500.00 USD year");
        assert_eq!(of(ItemKind::UserType, "2027-01-01").unwrap(), "550 USD year");
        assert_eq!(of(ItemKind::App, "2027-05-31"), None);
        let early = Instant::from_epoch_ms(1_798_718_400_000);
        assert!(prices.begins_after(ItemKind::App, "creatorUT", early).is_some());
        assert_eq!(prices.begins_after(ItemKind::UserType, "creatorUT", early), None);
        assert_eq!(
            price_on(&prices, ItemKind::UserType, "CreatorUT", "2027-01-01"),
            None,
            "ids are compared byte for byte"
        );
    }

    #[test]
    fn a_comma_is_a_decimal_sign_where_semicolons_separate() {
        let of = |text: &str| price_on(&read(text).unwrap(), ItemKind::App, "a", "2027-01-01").unwrap();
        assert_eq!(of("kind;id;unitPrice;currency;period\napp;a;12,50;EUR;month\n"), "12.50 EUR month");
        assert_eq!(of("kind;id;unitPrice;currency;period\napp;a;12.50;EUR;month\n"), "12.50 EUR month");
        assert_eq!(of("sep=;\nkind;id;unitPrice;currency;period\napp;a;1,5;EUR;once\n"), "1.5 EUR once");
        for text in [
            "kind,id,unitPrice,currency,period\napp,a,\"12,50\",EUR,month\n",
            "kind\tid\tunitPrice\tcurrency\tperiod\napp\ta\t12,50\tEUR\tmonth\n",
        ] {
            let found = read(text).unwrap_err();
            assert!(
                found.contains("prices.csv:2:7: unitPrice is to be an amount for one seat, and is \"12,50\""),
                "{found}"
            );
            assert!(found.contains("only where ; separates"), "{found}");
        }
    }

    #[test]
    fn what_may_have_been_meant_as_thousands_is_told() {
        let prices = read("kind;id;unitPrice;currency;period\napp;a;1.200;EUR;year\napp;b;12,5;EUR;year\n").unwrap();
        assert_eq!(
            prices.notes,
            ["prices.csv: a price has no thousands separators: \"1.200\" in line 2 is read as 1.2, not as 1200"]
        );
        let many: String = (0..9).map(|nth| format!("app;a{nth};1,000;EUR;year\n")).collect();
        let prices = read(&format!("kind;id;unitPrice;currency;period\n{many}")).unwrap();
        assert!(
            prices.notes[0].ends_with("\"1,000\" in line 6 is read as 1, not as 1000, and 4 more alike"),
            "{:?}",
            prices.notes
        );
    }

    #[test]
    fn what_cannot_be_read_is_pointed_at() {
        for (line, message) in [
            (
                "usertype,a,5,EUR,year,",
                "prices.csv:2:1: no kind with seats is called \"usertype\" (did you mean userType?)",
            ),
            ("capability,a,5,EUR,year,", "no kind with seats is called \"capability\""),
            ("app,a,,EUR,year,", "prices.csv:2:7: there is no unitPrice in this line"),
            (
                "app,\"\u{e4}\nb\",-5,EUR,year,",
                "prices.csv:3:4: unitPrice is to be an amount for one seat, and is \"-5\": it is below 0",
            ),
            ("app,a,\"1,200.00\",EUR,year,", "thousands separators are not read"),
            (
                "app,a,5,\u{20ac},year,",
                "prices.csv:2:9: currency is to be the three letters of ISO 4217, such as EUR or USD, and is \"\u{20ac}\"",
            ),
            ("app,a,5,Euro,year,", "and is \"Euro\""),
            (
                "app,a,5,EUR,years,",
                "prices.csv:2:13: period is to be year, month or once, and is \"years\" (did you mean year?)",
            ),
            ("app,a,5,EUR,year,soon", "prices.csv:2:18: validFrom \"soon\": expected 2027-06-30"),
            ("app,a,5,EUR,year,10.01.2027", "in Excel give the cells the format yyyy-mm-dd"),
            ("app,a,5,EUR,year", "there are 5 cells here, but the first line names 6 columns"),
        ] {
            let found = read(&format!("kind,id,unitPrice,currency,period,validFrom\n{line}\n")).unwrap_err();
            assert!(found.contains(message), "{line}: {found}");
        }
        let found = read("kind,id,price,currency,period\n").unwrap_err();
        assert!(found.contains("no column is called \"price\" here"), "{found}");
    }

    #[test]
    fn two_prices_for_one_item_and_day_name_both_lines() {
        let header = "kind,id,unitPrice,currency,period,validFrom\n";
        for (lines, message) in [
            (
                "app,a,5,EUR,year,\n\napp,b,5,EUR,year,\napp,a,6,USD,once,\n",
                "prices.csv:5:1: two prices for the app a without validFrom: line 2 says 5 EUR a year, line 5 says 6 USD once",
            ),
            ("app,a,5,EUR,year,2027-01-01\napp,a,5,EUR,year,2027-01-01 12:00\n", "on one day, 2027-01-01: line 2"),
        ] {
            let found = read(&format!("{header}{lines}")).unwrap_err();
            assert!(found.contains(message), "{found}");
        }
        assert!(
            read(&format!("{header}app,a,5,EUR,year,\napp,a,6,EUR,year,2027-01-01\nextension,a,7,EUR,year,\n")).is_ok()
        );
    }
}
