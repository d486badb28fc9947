//! "Card Templates": the designs, and the fields of each.

use crate::error::{Answer, ApiError, Outcome};
use crate::form::Params;
use crate::router::id;
use crate::server::App;
use axum::Extension;
use axum::extract::{Path, State};
use serde_json::{Value, json};

/// `GET card_templates`
pub(crate) async fn list(State(app): State<App>, Extension(params): Extension<Params>) -> Outcome {
    params.none()?;
    let world = app.world();
    Ok(Answer(world.templates.iter().map(|template| json!({"id": template.id, "name": template.name})).collect()))
}

/// `GET card_templates/{id}/fields`
pub(crate) async fn fields(
    State(app): State<App>,
    Extension(params): Extension<Params>,
    Path((_, template)): Path<(String, String)>,
) -> Outcome {
    params.none()?;
    let world = app.world();
    let template =
        world.template(id(&template, "Card template")?).ok_or_else(|| ApiError::not_found("Card template"))?;
    let dimensions = |(width, height): (u32, u32)| match world.dialect.get("dimensions") {
        "strings" => json!({"width": width.to_string(), "height": height.to_string()}),
        _ => json!({"width": width, "height": height}),
    };
    let shown = template.fields.iter().map(|field| {
        let mut shown = json!({
            "token": field.token,
            "label": field.label,
            "type": field.kind,
            "legacy_token": field.legacy_token,
        });
        if !world.dialect.is("dimensions", "absent") {
            shown["dimensions"] = dimensions(field.dimensions);
        }
        shown
    });
    Ok(Answer(shown.collect::<Value>()))
}
