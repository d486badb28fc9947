//! What an order cost that was just submitted, as its last screen shows it.

use super::Checkout;
use crate::api::ChargeDetails;
use crate::domain::charges::amount_in_words;
use crate::flow::remote::Remote;
use crate::reactive::Var;

/// What one of its jobs cost, once it is known.
pub type JobCharge = Var<Remote<Option<ChargeDetails>>>;

impl Checkout {
    /// What each job of the order cost, read one after the other for as long as the screen is there.
    pub fn charges(self) -> Vec<JobCharge> {
        let lines = self.done().with_untracked(|done| done.as_ref().map(|done| done.lines.clone())).unwrap_or_default();
        let charges: Vec<JobCharge> = lines.iter().map(|_| Var::new(Remote::Loading)).collect();
        let told = charges.clone();
        let cx = self.cx();
        cx.spawn(Box::pin(async move {
            for (line, charge) in lines.into_iter().zip(told) {
                let Ok((client, organization)) = cx.client() else { return };
                let details = client.charge_details(organization, line.job).await.ok();
                if charge.is_gone() {
                    return;
                }
                charge.set(Remote::Ready(details));
            }
        }));
        charges
    }

    /// What is in the account now. That it cannot be read is not told: the account itself says so.
    pub fn balance_now(self) -> Var<Option<String>> {
        let (cx, text) = (self.cx(), Var::new(None));
        cx.spawn(Box::pin(async move {
            let Ok((client, organization)) = cx.client() else { return };
            if let Ok(balance) = client.balance(organization).await {
                text.set(Some(amount_in_words(&balance, cx.locale())));
            }
        }));
        text
    }
}
