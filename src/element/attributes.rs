//! Attributes -> [`Config`]: lenient in what is absent, strict in what is there.

use js_sys::Reflect;
use web_sys::HtmlElement;

use crate::api::{
    Attribute, CardId, Endpoint, EndpointError, OrganizationId, PRODUCTION, ShippingProviderId, TemplateId,
};
use crate::domain::config::{Config, EndsWith, Mode, Remember};
use crate::i18n::{Locale, OwnWords};
use crate::view::take_strings;

/// What is wrong with an attribute.
pub(super) enum Flaw<'a> {
    /// The attribute and its value, which is no whole number above zero.
    NotNumber(&'a str, &'a str),
    /// The attribute, which only a kiosk heeds.
    OnlyInKiosk(&'a str),
    /// The attribute, and what it works together with only.
    Needs(&'a str, &'a str),
    /// The attribute, and in whose place another one stands.
    NotWith(&'a str, &'a str),
    /// The attribute, its value, and what would do.
    NotOneOf(&'a str, &'a str, &'a [&'a str]),
    /// Why `api-base` or `proxy` cannot be used, and the value.
    Endpoint(EndpointError, &'a str),
}

impl Flaw<'_> {
    fn attribute(&self) -> &str {
        match self {
            Self::NotNumber(name, _)
            | Self::OnlyInKiosk(name)
            | Self::Needs(name, _)
            | Self::NotWith(name, _)
            | Self::NotOneOf(name, ..) => name,
            Self::Endpoint(error, _) => name_of(error.attribute),
        }
    }
}

pub(super) fn name_of(attribute: Attribute) -> &'static str {
    match attribute {
        Attribute::ApiBase => "api-base",
        Attribute::Proxy => "proxy",
        Attribute::Gateway => "gateway",
    }
}

/// What is made of the flaws: their attributes' names here, and sentences where those were fetched (see [`super::setup`]).
pub(super) trait Flaws {
    /// None yet; they will be told in this language.
    fn new(locale: Locale) -> Self;
    /// Takes one.
    fn add(&mut self, flaw: &Flaw<'_>);
    /// All of them as they are told, in their order.
    fn told(&mut self) -> &mut Vec<String>;
}

/// The names of the attributes that cannot be used.
pub(super) struct Names(Vec<String>);

impl Flaws for Names {
    fn new(_: Locale) -> Self {
        Names(Vec::new())
    }

    fn add(&mut self, flaw: &Flaw<'_>) {
        self.0.push(flaw.attribute().to_string());
    }

