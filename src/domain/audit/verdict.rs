//! What the account's movements prove, and what they only suggest.

use crate::api::{Error, PrintJob, PrintJobId, Transaction};
use crate::domain::instant::Instant;
use crate::domain::ledger::{self, Account, Blur, Change, Owner};
use crate::domain::money::Money;
use crate::domain::sort;

/// What the account was to be charged for, or with, once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Charge {
    /// A print job.
    Job(PrintJobId),
    /// A payment of so much into the account.
    Payment(Money),
}

/// What became of a [`Charge`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was charged as it was asked for: once; or not at all, where it was not submitted as far as anybody knows.
    Once,
    /// It was charged more than once.
    Twice {
        /// How often.
        entries: usize,
        /// How much each time.
        amount: Money,
        /// The numbers of the account's movements, as far as they have any.
        transactions: Vec<String>,
    },
    /// It may have been charged more than once.
    Unclear {
        /// How many movements may be charges for it.
        entries: usize,
        /// How much each time, where that is known.
        amount: Option<Money>,
        /// The numbers of these movements, as far as they have any.
        transactions: Vec<String>,
    },
    /// It was charged, although it was not submitted as far as anybody knew.
    Late {
        /// The numbers of the account's movements, as far as they have any.
        transactions: Vec<String>,
    },
    /// It is not known: the account, or an entry of it that may be another charge, cannot be read; or without an error, it
    /// does not show the charge.
    NotChecked(Option<Error>),
}

impl Verdict {
    /// By what name a host page is told; `None` where there is nothing to tell.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Verdict::Twice { .. } => Some("charged-twice"),
            Verdict::Unclear { .. } | Verdict::Late { .. } => Some("charge-unclear"),
            // Who does not want to sign in again knows that nothing is looked at.
            Verdict::NotChecked(Some(error)) if error.is_about_signing_in() => None,
            Verdict::NotChecked(Some(_)) => Some("charge-not-checked"),
            Verdict::Once | Verdict::NotChecked(None) => None,
        }
    }
}

/// How far apart, in seconds, two times of the server may be that are of the same moment.
const SAME_MOMENT: i64 = 120;

const NOTHING: Money = Money::usd(0);

/// What was asked for, and what it costs, where that is known.
type Asked = (Charge, Option<Money>);

/// What is to be said of each charge.
pub(super) struct Judged {
    pub(super) verdicts: Vec<Verdict>,
    /// Whether it depends on the organization's submitted jobs, and they were not given.
    pub(super) needs_jobs: bool,
}

/// Compares the account as it was before with what it is now.
pub(super) fn judge(
    before: Result<&Account, &Error>,
    now: &Account,
    (charges, unexpected): (&[Asked], &[Asked]),
    jobs: Option<&[PrintJob]>,
) -> Judged {
    let asked: Vec<PrintJobId> = charges
        .iter()
        .chain(unexpected)
        .filter_map(|(charge, _)| match charge {
            Charge::Job(job) => Some(*job),
            Charge::Payment(_) => None,
        })
        .collect();
    let owned = |movement| (movement, Owner::of(movement, &asked));
    let (old, news) = match before {
        Ok(before) => (&before.transactions, before.news(&now.transactions)),
        Err(_) => (&now.transactions, Vec::new()),
    };
    let mut books = Books {
        // A number that only happens to stand there is believed of a new movement alone.
        old: old.iter().map(owned).filter(|(_, owner)| matches!(owner, Owner::Job(_))).collect(),
        unexplained: before.ok().and_then(|before| before.unexplained(&news, now.balance.as_ref())),
        closed: before.ok().and_then(|before| Some((balance(before)?, balance(now)?))),
        news: news.into_iter().map(owned).collect(),
        unread: before.err(),
        blur: before.map_or(Blur { hidden: 0, regained: 0 }, |before| before.blur(now.left_out)),
        asked,
        expected: charges.iter().filter(|(charge, _)| matches!(charge, Charge::Job(_))).count(),
        jobs,
        needs_jobs: false,
    };
    let mut verdicts: Vec<Option<Verdict>> =
        charges.iter().map(|(charge, total)| books.named(*charge, *total)).collect();
    let unnamed = charges.iter().zip(&verdicts).filter(|(_, verdict)| verdict.is_none()).map(|(charge, _)| *charge);
    let unnamed: Vec<(Charge, Option<Money>)> = unnamed.collect();
    for ((charge, total), verdict) in charges.iter().zip(&mut verdicts) {
        if verdict.is_none() {
            *verdict = Some(books.unnamed(*charge, *total, &unnamed));
        }
    }
    let mut verdicts: Vec<Verdict> =
        verdicts.into_iter().map(|verdict| verdict.unwrap_or(Verdict::NotChecked(None))).collect();
    books.explain(charges, &mut verdicts);
    books.mind_hidden(charges, &mut verdicts);
    // What only happens to fit is no sign of one that nobody expects.
    verdicts.extend(unexpected.iter().map(|(charge, total)| match books.named(*charge, *total) {
        None => Verdict::Once,
        Some(Verdict::Once) => Verdict::Late { transactions: Vec::new() },
        Some(Verdict::Unclear { transactions, .. }) => Verdict::Late { transactions },
        Some(verdict) => verdict,
    }));
    Judged { verdicts, needs_jobs: books.needs_jobs }
}

