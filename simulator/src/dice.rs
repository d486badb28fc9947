//! Chance that a seed decides: the same seed rolls the same.

/// A row of numbers that looks like chance.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

/// Splitmix64: neighbours come out far apart.
pub(crate) fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Dice {
    /// Dice of their own for each of `parts`, so that what is left out in one place changes nothing in another.
    pub(crate) fn of(parts: &[u64]) -> Dice {
        Dice::made_of(parts.iter().copied())
    }

    /// The same of parts that stand nowhere.
    pub(crate) fn made_of(parts: impl Iterator<Item = u64>) -> Dice {
        Dice(parts.fold(0, |sum, part| mixed(sum ^ mixed(part))))
    }

    /// Dice beside these, which go on as if there were none.
    pub(crate) fn aside(&self) -> Dice {
        Dice::of(&[self.0, 1])
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `end`; 0 where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = end.max(1) as u64;
        usize::try_from(self.next() % end).unwrap_or_default()
    }

    /// A number from `least` to `most`.
    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.next() % (most.saturating_sub(least) + 1)
    }

    /// Whether it happens that is so likely, in percent.
    pub(crate) fn percent(&mut self, share: u64) -> bool {
        self.next() % 100 < share
    }

    /// One of them.
    pub(crate) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let place = self.below(list.len());
        list.get(place)
    }

    /// One of them, each as likely as its weight says.
    pub(crate) fn weighed<T: Copy>(&mut self, list: &[(u32, T)]) -> Option<T> {
        let all: u32 = list.iter().map(|(weight, _)| weight).sum();
        let mut left = u32::try_from(self.next() % u64::from(all.max(1))).unwrap_or_default();
        list.iter().find_map(|(weight, one)| {
            if left < *weight {
                return Some(*one);
            }
            left -= weight;
            None
        })
    }
}
