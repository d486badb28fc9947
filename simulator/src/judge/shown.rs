//! In the end, what staff have on their screens is what the server has: they have just looked.

use instant_card::flow::Remote;

use super::ground::{Scene, Verdict, broken};
use crate::book::Book;
use crate::tab::Tab;

const INVARIANT: &str = "what staff see is what the server has";

/// The cards, the contacts, the addresses.
pub(super) fn is_as_at_server(scene: Scene<'_>, book: &Book) -> Verdict {
    for tab in scene.tabs.iter().filter(|tab| book.staff.tabs.contains(&tab.number)) {
        let is_in = tab.app.cx().organization().get_untracked().is_some();
        if is_in && tab.app.desk_is_there() {
            cards(scene, tab)?;
            people(scene, tab)?;
        }
    }
    Ok(())
}

fn differ(tab: &Tab, what: &str, shown: &str, there: &str) -> Verdict {
    broken(INVARIANT, format!("tab {}: {what} {shown}, at the server {there}", tab.number))
}

fn cards(scene: Scene<'_>, tab: &Tab) -> Verdict {
    let register = tab.app.register();
    let progress = register.progress().get_untracked();
    if progress.failed.is_some() || !progress.is_whole {
        return broken(INVARIANT, format!("tab {}: the cards are not read to their end", tab.number));
    }
    let shown = register.cards().get_untracked();
    let door = scene.server.door.borrow();
    let mut seen: Vec<u64> = shown.iter().map(|card| card.id.0).collect();
    seen.sort_unstable();
    let there: Vec<u64> = door.cards().map(|card| card.id).collect();
    if seen != there {
        return differ(tab, "cards", &format!("{seen:?}"), &format!("{there:?}"));
    }
    for card in shown {
        let Some(known) = door.card(card.id.0) else { continue };
        for (token, text) in known.texts {
            // Some servers name fields otherwise, and a list does not say which are pictures.
            let Some(value) = card.data.iter().find(|value| value.token == token) else { continue };
            if value.value.trim() != text.trim() && text.len() < 1_000 {
                return differ(tab, &format!("{token} of card {}", card.id), &value.value, text);
            }
        }
    }
    Ok(())
}

fn people(scene: Scene<'_>, tab: &Tab) -> Verdict {
    let directory = tab.app.desk().directory();
    let door = scene.server.door.borrow();
    let (contacts, addresses) = (directory.contacts().get_untracked(), directory.addresses().get_untracked());
    let (Remote::Ready(contacts), Remote::Ready(addresses)) = (contacts, addresses) else {
        return broken(INVARIANT, format!("tab {}: contacts or addresses are not there", tab.number));
    };
    let mut seen: Vec<String> =
        contacts.iter().map(|one| format!("{} {} {}", one.id, one.details.full_name, one.details.email)).collect();
    let mut there: Vec<String> =
        door.contacts().map(|one| format!("{} {} {}", one.id, one.full_name, one.email)).collect();
    seen.sort_unstable();
    there.sort_unstable();
    if seen != there {
        return differ(tab, "contacts", &seen.join(", "), &there.join(", "));
    }
    let number = |contact: Option<u64>| contact.map_or_else(|| "nobody".to_owned(), |contact| contact.to_string());
    let mut seen: Vec<String> = addresses
        .iter()
        .map(|one| format!("{} {} {}", one.id, number(one.contact_id.map(|id| id.0)), one.primary))
        .collect();
    let mut there: Vec<String> =
        door.addresses().map(|one| format!("{} {} {}", one.id, number(one.contact_id), one.primary)).collect();
    seen.sort_unstable();
    there.sort_unstable();
    if seen != there {
        return differ(tab, "addresses", &seen.join(", "), &there.join(", "));
    }
    Ok(())
}
