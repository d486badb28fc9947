//! The world that a walk begins with: the server's dialect, its cards and its money, and what is in the cart already.

use sandbox::door::{Door, DoorOptions, DoorRequest};

use crate::dice::Dice;

/// A world as a seed has it.
pub(crate) fn world(dice: &mut Dice) -> Result<Door, String> {
    let mut dialect = Vec::new();
    if dice.percent(75) {
        for point in sandbox::POINTS {
            let value = dice.pick(point.values).copied().unwrap_or_default();
            // A card cannot be put into the cart of a server that wants an address first: the widget has none then.
            if dice.percent(35) && value != "requires" {
                dialect.push((point.key.to_owned(), value.to_owned()));
            }
        }
    }
    let options = DoorOptions {
        seed: dice.next(),
        cards: dice.below(9) + 4,
        balance_cents: if dice.percent(30) { i64::try_from(dice.below(3_000)).unwrap_or_default() } else { 500_000 },
        token_ttl_ms: dice.percent(10).then(|| dice.between(20_000, 120_000)),
        preview_unavailable_times: if dice.percent(20) { dice.between(1, 3) } else { 0 },
        dialect,
        ..DoorOptions::default()
    };
    let mut door = Door::new(&options)?;
    if dice.percent(60) {
        let token = door.issue_token();
        let cards: Vec<u64> = door.cards().filter(|card| card.finalized).map(|card| card.id).collect();
        for number in 0..=dice.below(2) {
            let cards: Vec<u64> = cards.iter().copied().skip(number * 3).take(1 + dice.below(3)).collect();
            let (ids, copies) = (format!("{cards:?}"), dice.between(1, 3).to_string());
            let mut form =
                vec![("print_job[card_ids]", ids.as_str()), ("print_job[number_of_copies]", copies.as_str())];
            if dice.percent(60) {
                form.push(("print_job[address_id]", "9301"));
                form.push(("print_job[shipping_provider_id]", "13"));
            }
            let path = "/api/v2/organizations/20003827/print_jobs";
            door.request(DoorRequest { method: "POST", path_and_query: path, bearer: Some(&token), form: Some(&form) });
        }
    }
    Ok(door)
}
