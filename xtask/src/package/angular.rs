//! The element in Angular's templates: a directive, as the package formats of Angular have one before an application is built with it.
//!
//! Angular takes the type of a binding from a directive and from nothing else. It is a part of the package that nobody else loads, and
//! sets on the element what is bound to it. Events need no words: Angular has their types from the element's own `addEventListener`.

use std::fmt::Write;

use super::contract::{ATTRIBUTES, PROPERTIES, TAG};

/// From this version on there are directives without a module, and so on is what is written here.
const SINCE: &str = "16.0.0";

/// `apiBase` of `api-base`.
fn member(attribute: &str) -> String {
    let mut words = attribute.split('-');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| format!("{name}{}{}", word[..1].to_uppercase(), &word[1..]))
}

/// What can be bound: its name in templates, and that of the class's member.
fn inputs() -> impl Iterator<Item = (&'static str, String)> {
    let attributes = ATTRIBUTES.iter().map(|attribute| (attribute.name, member(attribute.name)));
    attributes.chain(PROPERTIES.iter().map(|property| (property.name, property.name.to_owned())))
}

/// `angular.js`.
pub(super) fn script() -> String {
    let (mut members, mut bound) = (String::new(), String::new());
    // Writing into a text does not fail.
    for attribute in ATTRIBUTES {
        let _ = writeln!(
            members,
            "  set {}(value) {{ this.#attribute(\"{}\", value); }}",
            member(attribute.name),
            attribute.name
        );
    }
    for property in PROPERTIES {
        let _ = writeln!(members, "  set {0}(value) {{ this.#element.{0} = value; }}", property.name);
    }
    for (name, member) in inputs() {
        let _ = writeln!(bound, "    {member}: [\"{name}\", \"{member}\"],");
    }
    format!(
        "// `<{TAG}>` in Angular's templates: `imports: [InstantCard]` in a component. Made of the element's own description of itself.
import * as i0 from \"@angular/core\";
import \"./{TAG}.js\";

export class InstantCard {{
  #element = i0.inject(i0.ElementRef).nativeElement;

  #attribute(name, value) {{
    if (value === null || value === undefined) this.#element.removeAttribute(name);
    else this.#element.setAttribute(name, value);
  }}

{members}}}

InstantCard.\u{275}fac = i0.\u{275}\u{275}ngDeclareFactory({{
  minVersion: \"12.0.0\", version: \"{SINCE}\", ngImport: i0, type: InstantCard, deps: [], target: i0.\u{275}\u{275}FactoryTarget.Directive,
}});
InstantCard.\u{275}dir = i0.\u{275}\u{275}ngDeclareDirective({{
  minVersion: \"14.0.0\", version: \"{SINCE}\", type: InstantCard, isStandalone: true, selector: \"{TAG}\", ngImport: i0,
  inputs: {{
{bound}  }},
}});
"
    )
}

/// `angular.d.ts`.
pub(super) fn types() -> String {
    let (mut members, mut bound) = (String::new(), String::new());
    for attribute in ATTRIBUTES {
        let (name, member) = (attribute.name, member(attribute.name));
        let _ = writeln!(members, "  set {member}(value: InstantCardAttributes[\"{name}\"] | null);");
    }
    for property in PROPERTIES {
        let _ = writeln!(members, "  set {0}(value: InstantCardProperties[\"{0}\"] | undefined);", property.name);
    }
    for (name, member) in inputs() {
        let _ = writeln!(bound, "    \"{member}\": {{ \"alias\": \"{name}\"; \"required\": false }};");
    }
    format!(
        "// `<{TAG}>` in Angular's templates: `imports: [InstantCard]` in a component. Made of the element's own description of itself.
import * as i0 from \"@angular/core\";
import type {{ InstantCardAttributes, InstantCardProperties }} from \"{TAG}\";

/** Sets on the element what a template binds to it; it has its types from here. */
export declare class InstantCard {{
{members}  static \u{275}fac: i0.\u{275}\u{275}FactoryDeclaration<InstantCard, never>;
  static \u{275}dir: i0.\u{275}\u{275}DirectiveDeclaration<InstantCard, \"{TAG}\", never, {{
{bound}  }}, {{}}, never, never, true, never>;
}}
"
    )
}

#[cfg(test)]
mod tests {
    use super::{member, script, types};

    #[test]
    fn all_that_a_template_can_bind_is_there() {
        assert_eq!(member("shipping-provider-id"), "shippingProviderId");
        for text in [
            "  set apiBase(value) { this.#attribute(\"api-base\", value); }\n",
            "  set tokenProvider(value) { this.#element.tokenProvider = value; }\n",
            "    apiBase: [\"api-base\", \"apiBase\"],\n",
            "    tokenProvider: [\"tokenProvider\", \"tokenProvider\"],\n",
        ] {
            assert!(script().contains(text), "{text}");
        }
        for text in [
            "  set apiBase(value: InstantCardAttributes[\"api-base\"] | null);\n",
            "  set fields(value: InstantCardProperties[\"fields\"] | undefined);\n",
            "    \"apiBase\": { \"alias\": \"api-base\"; \"required\": false };\n",
        ] {
            assert!(types().contains(text), "{text}");
        }
    }
}
