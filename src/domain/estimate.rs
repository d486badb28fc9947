//! What an order will probably cost, by what orders like it have cost before: an estimate, and never the vendor's price, which
//! nobody is told before an order is submitted.

use super::money::Money;
use crate::api::{ShippingProviderId, TemplateId};

/// A print job: what its price goes by, as far as an account's own past shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Who carries it.
    pub provider: ShippingProviderId,
    /// What its cards are made from, each once, in the order of their numbers.
    pub templates: Vec<TemplateId>,
    /// How many pieces are printed.
    pub pieces: u32,
}

/// One that was submitted, and what was charged for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// What it was.
    pub kind: Kind,
    /// What its shipping has cost.
    pub shipping: Money,
    /// What all of it has cost.
    pub total: Money,
}

/// From how much to how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Estimate {
    /// The least.
    pub low: Money,
    /// The most.
    pub high: Money,
    /// By how many orders.
    pub orders: usize,
}

/// What an order of these jobs will probably cost. None where there is nothing like one of them in the past, or what there is
/// cannot be counted together.
pub fn estimate(order: &[Kind], past: &[Past]) -> Option<Estimate> {
    let mut sum: Option<Estimate> = None;
    for job in order {
        let one = of_job(job, past)?;
        sum = Some(match sum {
            None => one,
            Some(sum) => Estimate {
                low: sum.low.checked_add(one.low)?,
                high: sum.high.checked_add(one.high)?,
                orders: sum.orders.min(one.orders),
            },
        });
    }
    sum
}

/// By jobs of the same number, where there are any; else by the price of a piece in those of other numbers.
fn of_job(job: &Kind, past: &[Past]) -> Option<Estimate> {
    let alike = past.iter().filter(|past| {
        past.kind.provider == job.provider && past.kind.templates == job.templates && past.kind.pieces > 0
    });
    let same: Vec<Money> = alike.clone().filter(|past| past.kind.pieces == job.pieces).map(|past| past.total).collect();
    if let Some((low, high)) = between(&same) {
        return Some(Estimate { low, high, orders: same.len() });
    }
    let shipping: Vec<Money> = alike.clone().map(|past| past.shipping).collect();
    let (least, most) = between(&shipping)?;
    let mut printing: Vec<Money> = Vec::new();
    for past in alike {
        let cents = past.total.checked_sub(past.shipping)?.cents();
        // To the cent, away from a promise: that the sum is a little more or less is said by its range.
        let all = cents.checked_mul(job.pieces.into())?;
        let pieces = i64::from(past.kind.pieces);
        printing.push(Money::usd(all.div_euclid(pieces)));
        printing.push(Money::usd(all.checked_add(pieces - 1)?.div_euclid(pieces)));
    }
    let (low, high) = between(&printing)?;
    let (low, high) = (low.checked_add(least)?, high.checked_add(most)?);
    Some(Estimate { low, high, orders: shipping.len() })
}

fn between(amounts: &[Money]) -> Option<(Money, Money)> {
    let mut ends: Option<(Money, Money)> = None;
    for amount in amounts {
        ends = Some(match ends {
            None => (*amount, *amount),
            Some((low, high)) => {
                (if *amount < low { *amount } else { low }, if *amount > high { *amount } else { high })
            }
        });
    }
    ends
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kind(provider: u64, template: u64, pieces: u32) -> Kind {
        Kind { provider: ShippingProviderId(provider), templates: vec![TemplateId(template)], pieces }
    }

    fn past(kind: Kind, shipping: i64, total: i64) -> Past {
        Past { kind, shipping: Money::usd(shipping), total: Money::usd(total) }
    }

    #[test]
    fn what_is_not_like_it_says_nothing() {
        let known = [past(kind(1, 1, 2), 800, 1800)];
        assert_eq!(estimate(&[kind(2, 1, 2)], &known), None, "another provider");
        assert_eq!(estimate(&[kind(1, 2, 2)], &known), None, "another template");
        assert_eq!(estimate(&[kind(1, 1, 2), kind(1, 2, 2)], &known), None, "half of an order is no order");
        assert_eq!(estimate(&[], &known), None);
    }

    #[test]
    fn the_same_number_counts_more_than_another() {
        let known = [past(kind(1, 1, 1), 800, 1800), past(kind(1, 1, 10), 800, 4800)];
        let one = estimate(&[kind(1, 1, 10)], &known).unwrap();
        assert_eq!((one.low, one.high, one.orders), (Money::usd(4800), Money::usd(4800), 1));
        let between = estimate(&[kind(1, 1, 5)], &known).unwrap();
        assert_eq!((between.low, between.high, between.orders), (Money::usd(2800), Money::usd(5800), 2));
    }

    proptest! {
        #[test]
        fn a_price_that_keeps_to_one_rule_is_met(
            each in 1_i64..5_000,
            shipping in 0_i64..9_000,
            numbers in proptest::collection::vec(1_u32..600, 1..6),
            wanted in proptest::collection::vec(1_u32..600, 1..4),
        ) {
            let price = |pieces: u32| each * i64::from(pieces) + shipping;
            let known: Vec<Past> =
                numbers.iter().map(|number| past(kind(1, 1, *number), shipping, price(*number))).collect();
            let order: Vec<Kind> = wanted.iter().map(|number| kind(1, 1, *number)).collect();
            let found = estimate(&order, &known).unwrap();
            let expected = Money::usd(wanted.iter().map(|number| price(*number)).sum());
            prop_assert_eq!((found.low, found.high), (expected, expected));
        }

        #[test]
        fn it_is_a_range_that_has_each_past_order_of_the_same_kind_in_it(
            known in proptest::collection::vec((0_u64..2, 0_u64..2, 0_u32..4, 0_i64..1_000, 0_i64..9_000), 0..8),
            wanted in (0_u64..2, 0_u64..2, 1_u32..4),
        ) {
            let known: Vec<Past> = known
                .into_iter()
                .map(|(provider, template, pieces, shipping, more)| {
                    past(kind(provider, template, pieces), shipping, shipping + more)
                })
                .collect();
            let wanted = kind(wanted.0, wanted.1, wanted.2);
            let found = estimate(std::slice::from_ref(&wanted), &known);
            for like in known.iter().filter(|past| past.kind == wanted) {
                let found = found.unwrap();
                prop_assert!(found.low <= like.total && like.total <= found.high);
            }
            if let Some(found) = found {
                prop_assert!(found.low <= found.high && found.orders > 0);
            }
        }
    }
}
