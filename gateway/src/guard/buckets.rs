//! Token buckets: so many at once, and then so many a minute, for each session, address and origin by itself.

use crate::config::Rate;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use tokio::time::Instant;

/// Whose bucket it is.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub(crate) enum Of {
    Session(String),
    Address(IpAddr),
    Origin(String),
    SigningIn(IpAddr),
    /// Of all for whom there is no room.
    Others,
}

impl Of {
    /// An address; of IPv6 the network, since a household has a whole one.
    pub(crate) fn address(address: IpAddr) -> IpAddr {
        match address {
            IpAddr::V4(_) => address,
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        }
    }
}

#[derive(Debug)]
struct Bucket {
    left: f64,
    at: Instant,
    rate: Rate,
}

impl Bucket {
    fn fill(&mut self, now: Instant) {
        let seconds = now.saturating_duration_since(self.at).as_secs_f64();
        self.left = (self.left + seconds * per_second(self.rate)).min(f64::from(self.rate.burst));
        self.at = now;
    }
}

fn per_second(rate: Rate) -> f64 {
    f64::from(rate.per_minute) / 60.0
}

/// The buckets of everybody. They take no more than so much room, whoever comes.
#[derive(Debug)]
pub(crate) struct Buckets {
    most: usize,
    buckets: Mutex<HashMap<Of, Bucket>>,
}

impl Buckets {
    pub(crate) fn new(most: usize) -> Buckets {
        Buckets { most, buckets: Mutex::default() }
    }

    /// Takes one out; or says in how many seconds there will be one.
    pub(crate) fn take(&self, of: Of, rate: Rate) -> Result<(), u64> {
        self.take_at(of, rate, Instant::now())
    }

    fn take_at(&self, mut of: Of, rate: Rate, now: Instant) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= self.most && !buckets.contains_key(&of) {
            // One that is full says nothing more than none.
            buckets.retain(|_, bucket| {
                bucket.fill(now);
                bucket.left < f64::from(bucket.rate.burst)
            });
            if buckets.len() >= self.most {
                of = Of::Others;
            }
        }
        let new = Bucket { left: f64::from(rate.burst), at: now, rate };
        let bucket = buckets.entry(of).or_insert(new);
        bucket.fill(now);
        if bucket.left >= 1.0 {
            bucket.left -= 1.0;
            return Ok(());
        }
        Err(((1.0 - bucket.left) / per_second(rate)).ceil() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const RATE: Rate = Rate { burst: 3, per_minute: 6 };

    #[test]
    fn so_many_at_once_and_then_so_many_a_minute() {
        let (buckets, start) = (Buckets::new(10), Instant::now());
        let take =
            |of: &str, seconds| buckets.take_at(Of::Session(of.to_owned()), RATE, start + Duration::from_secs(seconds));
        assert_eq!([take("a", 0), take("a", 0), take("a", 0)], [Ok(()); 3]);
        assert_eq!(take("a", 0), Err(10));
        assert_eq!(take("a", 4), Err(6));
        assert_eq!(take("b", 4), Ok(()));
        assert_eq!(take("a", 10), Ok(()));
        assert_eq!(take("a", 10), Err(10));
    }

    #[test]
    fn a_crowd_takes_no_more_room_than_there_is() {
        let (buckets, start) = (Buckets::new(100), Instant::now());
        let mut refused = 0;
        for number in 0..10_000 {
            refused += usize::from(buckets.take_at(Of::Session(number.to_string()), RATE, start).is_err());
        }
        assert!(buckets.buckets.lock().unwrap().len() <= 101);
        assert!(refused > 9_000, "those beyond share one bucket: {refused}");
        assert_eq!(buckets.take_at(Of::Session("late".to_owned()), RATE, start + Duration::from_secs(60)), Ok(()));
    }

    #[test]
    fn a_household_is_one_address() {
        let [one, other, third] = ["2001:db8:1:2::3", "2001:db8:1:2:ffff::4", "2001:db8:1:3::3"];
        let of = |text: &str| Of::address(text.parse().unwrap());
        assert_eq!(of(one), of(other));
        assert_ne!(of(one), of(third));
    }
}
