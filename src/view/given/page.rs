//! The page as the flow wants it: what it gives, and its pictures opened by the studio.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use crate::api::Field;
use crate::browser::Properties;
use crate::domain::given::{Given, Worth};
use crate::flow::CardFlow;
use crate::flow::given::{Developed, Gifts};
use crate::media::blob_url::blob_of_data_uri;
use crate::ui::dom::watch;
use crate::view::photo_step::ratio_of;
use crate::view::studio;
use crate::world::Picture;

/// Says how what the page gives is read.
pub(super) fn connect(card: CardFlow) {
    let gifts = card.gifts();
    let Some(properties) = card.page().and_then(|page| Properties::of(&*page)) else { return };
    if gifts.connect(Rc::new(Page(properties))) {
        card.cx().keep(|| watch(Box::new(move || gifts.say_again())));
    }
}

struct Page(Properties);

impl Gifts for Page {
    fn now(&self) -> Given {
        self.0.read()
    }

    fn develop(
        &self,
        card: CardFlow,
        field: &Field,
        worth: &Worth,
    ) -> LocalBoxFuture<'static, Result<Developed, String>> {
        let file = match worth {
            Worth::File(number) => self.0.file(*number),
            Worth::Text(text) => blob_of_data_uri(text),
            Worth::Neither => None,
        };
        let ratio = ratio_of(field);
        Box::pin(async move {
            let file = file.ok_or_else(|| card.cx().words().photo().not_an_image.to_owned())?;
            let (picture, editing, base64) = studio::develop(card, file, ratio).await?;
            let picture: Rc<dyn Picture> = Rc::new(picture);
            Ok(Developed { base64, shot: Some((picture, editing)) })
        })
    }
}
