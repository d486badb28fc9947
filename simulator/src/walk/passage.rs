//! The way through a gateway, where a walk has one: who goes it, what the gateway asks of the vendor, and when it is killed.

use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::{Response, StatusCode};
use instant_card::domain::config::{EndsWith, Mode};
use instant_card::world::{Method, Spawner as _, Token, WireRequest};
use instant_card_gateway::TransportError;

use super::Walk;
use crate::dice::Dice;
use crate::fault::Fault;
use crate::gateway::{Asked, Gateway, VendorAnswer};
use crate::network::{Answer, Network};
use crate::places::GATEWAY_BASE;
use crate::plan::Luck;
use crate::server::{GATEWAY, Parcel};
use crate::statement::Site;
use crate::tab::{Attributes, PageToken};

/// The longest that the gateway is at something of which nobody waits for anything, in milliseconds.
const LINGERS: u64 = 130_000;

impl Walk {
    /// Who goes through a gateway, where some do: few of all, and none of who they would have been otherwise.
    pub(super) fn through_gateway(&mut self) -> Option<&'static [Mode]> {
        let mut dice = self.plan.dice(Luck::Gateway, &[]);
        if !self.plan.has_gateways || !dice.percent(15) {
            return None;
        }
        let lifetime = Duration::from_secs(*dice.pick(&[1_800, 1_800, 1_800, 120])?);
        let (start, instances) = (Duration::from_millis(self.server.start()), self.instances());
        let gateway = Gateway::new(start, lifetime, instances, self.plan.dice(Luck::Houses, &[0, 1, 0]));
        self.judge.reached.two = instances > 1;
        let network = Rc::new(self.network(GATEWAY, Rc::default(), None));
        self.gateway = Some((gateway, network));
        self.judge.reached.by_gateway = true;
        let all: [&[Mode]; 6] = [
            &[Mode::Request],
            &[Mode::Request],
            &[Mode::Kiosk],
            &[Mode::Kiosk],
            &[Mode::Request, Mode::Request],
            &[Mode::Kiosk, Mode::Request],
        ];
        dice.pick(&all).copied()
    }

    /// What a page gives its visitors.
    pub(super) fn page_token(&self, number: usize, who: u32) -> PageToken {
        let (server, timeline) = (self.server.clone(), self.timeline.clone());
        let number_there = u32::try_from(number).unwrap_or_default();
        let mut dice = self.plan.dice(Luck::Gateway, &[number_there, 2]);
        let site = Site::new(number, who, *dice.pick(&[100, 100, 3, 1]).unwrap_or(&100));
        Rc::new(move |attributes: Attributes| match attributes.is_scoped() {
            true => site.states(attributes, (server.start() + timeline.now()) / 1_000),
            false => server.door.borrow_mut().issue_token(),
        })
    }

    /// Lets what comes next happen, if that is no later than `end`: of the walk's, or of the gateway's.
    pub(super) fn goes_on(&self, end: u64) -> bool {
        let Some((gateway, network)) = &self.gateway else { return self.timeline.step(end) };
        let next = self.timeline.next(end);
        let until = next.unwrap_or(end.min(self.timeline.now() + LINGERS));
        let Some(now) = gateway.go_to(until) else {
            // Its time and the walk's are the same.
            self.timeline.pass_to(until);
            return next.is_some() && self.timeline.step(end);
        };
        self.timeline.pass_to(now);
        for asked in gateway.deliver() {
            self.asks_vendor(network, asked);
        }
        self.has_stopped(gateway);
        true
    }

    /// The gateway asks the vendor, and hears of it, or not.
    pub(super) fn asks_vendor(&self, network: &Rc<Network>, asked: Asked) {
        let Asked { parcel, mut reply } = asked;
        let (fault, answer) = network.carry(parcel);
        // There may have been no connection to begin with.
        let is_unsent = fault == Some(Fault::LostBefore) && network.dice.borrow_mut().percent(50);
        self.executor.spawn(Box::pin(async move {
            let answer = match select(answer, std::pin::pin!(reply.closed())).await {
                Either::Left((answer, _)) => answer,
                // It has given up.
                Either::Right(_) => return,
            };
            let _ = reply.send(as_vendor(answer, is_unsent));
        }));
    }

    /// The gateway is killed, now and then, and started anew.
    pub(super) fn kills(&self, step: u32) {
        let Some((gateway, _)) = &self.gateway else { return };
        let Some((after, away)) = self.weather.kill() else { return };
        let (timeline, killed, transcript) = (self.timeline.clone(), gateway.clone(), self.transcript.clone());
        let at = self.struck(step, gateway.instances());
        self.timeline.after(after, move || {
            if !killed.runs(at) {
                return;
            }
            transcript.tell(timeline.now(), || format!("  instance {at} of the gateway is killed, for {away} ms"));
            killed.kill(at);
            timeline.after(away, move || killed.open(at));
        });
    }

    /// A stranger with a session of their own tries numbers of cards, now and then.
    pub(super) fn pries(&self, step: u32) {
        let Some((gateway, _)) = &self.gateway else { return };
        let mut dice = self.plan.dice(Luck::Gateway, &[step, 3]);
        if !dice.percent(3) {
            return;
        }
        let cards: Vec<u64> = self.server.door.borrow().cards().map(|card| card.id).collect();
        let card = dice.pick(&cards).copied().unwrap_or_default();
        let stranger = Attributes {
            mode: Mode::Request,
            ends_with: ends_of(&mut dice),
            organization: true,
            template: None,
            spanish: false,
            way: Attributes::GATEWAY,
        };
        let now = (self.server.start() + self.timeline.now()) / 1_000;
        let is_thief = self.plan.dice(Luck::Houses, &[step, 6]).percent(50);
        let stolen = if is_thief { self.greedy(card, step) } else { None };
        let statement = stolen.unwrap_or_else(|| Site::new(GATEWAY, step, 1).states(stranger, now));
        let (gateway, server, transcript) = (gateway.clone(), self.server.clone(), self.transcript.clone());
        let timeline = self.timeline.clone();
        let begin = prying(Method::Post, "session", statement, None);
        let was_over = self.server.visitors.is_over(begin.asked());
        gateway.clone().ask(
            &begin.clone(),
            Box::new(move |answer| {
                let Some(answer) = answer.filter(|answer| answer.status == 200) else { return };
                server.visitors.answered(begin.asked(), answer.status, &answer.body, was_over);
                let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
                let token = json["token"].as_str().unwrap_or_default();
                for asked in tries(card, token) {
                    let (server, transcript, timeline) = (server.clone(), transcript.clone(), timeline.clone());
                    let was_over = server.visitors.is_over(asked.asked());
                    gateway.ask(
                        &asked.clone(),
                        Box::new(move |answer| {
                            let Some(answer) = answer else { return };
                            server.mark(timeline.now() ^ u64::from(answer.status));
                            server.visitors.answered(asked.asked(), answer.status, &answer.body, was_over);
                            let line = || format!("  a stranger tries {} -> {}", asked.line(), answer.status);
                            transcript.tell(timeline.now(), line);
                        }),
                    );
                }
            }),
        );
    }
}

