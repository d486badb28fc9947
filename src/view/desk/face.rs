//! How cards look in lists: the server's own picture of the front, and whose it is, fetched when they come into sight.

use leptos::prelude::on_cleanup;

use super::super::app::Load;
use super::state::State;
use crate::api::{Card, CardId, Orientation};
use crate::domain::card_name::name_of;
use crate::media::blob_url::BlobUrl;
use crate::reactive::Var;
use crate::ui::card_face::drawn;
use crate::ui::dom::{El, el};
use crate::ui::icon::{self, icon};
use crate::ui::in_view::once_seen;
use crate::ui::words;

/// So many are fetched at a time: each is drawn by the server, which takes it a while.
const AT_A_TIME: u32 = 3;

/// What is known of a card.
#[derive(Clone)]
pub(super) struct Seen {
    /// Whose it is; `None` while that is not known, empty when the card does not say.
    pub(super) name: Option<String>,
    front: Load<Option<Front>>,
    asked: bool,
}

/// The front, and whether it stands upright where the server says so.
#[derive(Clone)]
struct Front(BlobUrl, Option<bool>);

impl State {
    /// What is known of `card`; nothing is fetched for it.
    pub(super) fn seen(self, card: CardId) -> Var<Seen> {
        let kept = self.kept();
        let mut faces = kept.faces.borrow_mut();
        // The newest are asked for the most.
        if let Some((_, seen)) = faces.iter().rfind(|(known, _)| *known == card) {
            return *seen;
        }
        let nothing = || Var::new(Seen { name: None, front: Load::Busy, asked: false });
        let seen = self.app.kept().owner.with(nothing);
        faces.push((card, seen));
        seen
    }

    /// Takes in what a list or a search has said of a card.
    pub(super) fn has_seen(self, card: &Card) {
        let name = name_of(card).unwrap_or_default().to_owned();
        let seen = self.seen(card.id);
        if seen.with_untracked(|seen| seen.name.as_ref() != Some(&name)) {
            seen.update(|seen| seen.name = Some(name));
        }
    }

    /// What the card is called: by its name, or by its number.
    pub(super) fn title(self, card: CardId) -> String {
        let number = || words_of(self).card().card_number(&card.to_string());
        self.seen(card).with(|seen| match seen.name.as_deref() {
            None | Some("") => number(),
            Some(name) => name.to_owned(),
        })
    }

    /// It has come into sight somewhere on the screen.
    fn look_at(self, card: CardId) {
        let seen = self.seen(card);
        let kept = self.kept();
        // Once for each place that it is in, until its turn comes.
        if seen.with_untracked(|seen| seen.asked) && !kept.waiting.borrow().contains(&card) {
            return;
        }
        seen.update(|seen| seen.asked = true);
        kept.waiting.borrow_mut().push_back(card);
        self.look_on();
    }

    /// It has gone from a place on the screen: if it was in no other, and its turn has not come, it need not come.
    fn look_away(self, card: CardId) {
        let Some(kept) = self.try_kept() else { return };
        let mut waiting = kept.waiting.borrow_mut();
        let Some(place) = waiting.iter().rposition(|waits| *waits == card) else { return };
        waiting.remove(place);
        let is_wanted = waiting.contains(&card);
        drop(waiting);
        if !is_wanted {
            self.seen(card).update(|seen| seen.asked = false);
        }
    }

    fn look_on(self) {
        let kept = self.kept();
        while kept.looking.get() < AT_A_TIME {
            let Some(card) = kept.waiting.borrow_mut().pop_front() else { return };
            kept.waiting.borrow_mut().retain(|waits| *waits != card);
            kept.looking.set(kept.looking.get() + 1);
            self.app.spawn(Box::pin(async move {
                self.fetch_face(card).await;
                let kept = self.kept();
                kept.looking.set(kept.looking.get().saturating_sub(1));
                self.look_on();
            }));
        }
    }

    /// What fails here is not told: the list has the card's number all the same.
    async fn fetch_face(self, card: CardId) {
        let seen = self.seen(card);
        let Ok((client, organization)) = self.app.client() else { return };
        if seen.with_untracked(|seen| seen.name.is_none())
            && let Ok(card) = client.card(organization, card).await
        {
            self.has_seen(&card);
        }
        let preview = client.card_preview(organization, card).await.ok().filter(|preview| preview.available);
        let front = preview.and_then(|preview| {
            let portrait = preview.orientation.map(|orientation| orientation == Orientation::Portrait);
            Some(Front(BlobUrl::image_from_base64(&preview.front).ok()?, portrait))
        });
        seen.update(|seen| seen.front = Load::Ready(front));
    }
}

fn words_of(state: State) -> crate::i18n::Messages {
    crate::i18n::Messages::of(state.app.locale.get_untracked())
}

/// The card itself, small, once it comes into sight. Its name stands beside it, so it has none of its own.
pub(super) fn thumbnail(state: State, card: CardId) -> El {
    let seen = state.seen(card);
    let picture = move || {
        Some(match seen.with(|seen| seen.front.clone()) {
            Load::Ready(Some(Front(url, portrait))) => drawn(url.url(), "", portrait),
            Load::Busy => el("div").class("card-face skeleton"),
            _ => el("div").class("card-face blank").child(icon(icon::CARD)),
        })
    };
    let thumbnail = el("div").class("thumbnail").attr("aria-hidden", "true").live(picture);
    once_seen(&thumbnail, move || state.look_at(card));
    on_cleanup(move || state.look_away(card));
    thumbnail
}

/// What the card is called, and its number.
pub(super) fn named(state: State, card: CardId) -> El {
    let number = words().card().card_number(&card.to_string());
    let has_name = move || state.seen(card).with(|seen| seen.name.as_ref().is_some_and(|name| !name.is_empty()));
    el("div")
        .class("named")
        .child(el("strong").live_text(move || state.title(card)))
        .child(el("span").class("help").text(&number).hidden(move || !has_name()))
}
