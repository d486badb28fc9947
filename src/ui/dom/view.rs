//! [`El`] as a view of Leptos, so that it can be mounted, and stand in a `view!`.
//!
//! It is made for the browser: there is no HTML of it on a server, and nothing to hydrate.

use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use send_wrapper::SendWrapper;
use web_sys::Element;

use super::el::El;
use super::there::insert;

/// An [`El`] on its way into the page.
#[derive(Debug)]
pub struct ElView(SendWrapper<Element>);

impl From<El> for ElView {
    fn from(el: El) -> ElView {
        ElView(SendWrapper::new(el.0))
    }
}

/// An [`El`] in the page.
#[derive(Debug)]
pub struct Mounted(Element);

impl Mountable for Mounted {
    fn unmount(&mut self) {
        self.0.remove();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        insert(parent, &self.0, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let Some(parent) = self.0.parent_element() else { return false };
        child.mount(&parent, Some(&self.0));
        true
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.0.clone()]
    }
}

impl Render for ElView {
    type State = Mounted;

    fn build(self) -> Mounted {
        Mounted(self.0.take())
    }

    fn rebuild(self, state: &mut Mounted) {
        let element = self.0.take();
        // Replaces nothing where the old one is not in the page.
        let _ = state.0.replace_with_with_node_1(&element);
        state.0 = element;
    }
}

impl AddAnyAttr for ElView {
    type Output<SomeNewAttr: Attribute> = ElView;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> ElView {
        attr.build(&self.0);
        self
    }
}

impl RenderHtml for ElView {
    type AsyncOutput = ElView;
    type Owned = ElView;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> ElView {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Mounted {
        self.build()
    }

    fn into_owned(self) -> ElView {
        self
    }
}
