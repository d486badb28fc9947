//! Print jobs as orders: a list that is read page by page, where an order goes, and what became of its cards.

use super::instant::When;
use super::ledger::{Change, Owner};
use super::money::Money;
use super::sort;
use crate::api::{CardId, Paged, PostalAddress, PrintJob, PrintJobId, PrintRecord, Transaction};

/// What an order has cost so far: what went out for it, without what came back, by the movements that name it as a print job. None where
/// there is no such movement, or one of them cannot be read.
pub fn charged(job: PrintJobId, movements: &[Transaction]) -> Option<Money> {
    let number = job.to_string();
    // Reading numbers out of texts takes its time: most movements are seen at once not to be about this order.
    let may_name = |movement: &&Transaction| {
        let texts = [&movement.description, &movement.receipt].into_iter().flatten();
        let items = movement.items.iter().flat_map(|item| &item.members).map(|(_, value)| value);
        // By its bytes: the searching of texts in texts is as large as all of this.
        texts.chain(items).any(|text| text.as_bytes().windows(number.len()).any(|bytes| bytes == number.as_bytes()))
    };
    let its = movements.iter().filter(may_name).filter(|one| Owner::of(one, &[job]) == Owner::Job(job));
    let changes = its.map(|one| if let Change::By(change) = Change::of(one) { Some(change) } else { None });
    let sum = changes.collect::<Option<Vec<Money>>>()?.into_iter().try_fold(Money::usd(0), Money::checked_sub)?;
    (sum > Money::usd(0)).then_some(sum)
}

/// How many pieces are printed for an order, where the server says how many copies of each card.
pub fn pieces(job: &PrintJob) -> Option<u64> {
    Some(distinct(&job.card_ids).len() as u64 * u64::from(job.number_of_copies?))
}

/// An order of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Another one for each order and whenever something in it has changed; the same for as long as it stays.
    pub key: u64,
    /// The order.
    pub job: PrintJob,
}

/// A list of orders, as far as it has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    entries: Vec<Entry>,
    pages: u32,
    page_size: u32,
    left_out: u32,
    more: bool,
    next_key: u64,
}

impl Listed {
    /// The orders, in the server's order, each once.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// How many pages have been read.
    pub fn pages(&self) -> u32 {
        self.pages
    }

    /// How many entries each of its pages has: `now` for a list that is begun. Another number would leave some out between two.
    pub fn page_size(&mut self, now: u32) -> u32 {
        if self.pages == 0 {
            self.page_size = now;
        }
        self.page_size
    }

    /// How many of them cannot be read.
    pub fn left_out(&self) -> u32 {
        self.left_out
    }

    /// Whether there may be more.
    pub fn more(&self) -> bool {
        self.more
    }

    /// An order of the list.
    pub fn job(&self, id: PrintJobId) -> Option<&PrintJob> {
        self.entries.iter().map(|entry| &entry.job).find(|job| job.id == id)
    }

    /// Takes in the next page. Orders that are known already, because newer ones have pushed them on to it, are left out.
    pub fn take(&mut self, page: Paged<PrintJob>) {
        let (before, is_empty) = (self.entries.len(), page.items.is_empty());
        for job in page.items {
            if self.job(job.id).is_none() {
                self.next_key += 1;
                self.entries.push(Entry { key: self.next_key, job });
            }
        }
        self.pages += 1;
        self.left_out += page.left_out;
        // A page with nothing but what is known: the server says the same again, and would do so for ever.
        self.more = page.more && (is_empty || self.entries.len() > before);
    }

    /// The list as it was read later, with the keys of `before` for those orders that are as they were.
    pub fn after(mut self, before: &Listed) -> Listed {
        for entry in &mut self.entries {
            let known = before.entries.iter().find(|known| known.job == entry.job);
            entry.key = known.map_or(entry.key + before.next_key, |known| known.key);
        }
        self.next_key += before.next_key;
        self
    }
}

/// When an order was last heard of, as the server wrote it: for a submitted one, when it was submitted.
pub fn last_change(job: &PrintJob) -> Option<&str> {
    let times = [&job.updated_at, &job.created_at];
    times.into_iter().flatten().map(|time| time.trim()).find(|time| !time.is_empty())
}

