//! What gateways have come to have since there are some: several instances on one store, of which one is stopped or killed while the
//! others go on, and kiosks that staff enrol and take off the list. Dice of their own decide it.

use std::rc::Rc;

use instant_card::domain::config::{EndsWith, Mode};
use instant_card::world::{DeviceKeys as _, Method, Token, WireRequest, WireResponse};
use instant_card_gateway::config::{Devices, EndsWith as Ends};

use super::Walk;
use crate::gateway::Gateway;
use crate::keys::Ring;
use crate::places::{GATEWAY_BASE, ORIGIN};
use crate::plan::Luck;
use crate::server::{GATEWAY, Parcel, Sent};
use crate::tab::Attributes;

/// In how many of a hundred walks through a gateway there are two instances of it, and kiosks are enrolled.
const TWO: u64 = 45;
const ENROLLED: u64 = 60;
/// In how many of a hundred steps staff take the kiosk off the list.
const REVOKED: u64 = 2;

impl Walk {
    /// How many instances the gateway has.
    pub(super) fn instances(&self) -> usize {
        let mut dice = self.plan.dice(Luck::Houses, &[]);
        1 + usize::from(self.plan.has_houses && dice.percent(TWO))
    }

    /// Whether what stands at this place is a kiosk that signs for its people itself.
    pub(super) fn is_enrolled(&self, number: usize, mode: Mode) -> bool {
        let mut dice = self.plan.dice(Luck::Houses, &[u32::try_from(number).unwrap_or_default(), 2]);
        self.gateway.is_some() && mode == Mode::Kiosk && self.plan.has_houses && dice.percent(ENROLLED)
    }

    /// Staff enrol a kiosk before it is opened.
    pub(super) fn enrols_first(&mut self, number: usize, attributes: Attributes) {
        let Some((gateway, _)) = &self.gateway else { return };
        let mut dice = self.plan.dice(Luck::Houses, &[u32::try_from(number).unwrap_or_default(), 3]);
        gateway.set_devices(Devices {
            template: None,
            ends_with: match attributes.ends_with {
                EndsWith::Draft => Ends::Draft,
                EndsWith::Finalized => Ends::Finalized,
                EndsWith::Cart => Ends::Cart,
                EndsWith::Order => Ends::Order,
            },
            cards: *dice.pick(&[100, 100, 3, 1]).unwrap_or(&100),
        });
        self.judge.reached.enrolled = true;
        self.rings.insert(number, Ring::new(self.server.clone(), self.timeline.clone()));
        if !self.enrol(number) {
            self.revoked.insert(number);
        }
    }

    /// Staff give it a new key.
    fn enrol(&self, number: usize) -> bool {
        let Some(ring) = self.rings.get(&number) else { return false };
        let Some(key) = ring.fresh() else { return false };
        let form = vec![("name", format!("Kiosk {number}")), ("public_key", key.public())];
        let Some(answer) = self.staff_ask(Method::Post, "devices", Some(form)) else { return false };
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap_or_default();
        let (Some(id), Some(audience)) = (json["id"].as_str(), json["audience"].as_str()) else { return false };
        // It is there at once.
        drop(key.keep(GATEWAY_BASE, &format!("{id}\n{audience}\nKiosk {number}")));
        true
    }

