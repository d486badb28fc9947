//! "Card templates": the designs to choose from, and the fields that each asks for.

use super::client::{Call, Client};
use super::entries::Entries;
use super::ids::{OrganizationId, TemplateId};
use super::model::{Field, Template};
use super::request::{Operation, READ, Request};
use super::wire;
use crate::world::Method::Get;

const LIST: Operation = Operation::new("card_templates.list", Get, READ);
const FIELDS: Operation = Operation::new("card_templates.fields", Get, READ);

impl Client {
    /// The organization's templates.
    pub fn card_templates(&self, organization: OrganizationId) -> Call<Entries<Template>> {
        self.call(Request::of(&LIST, organization).at("card_templates"), wire::templates)
    }

    /// The variable fields of a template.
    pub fn template_fields(&self, organization: OrganizationId, template: TemplateId) -> Call<Entries<Field>> {
        let request = Request::of(&FIELDS, organization).at("card_templates").id(template.0).at("fields");
        self.call(request, wire::fields)
    }
}
