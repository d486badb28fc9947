//! The parameters of a print job, which creating takes from the form and updating from the URL.

use crate::error::ApiError;
use crate::form::Fields;
use crate::organization::shipping_price;
use crate::store::{Address, Contact, Job, ShipTo};
use crate::world::World;

pub(crate) const ADDRESS_ID: &str = "print_job[address_id]";
pub(crate) const PROVIDER: &str = "print_job[shipping_provider_id]";
pub(crate) const COPIES: &str = "print_job[number_of_copies]";
pub(crate) const CARD_IDS: &str = "print_job[card_ids]";

/// The one-off address. It spells `address_1` where the addresses endpoints spell `address1`.
const ONE_OFF: [&str; 8] = [
    "print_job[address][contact][full_name]",
    "print_job[address][organization_name]",
    "print_job[address][address_1]",
    "print_job[address][address_2]",
    "print_job[address][city]",
    "print_job[address][state]",
    "print_job[address][zip_code]",
    "print_job[address][country]",
];

/// Those of it that may stay empty.
const ONE_OFF_OPTIONAL: [&str; 2] = [ONE_OFF[1], ONE_OFF[3]];

/// All parameters of a print job.
pub(crate) const NAMES: [&str; 12] = [
    ADDRESS_ID, PROVIDER, COPIES, CARD_IDS, ONE_OFF[0], ONE_OFF[1], ONE_OFF[2], ONE_OFF[3], ONE_OFF[4], ONE_OFF[5],
    ONE_OFF[6], ONE_OFF[7],
];

/// What an older version of the server asked for when a print job is created. A one-off address is an address too.
pub(crate) fn requirements(fields: &Fields<'_>) -> Result<(), ApiError> {
    if fields.filled(ADDRESS_ID).is_none() && !has_one_off(fields) {
        return Err(ApiError::missing("address_id"));
    }
    fields.filled(PROVIDER).map(drop).ok_or_else(|| ApiError::missing("shipping_provider_id"))
}

fn has_one_off(fields: &Fields<'_>) -> bool {
    ONE_OFF.iter().any(|name| fields.filled(name).is_some())
}

/// Applies what was sent to a job, or refuses and leaves the job alone. The shipping provider is set to what was sent
/// even if nothing was: that is the vendor's documented behaviour on updates.
pub(crate) fn apply(fields: &Fields<'_>, world: &World, job: &mut Job) -> Result<(), ApiError> {
    let mut changed = job.clone();
    if let Some(ship_to) = ship_to(fields, world)? {
        changed.ship_to = ship_to;
    }
    changed.provider = fields.number(PROVIDER)?;
    if changed.provider.is_some_and(|provider| shipping_price(provider).is_none()) {
        return Err(ApiError::bad_request("Shipping provider not found"));
    }
    if let Some(copies) = fields.number(COPIES)? {
        if !(1..=1000).contains(&copies) {
            return Err(ApiError::bad_request("Number of copies must be between 1 and 1000"));
        }
        changed.copies = copies;
    }
    if let Some(ids) = fields.ids(CARD_IDS)? {
        add_cards(&ids, world, &mut changed)?;
    }
    changed.updated_at = world.now_ms();
    *job = changed;
    Ok(())
}

/// Puts cards into a job: all of them, or none when one does not exist or is a draft. A card that is in the job already
/// is put in once more, as an older version of the server did it, unless the dialect says otherwise.
pub(crate) fn add_cards(ids: &[u64], world: &World, job: &mut Job) -> Result<(), ApiError> {
    let once = world.dialect.is("add_cards", "once");
    for (at, id) in ids.iter().enumerate() {
        let card = world.cards.get(id).ok_or_else(|| ApiError::not_found("Card"))?;
        // The older server counted what it found against what was named.
        if !once && ids[..at].contains(id) {
            return Err(ApiError::not_found("Card"));
        }
        if !card.finalized {
            return Err(ApiError::bad_request(format!("Card {id} must be finalized before it can be printed")));
        }
    }
    for id in ids {
        if !once || !job.cards.contains(id) {
            job.cards.push(*id);
        }
    }
    Ok(())
}

fn ship_to(fields: &Fields<'_>, world: &World) -> Result<Option<ShipTo>, ApiError> {
    let one_off = has_one_off(fields);
    let known = fields.number(ADDRESS_ID)?;
    match known {
        Some(_) if one_off => Err(ApiError::bad_request("Send either an address id or a one-off address, not both")),
        Some(id) if world.addresses.contains_key(&id) => Ok(Some(ShipTo::Known(id))),
        Some(_) => Err(ApiError::not_found("Address").with_status(400)),
        None if one_off => read_one_off(fields).map(Some),
        None => Ok(None),
    }
}

fn read_one_off(fields: &Fields<'_>) -> Result<ShipTo, ApiError> {
    let required = ONE_OFF.iter().filter(|name| !ONE_OFF_OPTIONAL.contains(name));
    if let Some(missing) = required.into_iter().find(|name| fields.filled(name).is_none()) {
        return Err(ApiError::missing(missing));
    }
    let text = |at: usize| fields.text(ONE_OFF[at]).to_owned();
    let contact = Contact { full_name: text(0), ..Contact::default() };
    let address = Address {
        organization_name: text(1),
        address1: text(2),
        address2: text(3),
        city: text(4),
        state: text(5),
        zip_code: text(6),
        country: text(7),
        ..Address::default()
    };
    Ok(ShipTo::OneOff(Box::new((address, contact))))
}
