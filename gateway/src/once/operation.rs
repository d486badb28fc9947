//! What each operation is to somebody who does not know whether it was carried out.
//!
//! | operation | carried out twice it is | after an answer that nobody heard |
//! | --- | --- | --- |
//! | print | a second charge, each time | the job is read: submitted is done. Still open when the vendor has had time to end what it had begun: sent once more |
//! | add funds | a second charge of the payment card | the credits of that amount are counted and compared with those before: one more is done. None more is no proof (a payment may be booked late): never sent again |
//! | create a print job | a second cart, whose cards would be printed twice | the open jobs are read: one with just these cards is it. None: sent once more |
//! | add cards | each card printed twice | the job is read: all in it is done. Not all, and the vendor has had time: sent once more |
//! | remove a card | an entry of a card that stands twice too many | the job is read: no longer in it is done. Still in it, and it may have stood there twice: never sent again |
//! | create a card | a second draft, which costs nothing and is not printed unless somebody finalizes and orders it | sent again |
//! | update, finalize a card; update a print job, an address, a contact | the same state | sent again |
//! | delete a card, an address, a contact | 404 the second time | sent again, and gone is done |
//! | create an address, a contact | a second entry in a list, which costs nothing | sent again |
//! | the gateway's own | several of these, each a step with a key of its own | done again, and each step is looked up as it is here |
//!
//! A second draft cannot be told from a first one by reading: lists show pictures as a word, and two people may have one name.

/// A call that changes something. Numbers are those in the path and in the form.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Operation {
    /// `POST print_jobs/{id}/print`
    Print {
        /// Whose.
        organization: u64,
        /// Which.
        job: u64,
    },
    /// `POST add_funds`
    AddFunds {
        /// Whose.
        organization: u64,
        /// The amount as it is asked for, `17.37` or `17,000.37`.
        amount: String,
    },
    /// `POST print_jobs`
    CreateJob {
        /// Whose.
        organization: u64,
        /// `print_job[card_ids]`
        cards: Vec<u64>,
    },
    /// `POST print_jobs/{id}/add_cards`
    AddCards {
        /// Whose.
        organization: u64,
        /// Which.
        job: u64,
        /// `print_job[card_ids]`
        cards: Vec<u64>,
    },
    /// `DELETE print_jobs/{id}/remove_cards/{card_id}`
    RemoveCard {
        /// Whose.
        organization: u64,
        /// Which.
        job: u64,
        /// What is taken out.
        card: u64,
    },
    /// `POST cards`
    CreateCard {
        /// Whose.
        organization: u64,
    },
    /// What sets a state: sent twice it is the same. The path reads what it changes (`organizations/1/cards/2`).
    Set {
        /// `GET` of it.
        path: String,
    },
    /// `POST` of an address or a contact; `GET path/{id}` reads what it made.
    Create {
        /// `organizations/1/addresses`
        path: String,
    },
    /// `DELETE` of a card, an address, a contact.
    Delete,
    /// Several calls, each a step by [`super::Call::step`].
    Steps,
}

/// What is done when nobody heard whether it was carried out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Unheard {
    /// It is sent again.
    Again,
    /// It is looked up; when it was not carried out, and the vendor has had time, it is sent again.
    LookThenAgain,
    /// It is looked up, and never sent again.
    LookOnly,
}

impl Operation {
    pub(super) fn unheard(&self) -> Unheard {
        match self {
            Self::Print { .. } | Self::CreateJob { .. } | Self::AddCards { .. } => Unheard::LookThenAgain,
            Self::AddFunds { .. } | Self::RemoveCard { .. } => Unheard::LookOnly,
            Self::CreateCard { .. } | Self::Set { .. } | Self::Create { .. } | Self::Delete | Self::Steps => {
                Unheard::Again
            }
        }
    }

    /// Where what it made or changed can be read once more, `id` being what the answer calls it.
    pub(super) fn again_at(&self, id: Option<u64>) -> Option<String> {
        match self {
            Self::Print { organization, job } | Self::AddCards { organization, job, .. } => {
                Some(job_path(*organization, *job))
            }
            Self::CreateJob { organization, .. } => Some(job_path(*organization, id?)),
            Self::CreateCard { organization } => Some(format!("organizations/{organization}/cards/{}", id?)),
            Self::Set { path } => Some(path.clone()),
            Self::Create { path } => Some(format!("{path}/{}", id?)),
            Self::AddFunds { .. } | Self::RemoveCard { .. } | Self::Delete | Self::Steps => None,
        }
    }
}

pub(super) fn job_path(organization: u64, job: u64) -> String {
    format!("organizations/{organization}/print_jobs/{job}")
}