struct Books<'a> {
    /// Movements that were there before and name a job that was asked for.
    old: Vec<(&'a Transaction, Owner)>,
    news: Vec<(&'a Transaction, Owner)>,
    /// By how much the balance is another one than the new movements say.
    unexplained: Option<Money>,
    /// The balance before and now.
    closed: Option<(Money, Money)>,
    /// What the entries that cannot be read leave open.
    blur: Blur,
    /// Why it is not known what was there before.
    unread: Option<&'a Error>,
    asked: Vec<PrintJobId>,
    /// How many of these are expected to have been charged; they are the first.
    expected: usize,
    jobs: Option<&'a [PrintJob]>,
    needs_jobs: bool,
}

impl<'a> Books<'a> {
    /// What the movements say that name a job, whoever has submitted it: it is to be charged once. `None` where there
    /// is none.
    fn named(&self, charge: Charge, total: Option<Money>) -> Option<Verdict> {
        let Charge::Job(job) = charge else { return None };
        let is_its = |(_, owner): &&(&Transaction, Owner)| *owner == Owner::Job(job) || *owner == Owner::Number(job);
        let its = || self.old.iter().chain(&self.news).filter(is_its);
        let named: Vec<&Transaction> = its().map(|(movement, _)| *movement).collect();
        match weigh(&named, total) {
            // A number that only happens to stand there is believed of what is certainly new alone.
            Some(Verdict::Twice { entries, amount, transactions })
                if self.blur.regained > 0 && its().any(|(_, owner)| *owner == Owner::Number(job)) =>
            {
                Some(Verdict::Unclear { entries, amount: Some(amount), transactions })
            }
            verdict => verdict,
        }
    }

    /// What the others say. `unnamed` are the charges that no movement names.
    fn unnamed(&mut self, charge: Charge, total: Option<Money>, unnamed: &[(Charge, Option<Money>)]) -> Verdict {
        if let Some(error) = self.unread {
            return Verdict::NotChecked(Some(error.clone()));
        }
        let Charge::Job(job) = charge else { return self.payment(charge) };
        if total == Some(NOTHING) {
            return Verdict::Once;
        }
        let nobodys = self.news.iter().filter(|(_, owner)| *owner == Owner::Nobody);
        let (vague, costs): (Vec<&Transaction>, Vec<&Transaction>) = nobodys
            .map(|(movement, _)| *movement)
            .filter(|movement| !matches!(Change::of(movement), Change::More) && !is_gain(movement))
            .partition(|movement| cost(movement).is_none());
        let rivals = unnamed.iter().filter(|(_, other)| other.is_none() || total.is_none() || *other == total).count();
        let mut fitting: Vec<&Transaction> = match total {
            Some(_) => costs.iter().copied().filter(|movement| cost(movement) == total).collect(),
            // What was charged twice was charged the same twice.
            None if costs.len() > rivals => {
                let times = |one: &Transaction| costs.iter().filter(|other| cost(other) == cost(one)).count();
                let repeated: Vec<&Transaction> = costs.iter().copied().filter(|one| times(one) > 1).collect();
                if repeated.is_empty() { costs.iter().copied().take(rivals).collect() } else { costs.clone() }
            }
            None => costs.clone(),
        };
        if fitting.is_empty() {
            let several = |movement: &&&Transaction| cost(movement).is_some_and(|cost| times(cost, total) > 1);
            fitting = costs.iter().filter(several).copied().collect();
            if vague.len() > unnamed.len() {
                fitting.extend(vague);
            }
            return if fitting.is_empty() { Verdict::NotChecked(None) } else { unclear(total, &fitting) };
        }
        if !vague.is_empty() {
            fitting.extend(vague);
            return unclear(total, &fitting);
        }
        if fitting.len() <= rivals {
            return Verdict::Once;
        }
        match fitting.split_first() {
            Some((first, rest))
                if rivals == 1
                    && rest.iter().all(|other| words(other) == words(first) && cost(other) == cost(first))
                    && self.is_closed()
                    && self.is_alone(job, &fitting) =>
            {
                cost(first).map_or_else(|| unclear(total, &fitting), |cost| twice(fitting.len(), cost, &fitting))
            }
            _ => unclear(total, &fitting),
        }
    }

    /// A payment names nothing that only this one could be: two of the same amount are never proof.
    fn payment(&self, charge: Charge) -> Verdict {
        let Charge::Payment(amount) = charge else { return Verdict::NotChecked(None) };
        let news: Vec<&Transaction> = self.news.iter().map(|(movement, _)| *movement).collect();
        let mut fitting = ledger::payments(&news, amount);
        let is_found = fitting.len() == 1;
        let others = self.news.iter().filter(|(_, owner)| *owner != Owner::Others).map(|(movement, _)| *movement);
        fitting.extend(others.filter(|movement| match Change::of(movement) {
            Change::By(change) => !is_found && times(change, Some(amount)) > 1,
            Change::More | Change::Unknown => true,
            Change::Less => false,
        }));
        match fitting.len() {
            0 => Verdict::NotChecked(None),
            1 if is_found => Verdict::Once,
            _ => unclear(Some(amount), &fitting),
        }
    }

    /// What has moved the balance without a movement may be a charge that is not shown.
    fn explain(&self, charges: &[(Charge, Option<Money>)], verdicts: &mut [Verdict]) {
        let is_unseen = |verdict: &&Verdict| matches!(verdict, Verdict::NotChecked(_));
        let unseen = verdicts.iter().filter(is_unseen).count();
        for ((charge, total), verdict) in charges.iter().zip(verdicts) {
            let (moved, amount) = match charge {
                Charge::Job(_) => (self.unexplained.and_then(|moved| NOTHING.checked_sub(moved)), *total),
                Charge::Payment(amount) => (self.unexplained, Some(*amount)),
            };
            let times = moved.map_or(0, |moved| times(moved, amount));
            let may_be = match verdict {
                Verdict::Once => times > 0 && unseen == 0,
                Verdict::NotChecked(None) => times > 1 && unseen == 1,
                _ => false,
            };
            if may_be {
                *verdict = Verdict::Unclear { entries: 1, amount, transactions: Vec::new() };
            }
        }
    }

    /// An entry that nobody can read may be another charge, unless the balance says that it is not: what can be read, and
    /// the charges that are not shown, are all that has moved it.
    fn mind_hidden(&self, charges: &[(Charge, Option<Money>)], verdicts: &mut [Verdict]) {
        if self.blur.hidden == 0 || self.unexplained == Some(NOTHING) {
            return;
        }
        let unseen = charges.iter().zip(&*verdicts).filter(|(_, verdict)| **verdict == Verdict::NotChecked(None));
        let rest = unseen.fold(self.unexplained, |rest, (charge, _)| match charge {
            (Charge::Job(_), total) => rest?.checked_add((*total)?),
            (Charge::Payment(amount), _) => rest?.checked_sub(*amount),
        });
        if rest == Some(NOTHING) {
            return;
        }
        for ((_, total), verdict) in charges.iter().zip(verdicts) {
            if *total != Some(NOTHING) && matches!(verdict, Verdict::Once | Verdict::NotChecked(None)) {
                *verdict = Verdict::NotChecked(Some(ledger::unreadable()));
            }
        }
    }

    /// Whether the new movements are all that has moved the account.
    fn is_closed(&self) -> bool {
        let news: Vec<&Transaction> = self.news.iter().map(|(movement, _)| *movement).collect();
        self.closed.is_some_and(|(before, now)| ledger::is_closed(before, &news, now))
    }

    /// Whether no other job can have been submitted when these movements came in: a job's last change is no earlier than
    /// its submission.
    fn is_alone(&mut self, job: PrintJobId, movements: &[&Transaction]) -> bool {
        let read = |time: &Option<String>| time.as_deref().and_then(Instant::parse).map(|instant| instant.0);
        let times: Option<Vec<i64>> = movements.iter().map(|movement| read(&movement.created_at)).collect();
        let Some(first) = times.and_then(|times| times.into_iter().min()) else { return false };
        let Some(jobs) = self.jobs else {
            self.needs_jobs = true;
            return false;
        };
        let earliest = first.saturating_sub(SAME_MOMENT);
        let is_known = |asked: &PrintJobId| jobs.iter().any(|job| job.id == *asked && job.status.is_submitted());
        self.asked.iter().take(self.expected).all(is_known)
            && jobs.iter().filter(|one| one.status.is_submitted()).all(|one| match read(&one.updated_at) {
                // Else the two are told by different clocks.
                Some(at) if one.id == job => (earliest..=first.saturating_add(SAME_MOMENT)).contains(&at),
                Some(at) => at < earliest || self.asked.contains(&one.id),
                None => false,
            })
    }
}

/// What the movements that name one job say of it, of which the server says that it costs `total`.
fn weigh(named: &[&Transaction], total: Option<Money>) -> Option<Verdict> {
    let (mut costs, mut refunds): (Vec<(Money, &Transaction)>, Vec<Money>) = (Vec::new(), Vec::new());
    let (mut vague, mut is_odd) = (Vec::new(), false);
    for movement in named {
        match (Change::of(movement), cost(movement)) {
            (_, Some(cost)) => costs.push((cost, *movement)),
            (Change::By(change), _) if change == NOTHING => {}
            (Change::By(change), _) if !change.is_negative() => refunds.push(change),
            (Change::More, _) => is_odd = true,
            _ => vague.push(*movement),
        }
    }
    let is_refunded = !refunds.is_empty();
    for refund in refunds {
        match costs.iter().position(|(cost, _)| *cost == refund) {
            Some(place) => drop(costs.remove(place)),
            None => is_odd = true,
        }
    }
    let charged: Vec<&Transaction> = costs.iter().map(|(_, movement)| *movement).chain(vague.iter().copied()).collect();
    match (costs.as_slice(), vague.len()) {
        ([], 0) => return is_refunded.then_some(Verdict::Once),
        ([], 1) => return Some(Verdict::Once),
        // One movement that is as much as several charges.
        ([(cost, _)], 0) => {
            return Some(if times(*cost, total) > 1 { unclear(total, &charged) } else { Verdict::Once });
        }
        (_, 0) if !is_odd => {}
        _ => return Some(unclear(total, &charged)),
    }
    let whole: Vec<&Transaction> =
        costs.iter().filter(|(cost, _)| Some(*cost) == total).map(|(_, movement)| *movement).collect();
    if let (Some(total), 2..) = (total, whole.len()) {
        return Some(twice(whole.len(), total, &whole));
    }
    // A charge may be several movements, for the cards and for the shipping: then all of them are there as often.
    let same = |one: &(Money, &Transaction)| {
        costs.iter().filter(|other| other.0 == one.0 && words(other.1) == words(one.1)).count()
    };
    let often = costs.first().map(same).filter(|often| costs.iter().all(|one| same(one) == *often)).unwrap_or(1);
    let sum = costs.iter().try_fold(NOTHING, |sum, (cost, _)| sum.checked_add(*cost))?;
    let each = i64::try_from(often).ok().and_then(|often| sum.cents().checked_div(often)).map(Money::usd);
    Some(match each {
        _ if Some(sum) == total && often < 2 => Verdict::Once,
        Some(each) if often > 1 && Some(sum) != total && total.is_none_or(|total| each >= total) => {
            twice(often, each, &charged)
        }
        _ => unclear(total, &charged),
    })
}

/// What a movement took out of the account, where that can be read.
fn cost(movement: &Transaction) -> Option<Money> {
    match Change::of(movement) {
        Change::By(change) if change.is_negative() => NOTHING.checked_sub(change),
        _ => None,
    }
}

/// Whether it certainly took nothing out of it.
fn is_gain(movement: &Transaction) -> bool {
    matches!(Change::of(movement), Change::By(change) if !change.is_negative())
}

/// How many times `one` makes exactly `amount`; 0 where none does.
fn times(amount: Money, one: Option<Money>) -> i64 {
    match one.map(Money::cents) {
        Some(one) if one > 0 && amount.cents() > 0 && amount.cents() % one == 0 => amount.cents() / one,
        _ => 0,
    }
}

/// What two movements of the same kind have in common.
fn words(movement: &Transaction) -> [&Option<String>; 3] {
    [&movement.kind, &movement.sub_type, &movement.description]
}

fn balance(account: &Account) -> Option<Money> {
    account.balance.as_ref().and_then(Money::of)
}

fn ids(movements: &[&Transaction]) -> Vec<String> {
    let mut ids: Vec<String> = movements.iter().map(|movement| movement.id.clone()).collect();
    ids.retain(|id| !id.is_empty());
    sort::by_keys(&ids, &ids)
}

fn twice(entries: usize, amount: Money, movements: &[&Transaction]) -> Verdict {
    Verdict::Twice { entries, amount, transactions: ids(movements) }
}

fn unclear(amount: Option<Money>, movements: &[&Transaction]) -> Verdict {
    Verdict::Unclear { entries: movements.len(), amount, transactions: ids(movements) }
}
