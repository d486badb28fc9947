//! What the sandbox starts with: the vendor's test organization, three designs, sample cards, addresses and a balance.

use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::picture::Picture;
use crate::store::{Address, Card, Contact, Content, Field, Look, Template};
use crate::world::{Habits, Kind, World};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a world is to begin with.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) clock: Clock,
    /// The tokens come from it.
    pub(crate) seed: u64,
    pub(crate) cards: usize,
    pub(crate) balance: i64,
    pub(crate) token: Option<String>,
    pub(crate) habits: Habits,
    pub(crate) dialect: Dialect,
}

/// The pictures on the sample cards; at least one face.
#[derive(Debug)]
pub(crate) struct Samples {
    pub(crate) faces: Vec<Arc<Picture>>,
    pub(crate) signature: Arc<Picture>,
}

/// The state at the start, and after a reset. The samples are asked for only when there are sample cards.
pub(crate) fn world<'a>(setup: Setup, samples: impl FnOnce() -> &'a Samples) -> World {
    let mut world = World::new(setup.clock, setup.seed, setup.dialect, setup.habits);
    let now = world.now_ms();
    if let Some(token) = setup.token {
        world.tokens.insert(token, now);
    }
    world.templates = templates().into_iter().map(Arc::new).collect();
    people_and_places(&mut world);
    world.ledger.book(setup.balance, "Funds Added", "Opening balance".to_owned(), now);
    if setup.cards > 0 {
        sample_cards(&mut world, setup.cards, samples());
    }
    world
}

fn templates() -> Vec<Template> {
    let template = |id, name: &str, portrait, two_sided, look, fields| Template {
        id,
        name: name.to_owned(),
        portrait,
        two_sided,
        look,
        fields,
    };
    let field = |token: &str, label: &str, kind: &str, legacy: &str, dimensions| Field {
        token: token.to_owned(),
        label: label.to_owned(),
        kind: kind.to_owned(),
        legacy_token: legacy.to_owned(),
        dimensions,
    };
    vec![
        template(
            5801,
            "Employee badge",
            false,
            true,
            Look::Employee,
            vec![
                field("FULL_NAME", "Full name", "text", "DATA_1", (560, 64)),
                field("JOB_TITLE", "Job title", "text", "DATA_2", (560, 44)),
                field("DEPARTMENT", "Department", "text", "DATA_3", (270, 40)),
                field("EMPLOYEE_NUMBER", "Employee number", "text", "DATA_4", (270, 40)),
                field("PHOTO", "Photo", "image", "PHOTO", (282, 376)),
                field("EMERGENCY_CONTACT", "Emergency contact (optional)", "text", "DATA_5", (560, 44)),
            ],
        ),
        template(
            5802,
            "Visitor pass",
            false,
            false,
            Look::Visitor,
            vec![
                field("FULL_NAME", "Full name", "text", "DATA_1", (860, 84)),
                field("COMPANY", "Company", "text", "DATA_2", (860, 48)),
                field("HOST", "Host", "text", "DATA_3", (400, 44)),
                field("VALID_UNTIL", "Valid until", "text", "DATA_4", (400, 44)),
            ],
        ),
        template(
            5803,
            "Student ID",
            true,
            true,
            Look::Student,
            vec![
                field("FULL_NAME", "Full name", "text", "DATA_1", (540, 60)),
                field("PROGRAM", "Program", "text", "DATA_2", (540, 40)),
                field("STUDENT_NUMBER", "Student number", "text", "DATA_3", (250, 40)),
                field("PHOTO", "Photo", "image", "PHOTO", (320, 400)),
                field("SIGNATURE", "Signature", "image", "SIGNATURE", (330, 110)),
            ],
        ),
    ]
}

fn people_and_places(world: &mut World) {
    let people = [
        (
            "Alex Morgan",
            "alex.morgan@example.org",
            "+1 215 555 0134",
            "Head office",
            "418 Highland Rd.",
            "",
            "Feasterville",
            "PA",
            "19053",
        ),
        (
            "Priya Raman",
            "priya.raman@example.org",
            "+1 718 555 0178",
            "Warehouse",
            "1200 Surf Ave",
            "Dock 4",
            "Brooklyn",
            "NY",
            "11224",
        ),
    ];
    for (at, (name, email, phone, label, address1, address2, city, state, zip_code)) in people.into_iter().enumerate() {
        let contact = world.next_id(Kind::Contact);
        world.contacts.insert(
            contact,
            Contact {
                id: contact,
                full_name: name.to_owned(),
                email: email.to_owned(),
                phone_number: phone.to_owned(),
                ..Contact::default()
            },
        );
        let id = world.next_id(Kind::Address);
        world.addresses.insert(
            id,
            Address {
                id,
                contact_id: Some(contact),
                organization_name: "InstantCard API".to_owned(),
                label: label.to_owned(),
                primary: at == 0,
                address1: address1.to_owned(),
                address2: address2.to_owned(),
                city: city.to_owned(),
                state: state.to_owned(),
                zip_code: zip_code.to_owned(),
                country: "USA".to_owned(),
            },
        );
    }
}