    fn told(&mut self) -> &mut Vec<String> {
        &mut self.0
    }
}

/// Reads and checks the attributes of `host`, and the words that its page gives.
pub(super) fn read<F: Flaws>(host: &HtmlElement) -> Result<Config, (Locale, Vec<String>)> {
    let page = leptos::prelude::window();
    let attribute =
        |name: &str| host.get_attribute(name).map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
    // The element's class knows it, which has spoken it before there was Rust.
    let tag = Reflect::get(host, &"language".into()).ok().and_then(|tag| tag.as_string());
    let locale = tag.and_then(|tag| Locale::from_tag(&tag)).unwrap_or_default();
    let origin = page.location().origin().unwrap_or_default();
    let mut flaws = F::new(locale);
    let strings = take_strings().and_then(|take| {
        let given = Reflect::get(host, &"strings".into()).unwrap_or_default();
        take(&given, locale, flaws.told())
    });
    check(&attribute, &origin, locale, strings, flaws).map_err(|flaws| (locale, flaws))
}

/// What the attributes say, or what is told of each one that says nothing usable.
fn check<F: Flaws>(
    attribute: &dyn Fn(&str) -> Option<String>,
    origin: &str,
    locale: Locale,
    strings: Option<OwnWords>,
    flaws: F,
) -> Result<Config, Vec<String>> {
    let mut reader = Reader { attribute, flaws };
    // Checked but not settings: the style sheet reads the first, the element's class the second, the browser's history the third.
    reader.one_of("theme", &[("auto", ()), ("light", ()), ("dark", ())]);
    reader.one_of("loading", &[("eager", ()), ("lazy", ())]);
    reader.one_of("routing", &[("none", ()), ("hash", ())]);
    let organization = reader.number("organization-id").map(OrganizationId);
    let template = reader.number("template-id").map(TemplateId);
    let card = reader.number("card-id").map(CardId);
    let mode = reader.one_of("mode", &[("portal", Mode::Portal), ("request", Mode::Request), ("kiosk", Mode::Kiosk)]);
    let [base, proxy, gateway] = ["api-base", "proxy", "gateway"].map(attribute);
    let endpoint = match &gateway {
        // Whoever comes to it with a form has an account of their own; everybody else, a statement by the page.
        Some(gateway) => Endpoint::by_gateway(gateway, mode != Mode::Portal, origin),
        None => Endpoint::new(base.as_deref().unwrap_or(PRODUCTION), proxy.as_deref(), origin),
    };
    if let Err(error) = endpoint {
        let value = attribute(name_of(error.attribute)).unwrap_or_default();
        reader.flaws.add(&Flaw::Endpoint(error, &value));
    }
    // It stands in for both, and knows itself where the API is.
    if gateway.is_some() {
        for (name, given) in [("api-base", base), ("proxy", proxy)] {
            if given.is_some() {
                reader.flaws.add(&Flaw::NotWith(name, "gateway"));
            }
        }
    }
    // A kiosk keeps nothing of anybody.
    let may_keep = 2 - usize::from(mode == Mode::Kiosk);
    let remembering = [("none", Remember::Nothing), ("session", Remember::Session)];
    let remember = reader.one_of("remember", &remembering[..may_keep]);
    // The element's class does it.
    reader.one_of("keep", &[("off", ()), ("on", ())][..may_keep]);
    let face_help = reader.switch("face-help", true);
    let photo_rules = reader.switch("photo-rules", false);
    let file_choice = reader.switch("file-choice", false);
    reader.only_in_kiosk("file-choice", mode);
    let keyboard = reader.switch("keyboard", false);
    reader.only_in_kiosk("keyboard", mode);
    let ends_with = reader.one_of(
        "ends-with",
        &[
            ("finalized", EndsWith::Finalized),
            ("draft", EndsWith::Draft),
            ("cart", EndsWith::Cart),
            ("order", EndsWith::Order),
        ],
    );
    let idle_timeout = reader.number("idle-timeout").and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(60);
    let page_size = reader.number("page-size").map(|size| u32::try_from(size).unwrap_or(u32::MAX));
    let shipping_provider = reader.number("shipping-provider-id").map(ShippingProviderId);
    if mode == Mode::Portal && ends_with != EndsWith::Finalized {
        reader.flaws.add(&Flaw::Needs("ends-with", "mode=\"request\""));
    }
    // Elsewhere one card is nobody's in particular.
    if mode != Mode::Request && card.is_some() {
        reader.flaws.add(&Flaw::Needs("card-id", "mode=\"request\""));
    }
    // What an order is sent with is known before anybody fills in a card.
    if ends_with == EndsWith::Order && shipping_provider.is_none() && gateway.is_none() {
        reader.flaws.add(&Flaw::Needs("ends-with=\"order\"", "shipping-provider-id"));
    }
    match endpoint {
        Ok(endpoint) if reader.flaws.told().is_empty() => Ok(Config {
            endpoint,
            organization,
            template,
            card,
            mode,
            locale,
            strings,
            remember,
            idle_timeout,
            page_size,
            file_choice,
            photo_rules,
            keyboard,
            face_help,
            ends_with,
            shipping_provider,
        }),
        _ => Err(std::mem::take(reader.flaws.told())),
    }
}

struct Reader<'a, F> {
    attribute: &'a dyn Fn(&str) -> Option<String>,
    flaws: F,
}

