//! What TypeScript knows of the element: its class and events, and its tag in the templates of React, Vue, Svelte and Solid.

use std::fmt::Write;

use super::contract::{ATTRIBUTES, CODES, EVENTS, Event, METHODS, PROPERTIES, SUMMARY, TAG, TYPES, Values};

/// What an attribute may be, in TypeScript.
pub(super) fn type_of(values: Values) -> String {
    match values {
        Values::OneOf(words) => words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" | "),
        Values::Number(_) => "number | `${number}`".to_owned(),
        Values::Text(_) => "string".to_owned(),
    }
}

/// An event's type.
pub(super) fn event_type(event: &Event) -> String {
    if event.detail.is_empty() {
        "CustomEvent<null>".to_owned()
    } else {
        format!("CustomEvent<{}>", detail_name(event))
    }
}

/// `InstantCardCardCreatedDetail` of `ic-card-created`.
fn detail_name(event: &Event) -> String {
    let words = event.name.trim_start_matches("ic-").split('-');
    let name: String = words.map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect();
    format!("InstantCard{name}Detail")
}

fn comment(text: &str) -> String {
    // Documents are beside it, and their links are for those.
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((label, link)) = after.split_once("](") else { break };
        let Some((_, after)) = link.split_once(')') else { break };
        plain.push_str(before);
        plain.push_str(label);
        rest = after;
    }
    plain + rest
}

/// `instant-card.d.ts`.
pub(super) fn element() -> String {
    let mut text = format!("// {SUMMARY}\n// Made of the element's own description of itself.\n\n");
    for (name, type_text, about) in TYPES {
        if type_text.starts_with('{') {
            text += &format!("/** {about} */\nexport interface {name} {type_text}\n\n");
        } else {
            text += &format!("/** {about} */\nexport type {name} = {type_text};\n\n");
        }
    }
    text += "/** What an `ic-error` can be about. */\nexport type InstantCardErrorCode =\n";
    for (about, codes) in CODES {
        text += &format!("  // {about}\n");
        for code in *codes {
            text += &format!("  | \"{}\"\n", code.name);
        }
    }
    text += "  ;\n\n";
    for event in EVENTS.iter().filter(|event| !event.detail.is_empty()) {
        text += &format!(
            "/** The `detail` of `{}`: {} */\nexport interface {} {{\n",
            event.name,
            event.text,
            detail_name(event)
        );
        for member in event.detail {
            text += &format!("  /** {} */\n  {}: {};\n", member.text, member.name, member.type_text);
        }
        text += "}\n\n";
    }
    text += "/** The element's own events. */\nexport interface InstantCardEventMap {\n";
    for event in EVENTS {
        text += &format!("  /** {} */\n  \"{}\": {};\n", event.text, event.name, event_type(event));
    }
    text += "}\n\n/** The attributes, as they are written in HTML. */\nexport interface InstantCardAttributes {\n";
    for attribute in ATTRIBUTES {
        text += &format!(
            "  /** {} */\n  \"{}\"?: {};\n",
            comment(attribute.text),
            attribute.name,
            type_of(attribute.values)
        );
    }
    text += "}\n\n/** The properties that a page may set. */\nexport interface InstantCardProperties {\n";
    for property in PROPERTIES {
        text += &format!("  /** {} */\n  {}: {};\n", comment(property.text), property.name, property.type_text);
    }
    text += &format!(
        "}}\n\n/** {SUMMARY} */\nexport interface InstantCardElement extends HTMLElement, InstantCardProperties {{\n"
    );
    for method in METHODS {
        text += &format!("  /** {} */\n  {}(): void;\n", comment(method.text), method.name);
    }
    for way in ["add", "remove"] {
        let options = if way == "add" { "AddEventListenerOptions" } else { "EventListenerOptions" };
        for (map, of) in
            [("InstantCardEventMap", "InstantCardEventMap"), ("HTMLElementEventMap", "HTMLElementEventMap")]
        {
            text += &format!(
                "  {way}EventListener<K extends keyof {map}>(type: K, listener: (this: InstantCardElement, event: {of}[K]) => unknown, \
                 options?: boolean | {options}): void;\n"
            );
        }
        text += &format!(
            "  {way}EventListener(type: string, listener: EventListenerOrEventListenerObject, options?: boolean | {options}): void;\n"
        );
    }
    text += &format!(
        "}}\n\ndeclare global {{\n  interface HTMLElementTagNameMap {{\n    \"{TAG}\": InstantCardElement;\n  }}\n}}\n"
    );
    text
}

