//! The account's movements: those of a time, and all of them as a table for a spreadsheet program.

use super::instant::{Day, Instant, When};
use super::money::Money;
use super::sort;
use crate::api::{Amount, Transaction};

/// From one day to another, both of them within; without one of them it is open to that side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day.
    pub from: Option<Day>,
    /// The last day.
    pub to: Option<Day>,
}

impl Period {
    /// The month that a day is in, from its first day to its last.
    pub fn month_of(day: Day) -> Period {
        let first = Day { day: 1, ..day };
        // 31 days after the first of any month it is one of the first days of the next.
        let next = Day { day: 1, ..Day::from_days(first.days() + 31) };
        Period { from: Some(first), to: Some(Day::from_days(next.days() - 1)) }
    }

    /// The month before the one that a day is in.
    pub fn month_before(day: Day) -> Period {
        Period::month_of(Day::from_days(Day { day: 1, ..day }.days() - 1))
    }

    /// Whether it ends before it begins, so that nothing can be within it.
    pub fn is_backwards(&self) -> bool {
        matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }

    /// Whether `day` is within it.
    pub fn contains(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// The movements within it, in their order. `offset_minutes` says how many minutes east of UTC it is at an instant:
    /// in summer perhaps other than in winter.
    ///
    /// A movement whose time is missing, or cannot be read, is in every period: it is better seen twice than not at
    /// all.
    pub fn filter<'a>(
        &self,
        transactions: &'a [Transaction],
        offset_minutes: impl Fn(Instant) -> i32,
    ) -> Vec<&'a Transaction> {
        let is_within = |transaction: &&Transaction| {
            let at = transaction.created_at.as_deref().and_then(When::parse);
            at.is_none_or(|at| self.contains(at.day(&offset_minutes)))
        };
        transactions.iter().filter(is_within).collect()
    }
}

/// The newest first; of one second, the one with the higher number. Those without a time come last.
pub fn newest_first(transactions: &[Transaction]) -> Vec<Transaction> {
    let key = |movement: &Transaction| {
        let at = movement.created_at.as_deref().and_then(When::parse);
        let number = movement.id.parse::<i64>().ok();
        (at.map_or(i64::MAX, |at| -at.order()), number.map_or(i64::MAX, |number| -number))
    };
    sort::by_keys(transactions, &transactions.iter().map(key).collect::<Vec<(i64, i64)>>())
}

/// The movements as a file of comma-separated values (RFC 4180), in UTF-8 with a byte order mark, without which some
/// spreadsheet programs read it as something else.
///
/// The columns, each with its head: date as the server writes it, type, sub type, description, credit, debit, balance.
/// An amount is a plain number, `-17.37`, where it can be read, and otherwise the server's own text.
pub fn csv(transactions: &[&Transaction], heads: &[&str; 7]) -> String {
    let mut file = String::from('\u{feff}');
    row(&mut file, &heads.map(text));
    for transaction in transactions {
        let word = |word: &Option<String>| text(word.as_deref().unwrap_or_default());
        let cells = [
            word(&transaction.created_at),
            word(&transaction.kind),
            word(&transaction.sub_type),
            word(&transaction.description),
            number(&transaction.credit),
            number(&transaction.debit),
            number(&transaction.balance),
        ];
        row(&mut file, &cells);
    }
    file
}

/// Any texts as such a file, row by row.
pub fn sheet(rows: &[Vec<String>]) -> String {
    let mut file = String::from('\u{feff}');
    for cells in rows {
        row(&mut file, &cells.iter().map(|cell| text(cell)).collect::<Vec<String>>());
    }
    file
}

fn row(file: &mut String, cells: &[String]) {
    for (index, cell) in cells.iter().enumerate() {
        if index > 0 {
            file.push(',');
        }
        file.push_str(cell);
    }
    file.push_str("\r\n");
}

fn number(amount: &Option<Amount>) -> String {
    let Some(amount) = amount else {
        return String::new();
    };
    Money::of(amount).map_or_else(|| text(&amount.0), Money::plain)
}