impl<F: Flaws> Reader<'_, F> {
    /// A whole number above zero.
    fn number(&mut self, name: &str) -> Option<u64> {
        let value = (self.attribute)(name)?;
        let number = value.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            self.flaws.add(&Flaw::NotNumber(name, &value));
        }
        number
    }

    /// What a kiosk alone heeds is not to be thought to do anything elsewhere.
    fn only_in_kiosk(&mut self, name: &str, mode: Mode) {
        if mode != Mode::Kiosk && (self.attribute)(name).is_some() {
            self.flaws.add(&Flaw::OnlyInKiosk(name));
        }
    }

    /// `on` or `off`; what it is when the attribute is absent.
    fn switch(&mut self, name: &str, usually: bool) -> bool {
        let names = if usually { ["on", "off"] } else { ["off", "on"] };
        usually == (self.place_among(name, &names) == 0)
    }

    /// One of the named choices; the first one when the attribute is absent.
    fn one_of<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> T {
        let names: Vec<&str> = choices.iter().map(|(known, _)| *known).collect();
        let at = self.place_among(name, &names);
        choices.get(at).unwrap_or(&choices[0]).1
    }

    /// Which of these names it is; the first one when the attribute is absent, or none of them. Compiled once for all types.
    #[inline(never)]
    fn place_among(&mut self, name: &str, names: &[&str]) -> usize {
        let Some(value) = (self.attribute)(name) else { return 0 };
        let at = names.iter().position(|known| *known == value);
        at.unwrap_or_else(|| {
            self.flaws.add(&Flaw::NotOneOf(name, &value, names));
            0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::setup::Sentences;
    use super::*;
    use crate::i18n::Locale;

    fn of(attributes: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let get = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string());
        check(&get, "https://www.example.org", Locale::En, None, Sentences::new(Locale::En))
    }

    #[test]
    fn what_is_read_is_what_the_contract_describes() {
        use super::super::contract::{ATTRIBUTES, Values};

        // `lang` is read by itself.
        let read = std::cell::RefCell::new(std::collections::BTreeSet::from(["lang".to_string()]));
        let get = |name: &str| {
            read.borrow_mut().insert(name.to_string());
            None
        };
        let _ = check(&get, "https://www.example.org", Locale::En, None, Names::new(Locale::En));
        let described = ATTRIBUTES.iter().map(|attribute| attribute.name.to_string()).collect();
        assert_eq!(*read.borrow(), described);
        for attribute in ATTRIBUTES {
            let Values::OneOf(words) = attribute.values else { continue };
            let flaws =
                ["portal", "kiosk"].map(|mode| of(&[(attribute.name, "sepia"), ("mode", mode)]).unwrap_err().join(" "));
            let named = words.join(", ");
            assert!(flaws.iter().any(|flaw| flaw.contains(&named)), "{}: {flaws:?}", attribute.name);
        }
    }

    #[test]
    fn everything_is_optional() {
        let config = of(&[]).unwrap();
        assert_eq!((config.mode, config.ends_with, config.face_help), (Mode::Portal, EndsWith::Finalized, true));
        assert_eq!((config.organization, config.template), (None, None));
    }

    #[test]
    fn every_bad_value_is_named_with_what_would_do() {
        let flaws = of(&[
            ("api-base", "http://cards.example.org/"),
            ("organization-id", "twelve"),
            ("template-id", "0"),
            ("mode", "lobby"),
            ("theme", "sepia"),
            ("idle-timeout", "-5"),
        ])
        .unwrap_err();
        let text = flaws.join("\n");
        for named in ["api-base", "organization-id", "template-id", "mode", "theme", "idle-timeout"] {
            assert!(text.contains(&format!("{named}=\"")), "{text} names {named}");
        }
        assert!(text.contains("portal, request, kiosk"), "{text}");
    }

    #[test]
    fn what_a_kiosk_alone_heeds_is_refused_elsewhere() {
        for name in ["file-choice", "keyboard"] {
            let flaws = of(&[("mode", "request"), (name, "on")]).unwrap_err();
            assert_eq!(flaws, [[name, " is only for mode=\"kiosk\"."].concat()]);
            assert!(of(&[("mode", "kiosk"), (name, "yes")]).unwrap_err()[0].contains("off, on"));
        }
        let config = of(&[("mode", "kiosk")]).unwrap();
        assert!(!config.file_choice && !config.keyboard);
    }

    #[test]
    fn a_gateway_stands_in_for_the_way_to_the_api() {
        let gateway = ("gateway", "/instantcard/");
        let config = of(&[gateway, ("mode", "request")]).unwrap();
        assert!(config.endpoint.is_scoped());
        assert_eq!(config.endpoint.url("session"), "https://www.example.org/instantcard/session");
        assert!(!of(&[gateway]).unwrap().endpoint.is_scoped(), "staff have accounts of their own");
        let flaws = of(&[gateway, ("api-base", "/api/v2/"), ("proxy", "/p/")]).unwrap_err();
        assert!(flaws.len() == 2 && flaws[0].starts_with("api-base ") && flaws[1].starts_with("proxy "), "{flaws:?}");
        let order = [gateway, ("mode", "request"), ("ends-with", "order")];
        assert!(of(&order).is_ok(), "it knows its shipping provider");
        assert!(of(&[("gateway", "http://cards.example.org/")]).unwrap_err()[0].contains("gateway=\"http:"));
    }

    #[test]
    fn a_kiosk_remembers_nothing() {
        let session = ("remember", "session");
        let flaws = of(&[("mode", "kiosk"), session]).unwrap_err();
        assert_eq!(flaws, ["remember=\"session\" must be one of: none."]);
        assert!(of(&[("mode", "request"), session]).unwrap().remembers() && of(&[session]).unwrap().remembers());
        assert_eq!(of(&[("mode", "kiosk"), ("keep", "on")]).unwrap_err(), ["keep=\"on\" must be one of: off."]);
        assert!(of(&[("mode", "kiosk"), ("keep", "off")]).is_ok() && of(&[("keep", "on")]).is_ok());
        assert!(!of(&[]).unwrap().remembers() && of(&[("mode", "kiosk"), ("remember", "none")]).is_ok());
    }

    #[test]
    fn what_takes_another_attribute_says_so() {
        let flaws = of(&[("ends-with", "cart")]).unwrap_err();
        assert!(flaws[0].contains("ends-with") && flaws[0].contains("mode=\"request\""), "{flaws:?}");
        let order = [("mode", "request"), ("ends-with", "order")];
        let flaws = of(&order).unwrap_err();
        assert!(flaws[0].contains("shipping-provider-id"), "{flaws:?}");
        assert!(of(&[&order[..], &[("shipping-provider-id", "13")]].concat()).is_ok());
        for mode in ["portal", "kiosk"] {
            let flaws = of(&[("card-id", "17"), ("mode", mode)]).unwrap_err();
            assert!(flaws[0].contains("card-id") && flaws[0].contains("mode=\"request\""), "{flaws:?}");
        }
        assert_eq!(of(&[("card-id", "17"), ("mode", "request")]).unwrap().card, Some(CardId(17)));
    }

    #[test]
    fn words_that_cannot_be_used_are_told_with_the_rest() {
        let get = |name: &str| (name == "mode").then(|| "lobby".to_string());
        let mut given = Sentences::new(Locale::En);
        given.told().push("strings".into());
        let flaws = check(&get, "https://www.example.org", Locale::En, None, given).unwrap_err();
        assert_eq!((flaws.len(), flaws[0].as_str()), (2, "strings"));
    }

    #[test]
    fn the_names_stand_until_the_sentences_are_there() {
        let get = |name: &str| ["mode", "proxy", "idle-timeout"].contains(&name).then(|| "-5 ?".to_string());
        let flaws = check(&get, "https://www.example.org", Locale::En, None, Names::new(Locale::En)).unwrap_err();
        assert_eq!(flaws, ["mode", "proxy", "idle-timeout"]);
    }

    #[test]
    fn good_values_are_taken() {
        let config = of(&[
            ("api-base", "/api/v2/"),
            ("organization-id", "20003827"),
            ("template-id", "11"),
            ("mode", "kiosk"),
            ("ends-with", "draft"),
            ("face-help", "off"),
            ("file-choice", "on"),
            ("keyboard", "on"),
        ])
        .unwrap();
        assert_eq!(config.organization, Some(OrganizationId(20_003_827)));
        assert_eq!(config.template, Some(TemplateId(11)));
        assert_eq!((config.mode, config.ends_with, config.face_help), (Mode::Kiosk, EndsWith::Draft, false));
        assert!(config.file_choice && config.keyboard);
    }
}
