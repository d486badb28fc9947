//! "Cards (Creation/Management)": drafts, previews, finalizing, finding, deleting, print history.

use crate::card_data;
use crate::error::{Answer, ApiError, Outcome};
use crate::form::Params;
use crate::render;
use crate::router::id;
use crate::server::App;
use crate::store::{Card, Content, World};
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use std::time::Duration;

/// The vendor documents a 500 for numbers that its database column cannot hold.
pub(crate) const DATABASE_LIMIT: u64 = 2_147_483_647;

type Ids = Path<(String, String)>;

/// `POST cards`: a draft.
pub(crate) async fn create(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.form_fields(&["card[card_template_id]", "card[data]"], &[])?;
    let template_id = fields.number("card[card_template_id]")?.unwrap_or_default();
    if template_id > DATABASE_LIMIT {
        return Err(ApiError::out_of_range());
    }
    let mut world = app.world();
    let template = world.template(template_id).ok_or_else(|| ApiError::bad_request("Card template not found"))?;
    let data = card_data::read(fields.text("card[data]"), template)?.into_iter().collect();
    let id = world.next_id("card");
    world.cards.insert(id, Card { id, template_id, data, ..Card::default() });
    show_card(&world, id, &params.base)
}

/// `PATCH cards/{id}`: the fields that are sent change, the others stay. Finalized cards may change too.
pub(crate) async fn update(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    let fields = params.form_fields(&["card[data]"], &[])?;
    let id = id(&path.1, "Card")?;
    let mut world = app.world();
    let card = world.cards.get(&id).ok_or_else(|| ApiError::not_found("Card"))?;
    let template = world.template(card.template_id).ok_or_else(|| ApiError::bad_request("Card template not found"))?;
    let data = card_data::read(fields.text("card[data]"), template)?;
    if let Some(card) = world.cards.get_mut(&id) {
        card.data.extend(data);
    }
    show_card(&world, id, &params.base)
}

/// `PATCH cards/{id}/finalize`; once more does no harm.
pub(crate) async fn finalize(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.form_fields(&[], &[])?;
    let id = id(&path.1, "Card")?;
    let mut world = app.world();
    world.cards.get_mut(&id).ok_or_else(|| ApiError::not_found("Card"))?.finalized = true;
    show_card(&world, id, &params.base)
}

/// `GET cards/{id}`
pub(crate) async fn show(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    show_card(&app.world(), id(&path.1, "Card")?, &params.base)
}

fn show_card(world: &World, id: u64, base: &str) -> Outcome {
    let card = world.cards.get(&id).ok_or_else(|| ApiError::not_found("Card"))?;
    let template = world.template(card.template_id);
    Ok(Answer(card_data::card(card, template, &world.dialect, base, false)))
}

/// `GET cards`, the newest first.
pub(crate) async fn list(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.query_fields(&[], &["page", "page_size"])?;
    let world = app.world();
    let cards = fields.page(world.cards.values().rev())?;
    Ok(Answer(shown_in_list(&world, cards, &params.base)))
}

/// `GET cards/search`: the term anywhere in a text of the card, whatever its case.
pub(crate) async fn search(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    let fields = params.query_fields(&["term"], &["page", "page_size"])?;
    let term = fields.text("term").to_lowercase();
    let world = app.world();
    let matches = |content: &Content| match content {
        Content::Text(text) => text.to_lowercase().contains(&term),
        Content::Image(_) => false,
    };
    let found = world.cards.values().rev().filter(|card| card.data.values().any(matches));
    let cards = fields.page(found)?;
    Ok(Answer(shown_in_list(&world, cards, &params.base)))
}

fn shown_in_list(world: &World, cards: Vec<&Card>, base: &str) -> Value {
    let show = |card: &Card| card_data::card(card, world.template(card.template_id), &world.dialect, base, true);
    cards.into_iter().map(show).collect()
}

/// `DELETE cards/{id}`; also takes it out of the carts it lies in.
pub(crate) async fn delete(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let id = id(&path.1, "Card")?;
    let mut world = app.world();
    world.cards.remove(&id).ok_or_else(|| ApiError::not_found("Card"))?;
    for job in world.jobs.values_mut().filter(|job| !job.submitted) {
        job.cards.remove(&id);
    }
    Ok(Answer(json!({"result": "Success"})))
}

/// `GET cards/{id}/print_history`
pub(crate) async fn print_history(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let world = app.world();
    let card = world.cards.get(&id(&path.1, "Card")?).ok_or_else(|| ApiError::not_found("Card"))?;
    let entry = |at: &Option<String>| json!({"status": u8::from(at.is_some()), "processed_at": at});
    Ok(Answer(card.prints.iter().map(entry).collect()))
}

/// `GET cards/{id}/preview`: both sides as PNG in Base64.
pub(crate) async fn preview(State(app): State<App>, Extension(params): Extension<Params>, path: Ids) -> Outcome {
    params.none()?;
    let id = id(&path.1, "Card")?;
    let (card, template, delay, available) = {
        let mut world = app.world();
        let card = world.cards.get(&id).ok_or_else(|| ApiError::not_found("Card"))?.clone();
        let template = world.template(card.template_id).cloned();
        let left = &mut world.faults.preview_unavailable_times;
        let available = *left == 0;
        *left = left.saturating_sub(1);
        (card, template, world.faults.preview_delay_ms, available)
    };
    if delay > 0 {
        tokio::time::sleep(Duration::from_millis(delay)).await;
    }
    let portrait = template.as_ref().is_some_and(|template| template.portrait);
    let two_sided = template.as_ref().is_some_and(|template| template.two_sided);
    let sides = match template {
        Some(template) if available => {
            let draw = move || render::preview(&card, &template);
            tokio::task::spawn_blocking(draw).await.ok().flatten()
        }
        _ => None,
    };
    let world = app.world();
    let mut shown = match &sides {
        Some((front, back)) => json!({"preview_available": true, "front": front, "back": back}),
        None => json!({"preview_available": false, "front": "", "back": ""}),
    };
    if sides.is_some() && !two_sided && world.dialect.is("preview_back", "absent") {
        shown.as_object_mut().map(|members| members.remove("back"));
    }
    if world.dialect.is("orientation", "present") {
        shown["orientation"] = json!(if portrait { "portrait" } else { "landscape" });
    }
    Ok(Answer(shown))
}

/// `GET /files/cards/{id}/{token}`: not the API's, but what the `url` dialect and `images` link to.
pub(crate) async fn picture(
    State(app): State<App>,
    Path((card, token)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let world = app.world();
    let card = world.cards.get(&id(&card, "Card")?).ok_or_else(|| ApiError::not_found("Card"))?;
    let picture = card.picture(&token).ok_or_else(|| ApiError::not_found("Image"))?;
    let mime = picture.header().map_or("application/octet-stream", |header| header.mime);
    Ok(([(header::CONTENT_TYPE, mime)], picture.bytes().unwrap_or_default()).into_response())
}
