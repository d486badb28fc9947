//! One sort for everything that is put in order here. The standard library's is a fast one for millions, and compiled anew
//! for each type, at several kilobytes each time; a cart has hundreds of cards, an account thousands of movements.

/// The places of `count` things in the order that `is_before` tells, those that are equal as they came. Merges runs of
/// growing length, so that it takes no more than n log n comparisons.
pub fn order(count: usize, is_before: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for run in places.chunks(width * 2) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let (Some(first), Some(second)) = (left.first(), right.first()) {
                let from = if is_before(*second, *first) { &mut right } else { &mut left };
                merged.extend(from.split_off_first().copied());
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        width *= 2;
    }
    places
}

/// Puts numbers in their order.
pub fn ascending(numbers: &mut [u64]) {
    let known = numbers.to_vec();
    let places = order(known.len(), &|one, other| known.get(one) < known.get(other));
    for (slot, place) in numbers.iter_mut().zip(places) {
        *slot = known.get(place).copied().unwrap_or_default();
    }
}

/// `things` in the order of their `keys`, those that are equal as they came.
pub fn by_keys<T: Clone, K: PartialOrd>(things: &[T], keys: &[K]) -> Vec<T> {
    let places = order(things.len(), &|one, other| keys.get(one) < keys.get(other));
    places.into_iter().filter_map(|place| things.get(place).cloned()).collect()
}

// Natively: proptest does not build for the browser.
#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(things in proptest::collection::vec((0_u64..20, 0_u32..9), 0..70)) {
            let mut expected = things.clone();
            expected.sort_by_key(|(key, _)| *key);
            let keys: Vec<u64> = things.iter().map(|(key, _)| *key).collect();
            prop_assert_eq!(by_keys(&things, &keys), expected);
            let (mut ours, mut theirs) = (keys.clone(), keys);
            ascending(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(ours, theirs);
        }
    }
}