/// Where an order goes, in a word: the city, or what is said in place of it.
pub fn place(address: &PostalAddress) -> Option<&str> {
    let parts = [&address.city, &address.state, &address.zip_code, &address.country];
    parts.into_iter().map(|part| part.trim()).find(|part| !part.is_empty())
}

/// A card's printings, the newest first: those that are still to come, then the others by their time; those without one
/// last.
pub fn newest_first(records: &[PrintRecord]) -> Vec<PrintRecord> {
    let time = |record: &PrintRecord| record.processed_at.as_deref().and_then(When::parse);
    let key = |record: &PrintRecord| (record.printed, time(record).map_or(i64::MAX, |time| -time.order()));
    sort::by_keys(records, &records.iter().map(key).collect::<Vec<(bool, i64)>>())
}

/// The cards of an order, each once: one that stands in it twice is one card all the same.
pub fn distinct(cards: &[CardId]) -> Vec<CardId> {
    let mut seen: Vec<CardId> = Vec::with_capacity(cards.len());
    let mut sorted = Vec::with_capacity(cards.len());
    for card in cards {
        if let Err(place) = sorted.binary_search(card) {
            sorted.insert(place, *card);
            seen.push(*card);
        }
    }
    seen
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;
    use crate::api::{Amount, JobStatus};
    use proptest::prelude::*;

    fn job(id: u64) -> PrintJob {
        PrintJob {
            id: PrintJobId(id),
            status: JobStatus::Submitted,
            address_id: None,
            address: None,
            shipping_provider_id: None,
            number_of_copies: None,
            card_ids: vec![CardId(1)],
            created_at: None,
            updated_at: None,
        }
    }

    fn page(ids: &[u64], more: bool) -> Paged<PrintJob> {
        Paged { items: ids.iter().map(|id| job(*id)).collect(), left_out: 0, more }
    }

    fn ids(list: &Listed) -> Vec<u64> {
        list.entries().iter().map(|entry| entry.job.id.0).collect()
    }

    #[test]
    fn what_an_order_has_cost_is_what_names_it() {
        let amount = |cents: i64| (cents != 0).then(|| Amount(Money::usd(cents).to_string()));
        let moved = |text: &str, credit, debit| Transaction {
            id: String::new(),
            kind: None,
            sub_type: None,
            description: Some(text.to_owned()),
            credit: amount(credit),
            debit: amount(debit),
            balance: None,
            created_at: None,
            receipt: None,
            items: Vec::new(),
        };
        let order = PrintJobId(712);
        let movements = [
            moved("Print job 712", 0, 2_900),
            moved("Print job 7120", 0, 100),
            moved("Funds added: $712.00", 71_200, 0),
            moved("712 cards", 0, 50),
            moved("Print jobs 711, 713", 0, 400),
        ];
        assert_eq!(charged(order, &movements), Some(Money::usd(2_900)));
        assert_eq!(charged(PrintJobId(7), &movements), None);
        let back = [movements[0].clone(), moved("Refund for print job 712", 400, 0)];
        assert_eq!(charged(order, &back), Some(Money::usd(2_500)));
        let odd = Transaction { debit: Some(Amount("about 5".to_owned())), ..movements[0].clone() };
        assert_eq!(charged(order, &[movements[0].clone(), odd]), None, "half of it would be wrong");
    }

    #[test]
    fn pieces_are_cards_by_copies() {
        let of = |copies, cards: &[u64]| PrintJob {
            number_of_copies: copies,
            card_ids: cards.iter().map(|card| CardId(*card)).collect(),
            ..job(1)
        };
        assert_eq!(pieces(&of(Some(3), &[1, 2, 2])), Some(6));
        assert_eq!(pieces(&of(None, &[1])), None);
    }

    #[test]
    fn pages_make_a_list() {
        let mut list = Listed::default();
        list.take(page(&[9, 8], true));
        // A new order has pushed 8 on to the next page.
        list.take(page(&[8, 7], true));
        list.take(page(&[], true));
        assert_eq!((ids(&list), list.pages(), list.more()), (vec![9, 8, 7], 3, true));
        list.take(page(&[6], false));
        assert_eq!((ids(&list), list.more()), (vec![9, 8, 7, 6], false));
    }

    #[test]
    fn a_server_that_repeats_itself_has_no_more() {
        let mut list = Listed::default();
        list.take(page(&[9, 8], true));
        list.take(page(&[9, 8], true));
        assert_eq!((ids(&list), list.more()), (vec![9, 8], false));
    }

    #[test]
    fn what_is_as_it_was_keeps_its_key() {
        let mut before = Listed::default();
        before.take(page(&[9, 8], false));
        let mut changed = page(&[10, 9, 8], false);
        changed.items[2].number_of_copies = Some(2);
        let mut after = Listed::default();
        after.take(changed);
        let after = after.after(&before);
        let key = |list: &Listed, id| list.entries().iter().find(|entry| entry.job.id.0 == id).unwrap().key;
        assert_eq!(key(&after, 9), key(&before, 9));
        assert_ne!(key(&after, 8), key(&before, 8));
        let mut keys: Vec<_> = after.entries().iter().map(|entry| entry.key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 3);
    }

    proptest! {
        #[test]
        fn keys_are_never_shared(rounds in prop::collection::vec(
            prop::collection::vec((prop::collection::vec((0..9_u64, 0..3_u32), 0..5), any::<bool>()), 0..4), 1..5,
        )) {
            let mut known = Listed::default();
            for pages in rounds {
                let mut list = Listed::default();
                for (jobs, more) in pages {
                    let items = jobs.into_iter().map(|(id, copies)| PrintJob { number_of_copies: Some(copies), ..job(id) });
                    list.take(Paged { items: items.collect(), left_out: 0, more });
                }
                let after = list.clone().after(&known);
                prop_assert_eq!(ids(&after), ids(&list));
                for entry in after.entries() {
                    prop_assert_eq!(after.entries().iter().filter(|other| other.key == entry.key).count(), 1);
                    prop_assert!(entry.key <= after.next_key);
                    if let Some(before) = known.entries().iter().find(|before| before.key == entry.key) {
                        prop_assert_eq!(before, entry);
                    }
                }
                known = after;
            }
        }
    }

    #[test]
    fn the_place_is_the_best_that_is_known() {
        let full = PostalAddress { city: "Brooklyn".to_owned(), state: "NY".to_owned(), ..PostalAddress::default() };
        assert_eq!(place(&full), Some("Brooklyn"));
        assert_eq!(place(&PostalAddress { city: " ".to_owned(), ..full }), Some("NY"));
        assert_eq!(place(&PostalAddress::default()), None);
    }

    #[test]
    fn the_last_change_is_the_best_that_is_known() {
        let dated = |created: Option<&str>, updated: Option<&str>| {
            let job = PrintJob { created_at: created.map(Into::into), updated_at: updated.map(Into::into), ..job(1) };
            last_change(&job).map(str::to_owned)
        };
        assert_eq!(dated(Some("a"), Some("b")).as_deref(), Some("b"));
        assert_eq!(dated(Some("a"), Some(" ")).as_deref(), Some("a"));
        assert_eq!(dated(None, None), None);
    }

    #[test]
    fn printings_from_the_newest() {
        let record = |at: Option<&str>| PrintRecord {
            printed: at.is_some(),
            processed_at: at.filter(|at| *at != "-").map(Into::into),
        };
        let times = ["-", "2026-01-02T00:00:00Z", "2026-11-24T05:00:00+01:00", "2026-11-24T05:00:00Z"];
        let mut records: Vec<_> = times.iter().map(|at| record(Some(at))).collect();
        records.insert(2, record(None));
        let sorted = newest_first(&records);
        let shown: Vec<_> = sorted.iter().map(|record| (record.printed, record.processed_at.as_deref())).collect();
        assert_eq!(
            shown,
            [(false, None), (true, Some(times[3])), (true, Some(times[2])), (true, Some(times[1])), (true, None)]
        );
    }
}
