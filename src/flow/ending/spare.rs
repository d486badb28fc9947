//! Where a card of one's own stands more often than it shall: somebody has put it into the cart as well, or a browser has sent
//! twice what was to be done once. It would be printed once more with that.

use super::Ending;
use crate::api::{CardId, Error, PrintJobId};
use crate::flow::cart::open_jobs;

/// How long it is waited, each time, until it is looked whether something has come about late, in milliseconds: what a browser
/// has sent twice, what was given up since no answer came. After so long one look is enough in which it stands where it shall: that
/// it was taken out is not believed before it is seen.
const PAUSES: [u32; 6] = [1_000, 9_000, LATE, LATE, LATE, LATE];
const LATE: u32 = 80_000;

/// In which open jobs a card stays.
#[derive(Clone, Copy)]
pub(super) enum Stays {
    /// It is ordered.
    Nowhere,
    /// Once in this one.
    In(PrintJobId),
    /// Once in the first one in which it is.
    Once,
}

impl Ending {
    /// Takes the card out of all open jobs where it does not stay. Whether there were any.
    pub(super) async fn take_out(self, card: CardId, stays: Stays) -> Result<bool, Error> {
        let (client, organization) = self.cx().client()?;
        let jobs = open_jobs(&client, organization).await?.items;
        let keeps = match stays {
            Stays::Nowhere => None,
            Stays::In(job) => Some(job),
            Stays::Once => jobs.iter().find(|job| job.card_ids.contains(&card)).map(|job| job.id),
        };
        let mut any = false;
        for job in jobs {
            let stays = usize::from(Some(job.id) == keeps);
            for _ in stays..job.card_ids.iter().filter(|known| **known == card).count() {
                client.remove_card(organization, job.id, card).await?;
                any = true;
            }
        }
        Ok(any)
    }

    /// The same for what comes about late, while the person goes on.
    pub(super) fn tidy(self, card: CardId, stays: Stays) {
        self.cx().spawn(Box::pin(async move {
            for pause in PAUSES {
                self.cx().sleep(pause).await;
                if self.take_out(card, stays).await == Ok(false) && pause == LATE {
                    break;
                }
            }
        }));
    }
}
