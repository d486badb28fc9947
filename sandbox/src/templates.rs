//! "Card Templates": the designs, and the fields of each.

use crate::error::{ApiError, Outcome};
use crate::form::Call;
use crate::json::Json;
use crate::world::World;

/// `GET card_templates`
pub(crate) fn list(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    out.list(&world.templates, |out, template| {
        out.object(|out| {
            out.member("id").id(template.id);
            out.member("name").text(&template.name);
        });
    });
    Ok(())
}

/// `GET card_templates/{id}/fields`
pub(crate) fn fields(world: &mut World, call: &Call<'_>, out: &mut Json) -> Outcome {
    call.params.none()?;
    let template = world.template(call.id("Card template")?).ok_or_else(|| ApiError::not_found("Card template"))?;
    let dimensions = world.dialect.get("dimensions");
    out.list(&template.fields, |out, field| {
        out.object(|out| {
            out.member("token").text(&field.token);
            out.member("label").text(&field.label);
            out.member("type").text(&field.kind);
            out.member("legacy_token").text(&field.legacy_token);
            if dimensions == "absent" {
                return;
            }
            out.member("dimensions").object(|out| {
                for (name, pixels) in [("width", field.dimensions.0), ("height", field.dimensions.1)] {
                    match dimensions {
                        "strings" => out.member(name).text(&pixels.to_string()),
                        _ => out.member(name).number(pixels.into()),
                    }
                }
            });
        });
    });
    Ok(())
}