const NAMES: [&str; 20] = [
    "Amelia Hart",
    "Zoë Müller",
    "Łukasz Wiśniewski",
    "Иван Петров",
    "Noah Okafor",
    "Sofía Hernández",
    "Mei-Ling Chen",
    "Γιώργος Παπάς",
    "Aisha Rahman",
    "Björn Åkesson",
    "Chloé Lefèvre",
    "Tiago Gonçalves",
    "Nguyễn Thị Ánh",
    "Maximiliane von und zu Hohenstein-Waldburg",
    "Ravi Iyer",
    "Jürgen Groß",
    "Ólafur Þórsson",
    "Şebnem Yıldız",
    "Bo Li",
    "Mary O'Brien-Smith",
];
const TITLES: [&str; 6] = [
    "Product Designer",
    "Site Engineer",
    "Head of Operations",
    "Data Analyst",
    "Nurse Practitioner",
    "Account Manager",
];
const DEPARTMENTS: [&str; 5] = ["Design", "Engineering", "Operations", "Research & Development", "Sales"];
const COMPANIES: [&str; 4] = ["Brightwater Ltd.", "Harbor & Sons", "Nordlicht GmbH", "Ateliers Réunis"];
const PROGRAMS: [&str; 4] =
    ["B.Sc. Computer Science", "M.A. Architecture", "B.A. Modern Languages", "Ph.D. Marine Biology"];

/// Sample cards of all templates in turn. Every fourth is a draft; the oldest were printed before.
fn sample_cards(world: &mut World, count: usize, samples: &Samples) {
    let Samples { faces, signature } = samples;
    let month_ago = world.now_ms().saturating_sub(30 * 86_400_000);
    for at in 0..count {
        let id = world.next_id(Kind::Card);
        let name = NAMES[at % NAMES.len()];
        let text = |text: &str| Content::Text(text.to_owned());
        let face = Content::Image(Arc::clone(&faces[at % faces.len()]));
        let number = 10_000 + (at * 7919) % 90_000;
        // Two badges to each pass and student card.
        let (template_id, data) = match at % 4 {
            0 | 2 => (
                5801,
                vec![
                    ("FULL_NAME", text(name)),
                    ("JOB_TITLE", text(TITLES[at % TITLES.len()])),
                    ("DEPARTMENT", text(DEPARTMENTS[at % DEPARTMENTS.len()])),
                    ("EMPLOYEE_NUMBER", text(&format!("E-{number}"))),
                    ("PHOTO", face),
                    ("EMERGENCY_CONTACT", text("+1 215 555 0199")),
                ],
            ),
            1 => (
                5803,
                vec![
                    ("FULL_NAME", text(name)),
                    ("PROGRAM", text(PROGRAMS[at % PROGRAMS.len()])),
                    ("STUDENT_NUMBER", text(&format!("S{number}"))),
                    ("PHOTO", face),
                    ("SIGNATURE", Content::Image(Arc::clone(signature))),
                ],
            ),
            _ => (
                5802,
                vec![
                    ("FULL_NAME", text(name)),
                    ("COMPANY", text(COMPANIES[at % COMPANIES.len()])),
                    ("HOST", text("Amelia Hart")),
                    ("VALID_UNTIL", text("December 31, 2027")),
                ],
            ),
        };
        let data: BTreeMap<_, _> = data.into_iter().map(|(token, content)| (token.to_owned(), content)).collect();
        let printed = (at % 5 == 0).then(|| month_ago + at as u64 * 60_000);
        world.cards.insert(
            id,
            Arc::new(Card {
                id,
                template_id,
                data,
                // A card that was printed was finalized before.
                finalized: at % 4 != 3 || printed.is_some(),
                last_submitted_at: printed,
                prints: printed.iter().copied().map(Some).collect(),
                last_printed_at: printed,
            }),
        );
    }
}
