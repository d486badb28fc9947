//! `docs/reference.md`, and the table of attributes in the README: what the element has, of its own description of itself.

use super::contract::{ATTRIBUTES, CODES, EVENTS, METHODS, PARTS, PROPERTIES, SLOTS, TOKENS, TYPES, Values};
use super::types::event_type;

/// A table's row; what would end a cell is written so that it does not.
fn row<const N: usize>(into: &mut String, cells: [&str; N]) {
    for cell in cells {
        into.push_str("| ");
        into.push_str(&cell.replace('|', "\\|"));
        into.push(' ');
    }
    into.push_str("|\n");
}

fn table<const N: usize>(into: &mut String, heads: [&str; N]) {
    row(into, heads);
    row(into, [(); N].map(|()| "---"));
}

/// The table of the attributes. Links are written as from `docs/`, and `links` is put before them.
pub(super) fn attributes(links: &str) -> String {
    let mut text = String::new();
    table(&mut text, ["attribute", "values", ""]);
    for attribute in ATTRIBUTES {
        let values = match attribute.values {
            Values::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
            Values::Number(like) | Values::Text(like) => like.to_owned(),
        };
        row(
            &mut text,
            [&format!("`{}`", attribute.name), &values, &attribute.text.replace("](", &format!("]({links}"))],
        );
    }
    text
}

/// The whole reference.
pub(super) fn whole() -> String {
    let mut text = String::from(
        "# Reference\n\nWhat `<instant-card>` has. It is made of the element's own description of itself (`src/element/contract/`), of which the \
         package's types (`instant-card.d.ts`), `custom-elements.json` and the editors' `vscode.html-custom-data.json` are made, too.\n\n\
         ## Attributes\n\nAll are optional. Where several values are named, it is the first one that an absent attribute means. A value that cannot \
         be used shows a worded configuration error, and an `ic-error` with `configuration`.\n\n",
    );
    text += &attributes("");
    text += "\n## Properties\n\nEach may be set at any time, also before the element is defined.\n\n";
    table(&mut text, ["property", "type", ""]);
    for property in PROPERTIES {
        row(&mut text, [&format!("`{}`", property.name), &format!("`{}`", property.type_text), property.text]);
    }
    text += "\n```ts\n";
    for (name, type_text, about) in TYPES {
        let kind = if type_text.starts_with('{') {
            format!("interface {name} {type_text}")
        } else {
            format!("type {name} = {type_text};")
        };
        text += &format!("/** {about} */\n{kind}\n");
    }
    text += "```\n\n## Methods\n\n";
    table(&mut text, ["method", ""]);
    for method in METHODS {
        row(&mut text, [&format!("`{}()`", method.name), method.text]);
    }
    text += "\n## Events\n\nAll of them bubble and are composed. None carries a password, a token, a payment card or a photo.\n\n";
    table(&mut text, ["event", "`detail`", ""]);
    for event in EVENTS {
        let members: Vec<String> = event
            .detail
            .iter()
            .map(|member| format!("`{}: {}`: {}", member.name, member.type_text, member.text))
            .collect();
        row(&mut text, [&format!("`{}`", event.name), &members.join(" "), event.text]);
    }
    text += "\nIn TypeScript their types are ";
    let types: Vec<String> = EVENTS
        .iter()
        .filter(|event| !event.detail.is_empty())
        .map(|event| format!("`{}`", event_type(event)))
        .collect();
    text += &types.join(", ");
    text += ".\n\n## Codes of errors\n\nThe `code` of an `ic-error`, for the page's own records; `message` is what the person reads.\n";
    for (about, codes) in CODES {
        text += &format!("\n### {about}\n\n");
        table(&mut text, ["code", "what has happened", "what the site can do"]);
        for code in *codes {
            row(&mut text, [&format!("`{}`", code.name), code.text, code.remedy]);
        }
    }
    text += "\n## Styling\n\nCustom properties, set on the element itself. Text on the accent, and the accent as text, are pulled to a contrast \
             that can be read.\n\n";
    table(&mut text, ["custom property", "syntax", ""]);
    for token in TOKENS {
        row(&mut text, [&format!("`{}`", token.name), &format!("`{}`", token.syntax), token.text]);
    }
    text += "\nParts, for `::part()`:\n\n";
    table(&mut text, ["part", ""]);
    for part in PARTS {
        row(&mut text, [&format!("`{}`", part.name), part.text]);
    }
    text += "\n## Slots\n\n";
    table(&mut text, ["slot", ""]);
    for slot in SLOTS {
        row(&mut text, [&format!("`{}`", slot.name), slot.text]);
    }
    text
}