/// Where the journey of somebody who pries ends.
fn ends_of(dice: &mut Dice) -> EndsWith {
    dice.pick(&[EndsWith::Finalized, EndsWith::Cart, EndsWith::Order]).copied().unwrap_or_default()
}

/// Everything that can be tried with a card's number.
fn tries(card: u64, token: &str) -> Vec<Rc<Parcel>> {
    let of = |rest: &str| format!("organizations/{}/cards/{card}{rest}", Attributes::ORGANIZATION);
    let named = || vec![("card_id", card.to_string())];
    let mut order = named();
    order.extend([
        ("address[contact][full_name]", "Somebody".to_owned()),
        ("address[address_1]", "12 Lane".to_owned()),
        ("address[city]", "Albany".to_owned()),
        ("address[state]", "NY".to_owned()),
        ("address[zip_code]", "12207".to_owned()),
        ("address[country]", "US".to_owned()),
    ]);
    [
        (Method::Get, of(""), None),
        (Method::Get, of("/preview"), None),
        (Method::Patch, of(""), Some(vec![("card[data]", "[]".to_owned())])),
        (Method::Patch, of("/finalize"), None),
        (Method::Delete, of(""), None),
        (Method::Post, "session/cart".to_owned(), Some(named())),
        (Method::Post, "session/order".to_owned(), Some(order)),
        (Method::Get, format!("session/order/{card}"), None),
    ]
    .into_iter()
    .map(|(method, path, form)| prying(method, &path, token.to_owned(), form))
    .collect()
}

fn prying(method: Method, path: &str, token: String, form: Option<Vec<(&'static str, String)>>) -> Rc<Parcel> {
    let url = [GATEWAY_BASE, path].concat();
    let key = Some(format!("\"a-stranger-{:?}-{path}\"", method)).filter(|_| method != Method::Get);
    let bearer = Some(Token::new(token));
    Rc::new(Parcel::of(0, &WireRequest { method, url, bearer, key, form, apart: false }))
}

/// What the gateway hears of the vendor.
pub(super) fn as_vendor(answer: Answer, is_unsent: bool) -> VendorAnswer {
    let Ok(answer) = answer else {
        let why = "no answer".to_owned();
        return Err(if is_unsent { TransportError::NotSent(why) } else { TransportError::Lost(why) });
    };
    let mut response = Response::new(Bytes::from(answer.body));
    // A redirect has another number here than in a browser.
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::FOUND);
    if let Some(seconds) = answer.retry_after {
        response.headers_mut().insert("retry-after", seconds.into());
    }
    Ok(response)
}