/// A cell with this text. What a spreadsheet program would take for a formula gets an apostrophe, which makes it a
/// text: a description comes from elsewhere, and shall not compute anything.
fn text(text: &str) -> String {
    let guard = if is_formula(text) { "'" } else { "" };
    // The semicolon and the tab part the cells in some countries.
    if text.contains(['"', ',', ';', '\t', '\r', '\n']) {
        ["\"", guard, &text.replace('"', "\"\""), "\""].concat()
    } else {
        [guard, text].concat()
    }
}

/// Also in the wide forms of East Asian keyboards, which some programs take for the same.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a receipt is an address where there is one to read; what is not https is shown as the text that it is.
pub fn is_link(receipt: &str) -> bool {
    let begins = receipt.get(..8).is_some_and(|begin| begin.eq_ignore_ascii_case("https://"));
    begins && !receipt.contains(char::is_whitespace)
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADS: [&str; 7] = ["Date", "Type", "Sub type", "Description", "Credit", "Debit", "Balance"];

    fn transaction(words: [Option<String>; 4], amounts: [Option<String>; 3]) -> Transaction {
        let [created_at, kind, sub_type, description] = words;
        let [credit, debit, balance] = amounts.map(|amount| amount.map(Amount));
        let id = "1".to_string();
        let (receipt, items) = (None, Vec::new());
        Transaction { id, kind, sub_type, description, credit, debit, balance, created_at, receipt, items }
    }

    fn on(created_at: &str) -> Transaction {
        transaction([Some(created_at.to_string()), None, None, None], [None, None, None])
    }

    /// RFC 4180, to the letter: the rows of a file, or what is wrong with it.
    fn read(file: &str) -> Result<Vec<Vec<String>>, &'static str> {
        let mut rest = file.strip_prefix('\u{feff}').ok_or("no byte order mark")?;
        let mut rows = Vec::new();
        while !rest.is_empty() {
            let mut row = Vec::new();
            loop {
                let mut cell = String::new();
                if let Some(mut quoted) = rest.strip_prefix('"') {
                    loop {
                        let (part, behind) = quoted.split_once('"').ok_or("an open quote")?;
                        cell.push_str(part);
                        let Some(further) = behind.strip_prefix('"') else {
                            rest = behind;
                            break;
                        };
                        cell.push('"');
                        quoted = further;
                    }
                } else {
                    let end = rest.find([',', '\r', '\n', '"']).ok_or("an open row")?;
                    cell.push_str(&rest[..end]);
                    rest = &rest[end..];
                }
                row.push(cell);
                if let Some(next) = rest.strip_prefix(',') {
                    rest = next;
                } else {
                    rest = rest.strip_prefix("\r\n").ok_or("something behind a cell")?;
                    break;
                }
            }
            rows.push(row);
        }
        Ok(rows)
    }

    fn word() -> impl Strategy<Value = Option<String>> {
        prop::option::of(prop_oneof!["[-=+@\t\r\n\",;'a ]{0,8}", "\\PC{0,8}", any::<String>()])
    }

    fn amount() -> impl Strategy<Value = Option<String>> {
        prop_oneof![any::<i64>().prop_map(|cents| Some(Money::usd(cents).to_string())), word()]
    }

    fn shown(text: &str) -> String {
        let first = text.chars().next();
        let is_formula = first.is_some_and(|first| "=+-@\t\r\n＝＋－＠".contains(first));
        format!("{}{text}", if is_formula { "'" } else { "" })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in prop::collection::vec(([word(), word(), word(), word()], [amount(), amount(), amount()]), 0..6),
            heads in [word(), word(), word(), word(), word(), word(), word()],
        ) {
            let transactions: Vec<Transaction> =
                rows.iter().cloned().map(|(words, amounts)| transaction(words, amounts)).collect();
            let heads = heads.map(Option::unwrap_or_default);
            let heads: [&str; 7] = std::array::from_fn(|index| heads[index].as_str());
            let file = csv(&transactions.iter().collect::<Vec<_>>(), &heads);
            let mut expected = vec![heads.map(shown).to_vec()];
            for (words, amounts) in rows {
                let words = words.map(|word| shown(&word.unwrap_or_default()));
                let amounts = amounts.map(|amount| {
                    let amount = amount.unwrap_or_default();
                    Money::parse(&amount).map_or_else(|| shown(&amount), Money::plain)
                });
                expected.push(words.into_iter().chain(amounts).collect());
            }
            prop_assert_eq!(read(&file), Ok(expected));
        }

        #[test]
        fn no_cell_computes_anything(
            words in [word(), word(), word(), word()], amounts in [amount(), amount(), amount()],
        ) {
            let transaction = transaction(words, amounts);
            for cell in read(&csv(&[&transaction], &HEADS)).unwrap().concat() {
                let is_number = cell.strip_prefix('-').is_some_and(|rest| {
                    let is_plain = rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
                    is_plain && rest.starts_with(|first: char| first.is_ascii_digit())
                });
                prop_assert!(is_number || !is_formula(&cell), "{:?}", cell);
            }
        }
    }

    #[test]
    fn a_statement() {
        let text = |text: &str| Some(text.to_string());
        let rows = [
            transaction(
                [text("2026-11-24T05:37:13Z"), text("Debit"), text("print_job"), text("2 cards, \"blue\"")],
                [None, text("$1,017.37"), text("($5.50)")],
            ),
            transaction(
                [text("yesterday"), None, None, text("=1+1")],
                [text("-$2 or so"), text("free"), text("$0.00")],
            ),
        ];
        let file = csv(&rows.iter().collect::<Vec<_>>(), &HEADS);
        assert_eq!(
            file,
            "\u{feff}Date,Type,Sub type,Description,Credit,Debit,Balance\r\n\
             2026-11-24T05:37:13Z,Debit,print_job,\"2 cards, \"\"blue\"\"\",,1017.37,-5.50\r\n\
             yesterday,,,'=1+1,'-$2 or so,free,0.00\r\n"
        );
        assert_eq!(csv(&[], &HEADS).lines().count(), 1);
    }

    #[test]
    fn months_begin_and_end() {
        let span = |period: Period| [period.from, period.to].map(|day| day.map(Day::iso).unwrap_or_default());
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(span(Period::month_of(day("2026-11-24"))), ["2026-11-01", "2026-11-30"]);
        assert_eq!(span(Period::month_of(day("2026-12-31"))), ["2026-12-01", "2026-12-31"]);
        assert_eq!(span(Period::month_of(day("2028-02-29"))), ["2028-02-01", "2028-02-29"]);
        assert_eq!(span(Period::month_before(day("2026-03-31"))), ["2026-02-01", "2026-02-28"]);
        assert_eq!(span(Period::month_before(day("2027-01-01"))), ["2026-12-01", "2026-12-31"]);
        let november = Period::month_of(day("2026-11-24"));
        assert!(!november.is_backwards() && !Period::default().is_backwards());
        assert!(Period { from: november.to, to: november.from }.is_backwards());
    }

    #[test]
    fn both_ends_of_a_period_are_within() {
        let day = |text: &str| Day::parse(text);
        let all = [
            on("2026-10-31T23:59:59Z"),
            on("2026-11-01T00:00:00Z"),
            on("2026-11-30T23:59:59Z"),
            on("2026-12-01T00:00:00Z"),
            on("some day"),
            on("2026-11-01"),
            on("2026-11-30 23:30:00"),
        ];
        let within = |from: Option<Day>, to: Option<Day>, offset: i32| -> Vec<usize> {
            let kept = Period { from, to }.filter(&all, |_| offset);
            all.iter().enumerate().filter(|(_, one)| kept.contains(one)).map(|(index, _)| index).collect()
        };
        let (first, last) = (day("2026-11-01"), day("2026-11-30"));
        assert_eq!(within(first, last, 0), [1, 2, 4, 5]);
        assert_eq!(within(first, last, 60), [0, 1, 4, 5], "an hour to the east");
        assert_eq!(within(first, last, -60), [2, 3, 4, 5], "an hour to the west");
        assert_eq!(within(first, last, -300), [2, 3, 4, 5, 6], "in New York, where the vendor's times are");
        assert_eq!(within(first, None, 0), [1, 2, 3, 4, 5, 6]);
        assert_eq!(within(None, last, 0), [0, 1, 2, 4, 5]);
        assert_eq!(within(None, None, 0), [0, 1, 2, 3, 4, 5, 6]);
        assert_eq!(within(last, first, 0), [4], "the wrong way round");
        assert_eq!(within(first, first, 0), [1, 4, 5]);
    }
}
