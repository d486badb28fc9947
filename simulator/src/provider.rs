//! A page that is asked for tokens: it answers at once, slowly, after everybody has given up, never, or has none.

use std::cell::RefCell;
use std::future::pending;
use std::rc::Rc;

use instant_card::session::Provider;

use crate::dice::Dice;
use crate::tab::{Attributes, PageToken};
use crate::timeline::Timeline;
use crate::weather::Weather;

/// What it answers with.
#[derive(Clone, Copy)]
enum Gives {
    Token,
    /// One that the server does not take any more.
    Expired,
    Nothing,
}

/// A page's provider of tokens.
pub(crate) fn provider(
    dice: Dice,
    timeline: Rc<Timeline>,
    weather: Rc<Weather>,
    (token, attributes): (PageToken, Attributes),
    expire: Rc<dyn Fn(&str)>,
) -> Provider {
    let dice = RefCell::new(dice);
    Rc::new(move || {
        let mut dice = dice.borrow_mut();
        let ways = [
            (50, ("", 1, 400, Gives::Token)),
            (14, ("slow provider", 1_000, 20_000, Gives::Token)),
            (10, ("late provider", 26_000, 90_000, Gives::Token)),
            (8, ("silent provider", 0, 0, Gives::Nothing)),
            (10, ("provider without a token", 1, 5_000, Gives::Nothing)),
            (8, ("provider of an expired token", 1, 400, Gives::Expired)),
        ];
        let drawn = dice.weighed(&ways).filter(|_| !weather.is_calm());
        let (name, least, most, gives) = drawn.unwrap_or(("", 1, 400, Gives::Token));
        let delay = dice.between(least, most);
        if !name.is_empty() {
            *weather.struck.borrow_mut().entry(name).or_default() += 1;
        }
        let (timeline, token, expire) = (timeline.clone(), token.clone(), expire.clone());
        Box::pin(async move {
            if delay == 0 {
                return pending().await;
            }
            timeline.sleep(delay).await;
            match gives {
                Gives::Nothing => None,
                Gives::Token => Some(token(attributes)),
                Gives::Expired => {
                    let token = token(attributes);
                    expire(&token);
                    Some(token)
                }
            }
        })
    })
}
