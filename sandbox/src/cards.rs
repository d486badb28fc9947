//! "Cards (Creation/Management)": drafts, previews, finalizing, finding, deleting, print history.

use crate::card_data;
use crate::clock::iso;
use crate::error::{ApiError, Outcome};
use crate::form::Call;
use crate::json::Json;
use crate::listing::{Order, in_order};
use crate::store::{Card, Content, Template};
use crate::world::{Kind, World};
use std::sync::Arc;

/// The vendor documents a 500 for numbers that its database column cannot hold.
pub(crate) const DATABASE_LIMIT: u64 = 2_147_483_647;

/// `POST cards`: a draft.
pub(crate) fn create(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&["card[card_template_id]", "card[data]"], &[])?;
    let template_id = fields.number("card[card_template_id]")?.unwrap_or_default();
    if template_id > DATABASE_LIMIT {
        return Err(ApiError::out_of_range());
    }
    let template = world.template(template_id).ok_or_else(|| ApiError::bad_request("Card template not found"))?;
    let data = card_data::read(fields.text("card[data]"), template)?.into_iter().collect();
    let id = world.next_id(Kind::Card);
    world.cards.insert(id, Arc::new(Card { id, template_id, data, ..Card::default() }));
    write(world, id, call, out)
}

/// `PATCH cards/{id}`: the fields that are sent change, the others stay. Finalized cards may change too.
pub(crate) fn update(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.form_fields(&["card[data]"], &[])?;
    let id = call.id("Card")?;
    let card = find(world, call)?;
    let template = world.template(card.template_id).ok_or_else(|| ApiError::bad_request("Card template not found"))?;
    let data = card_data::read(fields.text("card[data]"), template)?;
    if let Some(card) = world.card_mut(id) {
        card.data.extend(data);
    }
    write(world, id, call, out)
}

/// `PATCH cards/{id}/finalize`; once more does no harm.
pub(crate) fn finalize(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.form_fields(&[], &[])?;
    let id = call.id("Card")?;
    world.card_mut(id).ok_or_else(|| ApiError::not_found("Card"))?.finalized = true;
    write(world, id, call, out)
}

/// `GET cards/{id}`
pub(crate) fn show(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    write(world, call.id("Card")?, call, out)
}

fn find<'a>(world: &'a World, call: &Call<'_>) -> Result<&'a Arc<Card>, ApiError> {
    world.cards.get(&call.id("Card")?).ok_or_else(|| ApiError::not_found("Card"))
}

fn write(world: &World, id: u64, call: &Call<'_>, out: &mut Json) -> Outcome {
    let card = world.cards.get(&id).ok_or_else(|| ApiError::not_found("Card"))?;
    let template = world.template(card.template_id).map(AsRef::as_ref);
    card_data::Shown::new(world.dialect, &call.params.base, false).write(card, template, out);
    Ok(())
}

/// `GET cards`, the newest first.
pub(crate) fn list(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&[], &["page", "page_size"])?;
    let cards = in_order(&world.cards, world.dialect, Order::NewestFirst);
    write_list(world, fields.page(cards.into_iter())?, call, out);
    Ok(())
}

/// `GET cards/search`: the term anywhere in a text of the card, whatever its case.
pub(crate) fn search(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    let fields = call.params.query_fields(&["term"], &["page", "page_size"])?;
    let term = fields.text("term").to_lowercase();
    let matches = |content: &Content| match content {
        Content::Text(text) => text.to_lowercase().contains(&term),
        Content::Image(_) => false,
    };
    let cards = in_order(&world.cards, world.dialect, Order::NewestFirst).into_iter();
    let found = cards.filter(|card| card.data.values().any(matches));
    write_list(world, fields.page(found)?, call, out);
    Ok(())
}

fn write_list(world: &World, cards: Vec<&Arc<Card>>, call: &Call<'_>, out: &mut Json) {
    let shown = card_data::Shown::new(world.dialect, &call.params.base, true);
    out.list(cards, |out, card| {
        shown.write(card, world.template(card.template_id).map(AsRef::as_ref), out);
    });
}

/// `DELETE cards/{id}`; also takes it out of the carts it lies in.
pub(crate) fn delete(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let id = call.id("Card")?;
    world.cards.remove(&id).ok_or_else(|| ApiError::not_found("Card"))?;
    for job in world.jobs.values_mut().filter(|job| !job.submitted) {
        job.cards.retain(|card| *card != id);
    }
    out.object(|out| out.member("result").text("Success"));
    Ok(())
}

/// `GET cards/{id}/print_history`
pub(crate) fn print_history(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    out.list(&find(world, call)?.prints, |out, at| {
        out.object(|out| {
            out.member("status").number(at.is_some().into());
            out.optional_text("processed_at", at.map(iso).as_deref());
        });
    });
    Ok(())
}

/// A preview that is to be drawn, which takes too long to be done while the world waits.
#[derive(Debug)]
pub(crate) struct Drawing {
    pub(crate) card: Arc<Card>,
    pub(crate) template: Option<Arc<Template>>,
    /// The server's renderer works this time.
    pub(crate) available: bool,
}

/// `GET cards/{id}/preview`, the first half: what is to be drawn.
pub(crate) fn preview(world: &mut World, call: &Call<'_>) -> Result<Drawing, ApiError> {
    call.params.none()?;
    let card = Arc::clone(find(world, call)?);
    let template = world.template(card.template_id).cloned();
    let left = &mut world.habits.preview_unavailable_times;
    let available = *left == 0;
    *left = left.saturating_sub(1);
    Ok(Drawing { card, template, available })
}

/// The second half: both sides, each a picture in Base64; nothing when they could not be drawn.
pub(crate) fn write_preview(world: &World, drawing: &Drawing, sides: Option<(&str, &str)>, out: &mut Json) {
    let (front, back) = sides.unwrap_or_default();
    let is = |is: fn(&Template) -> bool| drawing.template.as_deref().is_some_and(is);
    let without_back = match is(|template| template.two_sided) {
        true => world.dialect.is("back_side", "fails"),
        false => world.dialect.is("preview_back", "absent"),
    };
    out.object(|out| {
        out.member("preview_available").flag(sides.is_some());
        out.member("front").text(front);
        if sides.is_none() || !without_back {
            out.member("back").text(back);
        }
        if world.dialect.is("orientation", "present") {
            let portrait = is(|template| template.portrait);
            out.member("orientation").text(if portrait { "portrait" } else { "landscape" });
        }
    });
}

/// `GET /files/cards/{id}/{token}`: not the API's, but what the `url` dialect and `images` link to. Its kind and its
/// bytes.
pub(crate) fn picture(world: &World, call: &Call<'_>) -> Result<(&'static str, Vec<u8>), ApiError> {
    let token = percent_encoding::percent_decode_str(call.ids[1]).decode_utf8_lossy();
    let picture = find(world, call)?.picture(&token).ok_or_else(|| ApiError::not_found("Image"))?;
    let mime = picture.header().map_or("application/octet-stream", |header| header.mime);
    Ok((mime, picture.bytes().unwrap_or_default()))
}