    /// Staff at a machine of their own ask the gateway for something, and have the answer in no time. None where there was none.
    fn staff_ask(&self, method: Method, path: &str, form: Option<Vec<(&'static str, String)>>) -> Option<WireResponse> {
        let (gateway, network) = self.gateway.as_ref()?;
        let bearer = Some(Token::new(self.server.door.borrow_mut().issue_token()));
        let url = [GATEWAY_BASE, path].concat();
        let parcel = Parcel::of(0, &WireRequest { method, url, bearer, key: None, form, apart: false });
        let answer = Rc::new(std::cell::RefCell::new(None));
        let there = answer.clone();
        gateway.ask(&parcel, Box::new(move |answer| *there.borrow_mut() = answer));
        let now = self.timeline.now();
        // It is asked, it asks the vendor, and it answers.
        for _ in 0..3 {
            gateway.catch_up();
            for mut asked in gateway.deliver() {
                let is_theirs = asked.parcel.target().ends_with("profile/me") && asked.parcel.bearer == parcel.bearer;
                if !is_theirs {
                    self.asks_vendor(network, asked);
                    continue;
                }
                let operation = asked.parcel.operation;
                let sent = Sent { tab: GATEWAY, who: 0, operation, seen: None, is_true: false };
                asked.parcel.number = self.server.send(sent);
                let said = self.server.act(&asked.parcel, now, false, false);
                let _ = asked.reply.send(super::passage::as_vendor(Ok(said), false));
            }
        }
        let answer = answer.take();
        answer.filter(|answer| answer.status == 200)
    }

    /// Now and then staff take a kiosk off the list; and enrol it anew, somewhat later, at its own screen.
    pub(super) fn revokes(&mut self, step: u32) {
        let numbers: Vec<usize> = self.rings.keys().copied().collect();
        for number in numbers {
            let place = u32::try_from(number).unwrap_or_default();
            let mut dice = self.plan.dice(Luck::Houses, &[step, place, 4]);
            match self.revoked.contains(&number) {
                true if dice.percent(25) => self.takes_in(number),
                false if dice.percent(REVOKED) => {
                    let id = self.rings.get(&number).and_then(Ring::id).unwrap_or_default();
                    if self.staff_ask(Method::Delete, &format!("devices/{id}"), None).is_some() {
                        self.server.visitors.revoked(id);
                        self.revoked.insert(number);
                        self.judge.reached.revoked = true;
                        let now = self.timeline.now();
                        self.transcript.tell(now, || format!("  staff take kiosk {number} off the list"));
                    }
                }
                _ => {}
            }
        }
    }

    /// Kiosks that were taken off the list are enrolled anew. Whether there were any.
    pub(super) fn takes_all_in(&mut self) -> bool {
        let all = self.revoked.clone();
        all.iter().for_each(|number| self.takes_in(*number));
        !all.is_empty()
    }

    fn takes_in(&mut self, number: usize) {
        if self.enrol(number) {
            self.revoked.remove(&number);
            let now = self.timeline.now();
            self.transcript.tell(now, || format!("  staff enrol kiosk {number} anew"));
            self.reloads(number);
        }
    }

    /// An instance of the gateway is asked to stop, now and then, and started anew.
    pub(super) fn stops(&self) {
        let Some((gateway, _)) = self.gateway.as_ref().filter(|_| self.plan.has_houses) else { return };
        let Some((at, after, away)) = self.weather.stop(gateway.instances()) else { return };
        let (timeline, stopping, transcript) = (self.timeline.clone(), gateway.clone(), self.transcript.clone());
        let aways = self.aways.clone();
        self.timeline.after(after, move || {
            if stopping.stop(at) {
                transcript.tell(timeline.now(), || format!("  instance {at} of the gateway is to stop"));
                aways.borrow_mut().insert(at, away);
            }
        });
    }

    /// Those that have stopped by now are started anew, somewhat later.
    pub(super) fn has_stopped(&self, gateway: &Rc<Gateway>) {
        for (at, left) in gateway.stopped() {
            let now = self.timeline.now();
            self.transcript.tell(now, || format!("  instance {at} of the gateway has stopped"));
            left.into_iter().for_each(|line| self.server.visitors.was_left(line));
            let (away, again) = (self.aways.borrow_mut().remove(&at).unwrap_or_default(), gateway.clone());
            self.timeline.after(away, move || again.open(at));
        }
    }

    /// A statement of somebody who has got at a kiosk's key, and claims whatever there is to claim.
    pub(super) fn greedy(&self, card: u64, step: u32) -> Option<String> {
        let ring = self.rings.values().next()?;
        let id = ring.id()?;
        let now = ring.now();
        let head = serde_json::json!({"alg": "ES256", "kid": id}).to_string();
        let claims = serde_json::json!({
            "iss": id, "aud": "gateway", "origin": ORIGIN, "iat": now, "exp": now + 60, "jti": format!("greedy {step}"),
            "sub": "member 0", "mode": "request", "ends_with": "order", "cards": 100, "card_id": card.max(1),
        });
        ring.signed(&head, &claims.to_string())
    }

    /// Which instance is killed in a step.
    pub(super) fn struck(&self, step: u32, instances: usize) -> usize {
        self.plan.dice(Luck::Houses, &[step, 5]).below(instances)
    }
}
