//! Attributes -> [`Config`]: lenient in what is absent, strict in what is there.

use web_sys::HtmlElement;

use crate::api::{
    Attribute, CardId, Endpoint, EndpointError, EndpointFlaw, OrganizationId, PRODUCTION, ShippingProviderId,
    TemplateId,
};
use crate::domain::config::{Config, EndsWith, Mode, Remember};
use crate::i18n::{Locale, Messages};

/// Reads and checks the attributes of `host`; the errors are worded in its language.
pub(super) fn read(host: &HtmlElement) -> Result<Config, (Locale, Vec<String>)> {
    let page = leptos::prelude::window();
    let attribute =
        |name: &str| host.get_attribute(name).map(|value| value.trim().to_string()).filter(|value| !value.is_empty());
    let nearest = || host.closest("[lang]").ok().flatten()?.get_attribute("lang");
    // An empty one says that the page does not know.
    let tags = [attribute("lang"), nearest(), page.navigator().language()];
    let locale = tags
        .into_iter()
        .flatten()
        .find(|tag| !tag.is_empty())
        .and_then(|tag| Locale::from_tag(&tag))
        .unwrap_or_default();
    let origin = page.location().origin().unwrap_or_default();
    check(&attribute, &origin, locale).map_err(|flaws| (locale, flaws))
}

/// What the attributes say, or a sentence for each one that says nothing usable.
fn check(attribute: &dyn Fn(&str) -> Option<String>, origin: &str, locale: Locale) -> Result<Config, Vec<String>> {
    let mut reader = Reader { attribute, words: Messages::of(locale), flaws: Vec::new() };
    let base = attribute("api-base");
    let proxy = attribute("proxy");
    let base = base.as_deref().unwrap_or(PRODUCTION);
    let endpoint = Endpoint::new(base, proxy.as_deref(), origin);
    if let Err(error) = &endpoint {
        reader.flaws.push(endpoint_flaw(error, base, proxy.as_deref().unwrap_or_default(), reader.words));
    }
    // Checked but not settings: the style sheet reads the first, the element's class the second.
    reader.one_of("theme", &[("auto", ()), ("light", ()), ("dark", ())]);
    reader.one_of("loading", &[("eager", ()), ("lazy", ())]);
    let organization = reader.number("organization-id").map(OrganizationId);
    let template = reader.number("template-id").map(TemplateId);
    let card = reader.number("card-id").map(CardId);
    let mode = reader.one_of("mode", &[("portal", Mode::Portal), ("request", Mode::Request), ("kiosk", Mode::Kiosk)]);
    let remember = reader.one_of("remember", &[("none", Remember::Nothing), ("session", Remember::Session)]);
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
    let page_size = reader.number("page-size").and_then(|size| u32::try_from(size).ok()).unwrap_or(24);
    let shipping_provider = reader.number("shipping-provider-id").map(ShippingProviderId);
    if mode == Mode::Portal && ends_with != EndsWith::Finalized {
        reader.flaws.push(reader.words.setup().needs("ends-with", "mode=\"request\""));
    }
    // Elsewhere one card is nobody's in particular.
    if mode != Mode::Request && card.is_some() {
        reader.flaws.push(reader.words.setup().needs("card-id", "mode=\"request\""));
    }
    // What an order is sent with is known before anybody fills in a card.
    if ends_with == EndsWith::Order && shipping_provider.is_none() {
        reader.flaws.push(reader.words.setup().needs("ends-with=\"order\"", "shipping-provider-id"));
    }
    match endpoint {
        Ok(endpoint) if reader.flaws.is_empty() => Ok(Config {
            endpoint,
            organization,
            template,
            card,
            mode,
            locale,
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
        _ => Err(reader.flaws),
    }
}

struct Reader<'a> {
    attribute: &'a dyn Fn(&str) -> Option<String>,
    words: Messages,
    flaws: Vec<String>,
}

impl Reader<'_> {
    /// A whole number above zero.
    fn number(&mut self, name: &str) -> Option<u64> {
        let value = (self.attribute)(name)?;
        let number = value.parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            self.flaws.push(self.words.setup().not_number(name, &value));
        }
        number
    }

    /// What a kiosk alone heeds is not to be thought to do anything elsewhere.
    fn only_in_kiosk(&mut self, name: &str, mode: Mode) {
        if mode != Mode::Kiosk && (self.attribute)(name).is_some() {
            self.flaws.push(self.words.setup().only_in_kiosk(name));
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
            self.flaws.push(self.words.setup().not_one_of(name, &value, &names.join(", ")));
            0
        })
    }
}

fn endpoint_flaw(error: &EndpointError, base: &str, proxy: &str, words: Messages) -> String {
    let (attribute, value) = match error.attribute {
        Attribute::ApiBase => ("api-base", base),
        Attribute::Proxy => ("proxy", proxy),
    };
    let setup = words.setup();
    match error.flaw {
        EndpointFlaw::NotHttps => setup.not_https(attribute, value),
        EndpointFlaw::Credentials | EndpointFlaw::Query | EndpointFlaw::Fragment => setup.extra_parts(attribute, value),
        EndpointFlaw::Placeholder => setup.placeholder(attribute, value, "{url}"),
        EndpointFlaw::Empty | EndpointFlaw::NotAnAddress | EndpointFlaw::NoPageOrigin => {
            setup.not_url(attribute, value)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attributes: &[(&str, &str)]) -> Result<Config, Vec<String>> {
        let get = |name: &str| attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| value.to_string());
        check(&get, "https://www.example.org", Locale::En)
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
