//! Where the widget's later files come from: each takes its time, and may not come.

use std::cell::{Cell, RefCell};
use std::future::ready;
use std::rc::Rc;

use futures_util::future::LocalBoxFuture;
use instant_card::api::Field;
use instant_card::domain::given::{Given, Worth};
use instant_card::flow::CardFlow;
use instant_card::flow::app::{Fetched, Loader, NotFetched};
use instant_card::flow::arrival::CARD_DEEDS;
use instant_card::flow::books::BOOKS_DEEDS;
use instant_card::flow::desk::DESK_DEEDS;
use instant_card::flow::ending::ENDING_DEEDS;
use instant_card::flow::given::{Developed, GIVING, Gifts};
use instant_card::flow::register::REGISTER_DEEDS;

use crate::timeline::Timeline;
use crate::weather::Weather;

thread_local! {
    /// Where later files come from: a loader is a function and carries nothing.
    static FILES: RefCell<Option<(Rc<Timeline>, Rc<Weather>)>> = const { RefCell::new(None) };
    /// How many have come, or not.
    static ANSWERS: Cell<u64> = const { Cell::new(0) };
}

/// How many later files have come, or not.
pub(crate) fn fetched() -> u64 {
    ANSWERS.get()
}

/// Later files come from here, from now on.
pub(crate) fn serve_files(files: Option<(Rc<Timeline>, Rc<Weather>)>) {
    FILES.set(files);
}

/// Fetches a later file, which has this table.
pub(crate) fn fetch<T: 'static>(table: &'static T) -> Fetched<T> {
    // Files are nobody's in particular: their faults are counted apart.
    const FILES_TAB: u32 = 3;
    let files = FILES.with_borrow(Clone::clone);
    Box::pin(async move {
        let Some((timeline, weather)) = files else { return Err(NotFetched) };
        let (delay, comes) = weather.fetch(FILES_TAB);
        if delay > 0 {
            timeline.sleep(delay).await;
        }
        ANSWERS.set(ANSWERS.get() + 1);
        if comes { Ok(table) } else { Err(NotFetched) }
    })
}

/// A page that knows where somebody works.
struct Company;

impl Gifts for Company {
    fn now(&self) -> Given {
        let company = Worth::Text("Brightwater Ltd.".to_owned());
        Given { prefill: vec![("COMPANY".to_owned(), company)], ..Given::default() }
    }

    fn develop(&self, _: CardFlow, _: &Field, _: &Worth) -> LocalBoxFuture<'static, Result<Developed, String>> {
        Box::pin(ready(Err("It gives no picture.".to_owned())))
    }
}

/// How a tab fetches them.
pub(crate) const LOADER: Loader = Loader {
    cards: |app| {
        app.load_ending_with(|_| fetch(&ENDING_DEEDS));
        app.card().give_by(|card| {
            card.cx().spawn_apart(Box::pin(async move {
                let fetched = fetch(&GIVING).await;
                // The tab was closed, or loaded anew, in the meantime: as in the widget.
                if card.opening().is_gone() {
                    return;
                }
                match fetched {
                    Ok(_) => drop(card.gifts().connect(Rc::new(Company))),
                    Err(NotFetched) => card.not_given(),
                }
            }));
        });
        fetch(&CARD_DEEDS)
    },
    desk: |app| {
        app.load_books_with(|_| fetch(&BOOKS_DEEDS));
        Box::pin(async move {
            let desk = fetch(&DESK_DEEDS).await?;
            app.desk().colleagues().load_by(|_| fetch(&REGISTER_DEEDS));
            Ok(desk)
        })
    },
    memory: |_| (),
};
