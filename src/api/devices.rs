//! A gateway's devices: kiosks that staff have enrolled there, by their own account, and what these sign for each person.

use super::client::{Call, Client};
use super::endpoint::percent_encode;
use super::form::{Params, number};
use super::gateway::key;
use super::json::{Flaw, Node, write_text};
use super::request::{Operation, READ, Request, WRITE};
use super::wire;
use crate::world::Method::{Delete, Get, Post};
use crate::world::Transport;

const ENROL: Operation = Operation::new("devices.enrol", Post, WRITE);
const LIST: Operation = Operation::new("devices.list", Get, READ);
const REVOKE: Operation = Operation::new("devices.revoke", Delete, WRITE);

/// So many seconds before and after it is made a statement is good: the clocks may differ by them, and by what the gateway allows.
const GOOD: u64 = 30;

/// What a device has to know of itself once it is enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrolment {
    /// What the gateway calls it.
    pub id: String,
    /// What the gateway is called in what it signs.
    pub audience: String,
}

/// A device on the gateway's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What the gateway calls it.
    pub id: String,
    /// What staff call it.
    pub name: String,
    /// When it was enrolled.
    pub enrolled_at: String,
}

impl Client {
    /// Enrols a device by its public key, a JWK.
    pub fn enrol_device(&self, name: &str, public_key: &str) -> Call<Enrolment> {
        let mut form = Params::new();
        form.add("name", name);
        form.add("public_key", public_key);
        self.call(Request::new(&ENROL, "devices").form(form), enrolment)
    }

    /// The devices that are enrolled.
    pub fn devices(&self) -> Call<Vec<Device>> {
        self.call(Request::new(&LIST, "devices"), |node| node.each(device))
    }

    /// Takes a device off the list. Its sessions end.
    pub fn revoke_device(&self, id: &str) -> Call<()> {
        let mut name = String::new();
        percent_encode(id, &mut name);
        self.call(Request::new(&REVOKE, "devices").at(&name), wire::done)
    }
}

fn enrolment(node: &Node<'_>) -> Result<Enrolment, Flaw> {
    Ok(Enrolment { id: node.member("id").text()?, audience: node.member("audience").text()? })
}

fn device(node: &Node<'_>) -> Result<Device, Flaw> {
    Ok(Device {
        id: node.member("id").text()?,
        name: node.member("name").text_or_empty(),
        enrolled_at: node.member("enrolled_at").text_or_empty(),
    })
}

impl Enrolment {
    /// What the device signs for somebody before it, at this time: the head, and the claims.
    pub fn statement(&self, origin: &str, now: u64, transport: &dyn Transport) -> (String, String) {
        let mut head = String::from("{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":");
        write_text(&self.id, &mut head);
        head.push('}');
        let mut claims = String::from("{\"iss\":");
        write_text(&self.id, &mut claims);
        for (name, text) in [(",\"aud\":", self.audience.as_str()), (",\"origin\":", origin)] {
            claims.push_str(name);
            write_text(text, &mut claims);
        }
        for (name, time) in [(",\"iat\":", now.saturating_sub(GOOD)), (",\"exp\":", now + GOOD)] {
            claims.push_str(name);
            claims.push_str(&number(time));
        }
        claims.push_str(",\"jti\":");
        // A text in quotes, as here, and no other one.
        claims.push_str(&key(transport));
        claims.push('}');
        (head, claims)
    }
}