/// Members of the events for a framework that writes them in its own way.
fn listeners(name: impl Fn(&str) -> String, optional: &str) -> String {
    let mut text = String::new();
    for event in EVENTS {
        // Writing into a text does not fail.
        let _ = writeln!(
            text,
            "  {}{optional}: (event: InstantCardEventMap[\"{}\"]) => void;",
            name(event.name),
            event.name
        );
    }
    text
}

const IMPORT: &str = "import type { InstantCardAttributes, InstantCardElement, InstantCardEventMap, InstantCardProperties } from \"instant-card\";\n";

/// `react.d.ts`: React 19, which sets properties and listens to `on` and the event's name.
pub(super) fn react() -> String {
    format!(
        "// `<{TAG}>` in React 19: `import type {{}} from \"{TAG}/react\";` once in a project.\n{IMPORT}\
         import type {{ DetailedHTMLProps, HTMLAttributes }} from \"react\";\n\n\
         interface Listeners {{\n{}}}\n\n\
         type Props = Omit<DetailedHTMLProps<HTMLAttributes<InstantCardElement>, InstantCardElement>, \"lang\"> &\n  \
         InstantCardAttributes & Partial<InstantCardProperties> & Partial<Listeners>;\n\n\
         declare module \"react\" {{\n  namespace JSX {{\n    interface IntrinsicElements {{\n      \"{TAG}\": Props;\n    }}\n  }}\n}}\n",
        listeners(|name| format!("\"on{name}\""), "")
    )
}

/// `vue.d.ts`: Vue 3, whose templates write `@ic-ready` and `.token`.
pub(super) fn vue() -> String {
    let camel = |name: &str| {
        let words: String = name.split('-').map(|word| format!("{}{}", word[..1].to_uppercase(), &word[1..])).collect();
        format!("on{words}")
    };
    format!(
        "// `<{TAG}>` in Vue 3: `import type {{}} from \"{TAG}/vue\";` once in a project.\n{IMPORT}\
         import type {{ DefineComponent, HTMLAttributes }} from \"vue\";\n\n\
         interface Listeners {{\n{}}}\n\n\
         type Props = HTMLAttributes & InstantCardAttributes & Partial<InstantCardProperties> & Partial<Listeners>;\n\n\
         declare module \"vue\" {{\n  interface GlobalComponents {{\n    \"{TAG}\": DefineComponent<Props>;\n    \
         InstantCard: DefineComponent<Props>;\n  }}\n}}\n",
        listeners(camel, "")
    )
}

/// `svelte.d.ts`: Svelte 5, which sets properties and listens to `on` and the event's name.
pub(super) fn svelte() -> String {
    format!(
        "// `<{TAG}>` in Svelte 5: `import type {{}} from \"{TAG}/svelte\";` once in a project.\n{IMPORT}\
         import type {{ HTMLAttributes }} from \"svelte/elements\";\n\n\
         interface Listeners {{\n{}}}\n\n\
         declare module \"svelte/elements\" {{\n  interface SvelteHTMLElements {{\n    \"{TAG}\": Omit<HTMLAttributes<InstantCardElement>, \"lang\"> &\n      \
         InstantCardAttributes & Partial<InstantCardProperties> & Partial<Listeners>;\n  }}\n}}\n",
        listeners(|name| format!("\"on{name}\""), "")
    )
}

/// `solid.d.ts`: Solid, which writes `prop:` and `on:`.
pub(super) fn solid() -> String {
    let mut properties = String::new();
    for property in PROPERTIES {
        let _ = writeln!(properties, "  \"prop:{0}\": InstantCardProperties[\"{0}\"];", property.name);
    }
    format!(
        "// `<{TAG}>` in Solid: `import type {{}} from \"{TAG}/solid\";` once in a project.\n{IMPORT}\
         import type {{ JSX }} from \"solid-js\";\n\n\
         interface Listeners {{\n{}}}\n\ninterface Given {{\n{properties}}}\n\n\
         declare module \"solid-js\" {{\n  namespace JSX {{\n    interface IntrinsicElements {{\n      \"{TAG}\": Omit<JSX.HTMLAttributes<InstantCardElement>, \"lang\"> &\n        \
         InstantCardAttributes & Partial<Given> & Partial<Listeners>;\n    }}\n  }}\n}}\n",
        listeners(|name| format!("\"on:{name}\""), "")
    )
}

#[cfg(test)]
mod tests {
    use super::comment;

    #[test]
    fn links_are_for_documents() {
        assert_eq!(comment("Where [a gateway](gateway.md) is, or [two](b.md)."), "Where a gateway is, or two.");
        assert_eq!(comment("a list [of nothing"), "a list [of nothing");
    }
}
