//! What is wrong with a configuration is said, all at once, and a secret in the file is refused with a word.

use instant_card_gateway::config::{Config, EXAMPLE, StoreAt};

fn environment(name: &str) -> Option<String> {
    (name == "INSTANT_CARD_PASSWORD").then(|| "a password".to_owned())
}

fn mistakes(text: &str) -> String {
    Config::read(text, &environment).map_or_else(|mistakes| mistakes.to_string(), |_| String::new())
}

#[test]
fn the_example_is_a_configuration_that_works() {
    let config = Config::read(EXAMPLE, &environment).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!((config.vendor.organization, config.statements.keys.len()), (20_003_827, 1));
    assert!(!format!("{config:?}").contains("a password"));
    // What is commented out can be commented in.
    let whole: String = EXAMPLE
        .lines()
        .map(|line| match line.strip_prefix("# ") {
            Some(setting)
                if setting.starts_with('[')
                    || setting.split_once(" = ").is_some_and(|(name, _)| !name.contains(' ')) =>
            {
                setting
            }
            _ => line,
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    // But for where things are kept: in a file or at a server, which is not named in here.
    let without = |name: &str| whole.lines().filter(|line| !line.starts_with(name)).collect::<Vec<_>>().join("\n");
    let config = Config::read(&without("ca = "), &environment).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert!(config.devices.is_some() && matches!(config.store, StoreAt::File(_)));
    let at = |url: &'static str| {
        move |name: &str| if name.ends_with("STORE_URL") { Some(url.to_owned()) } else { environment(name) }
    };
    let config = Config::read(&without("file = "), &at("rediss://store.example.org")).unwrap();
    assert!(matches!(config.store, StoreAt::Shared { authority: Some(_), .. }));
    for (text, store) in
        [(without("file = "), "redis://store.example.org"), (without("x"), "rediss://store.example.org")]
    {
        assert!(Config::read(&text, &at(store)).unwrap_err().to_string().contains("store."), "{store}");
    }
    assert!(mistakes(&without("file = ")).contains("`store.ca`"));
}

#[test]
fn a_secret_in_the_file_is_refused_with_a_word() {
    for (at, secret, word) in [
        ("email = ", "password = \"hunter2\"\nemail = ", "INSTANT_CARD_PASSWORD"),
        ("kid = \"site-1\"", "kid = \"site-1\"\nsecret = \"hunter2\"", "INSTANT_CARD_KEY_SITE_1"),
        ("BEGIN PUBLIC KEY", "BEGIN PRIVATE KEY", "public one alone"),
        ("[limits]", "url = \"redis://:hunter2@host/0\"\n[limits]", "INSTANT_CARD_STORE_URL"),
    ] {
        let said = mistakes(&EXAMPLE.replacen(at, secret, 1));
        assert!(said.contains(word) && !said.contains("hunter2"), "{said}");
    }
}

#[test]
fn every_mistake_is_said_at_once() {
    let said = mistakes(
        "origins = [\"*\", \"https://www.example.org/\", \"http://www.example.org\"]
        [vendor]
        base = \"http://core.instantcard.net/api/v2/\"
        organization_id = 1
        email = \"a\"
        [statements]
        audience = \"\"
        lifetime_seconds = 100000
        [[statements.keys]]
        issuer = \"site\"
        kid = \"one\"
        algorithm = \"ES256\"
        public_key = \"nonsense\"
        [[statements.keys]]
        issuer = \"site\"
        kid = \"one\"
        algorithm = \"HS256\"
        [limits]
        session = { burst = 0, per_minute = 1 }",
    );
    for word in [
        "\"*\"",
        "example.org/",
        "http://www",
        "vendor.base",
        "audience",
        "lifetime_seconds",
        "P-256",
        "same as another",
        "INSTANT_CARD_KEY_ONE",
        "limits.session",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(mistakes(&EXAMPLE.replace("origins", "origin")).contains("origin"));
    assert!(mistakes(&EXAMPLE.replace("[staff]", "[stuff]")).contains("stuff"));
    let without = Config::read(EXAMPLE, &|_| None).unwrap_err().to_string();
    assert!(without.contains("INSTANT_CARD_PASSWORD is not set"), "{without}");
}
