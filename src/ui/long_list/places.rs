//! Where the items of a long list stand.

/// What an item is like, in pixels.
#[derive(Clone, Copy)]
pub(crate) struct Shape {
    /// How high one is taken to be as long as none was in the page.
    pub(crate) height: f64,
    /// The narrowest that it may be where several stand beside each other; none where each has a line of its own.
    pub(crate) narrowest: Option<f64>,
}

/// The heights of so many say how high the others are.
const ENOUGH: usize = 24;

/// Where the items stand, by what is known of their heights.
#[derive(Default)]
pub(super) struct Places {
    pub(super) keys: Vec<u64>,
    /// So many stand beside each other.
    pub(super) columns: usize,
    /// How high an item is taken to be that was not in the page.
    usual: f64,
    /// The heights of those that were in the page, by their keys.
    heights: Vec<(u64, f64)>,
    /// Where each line begins, and where the last one ends.
    pub(super) tops: Vec<f64>,
    /// Whether the lines begin elsewhere by now.
    is_stale: bool,
    /// Where the list begins, seen from the window's upper edge; how high that is; how wide the list is.
    top: f64,
    pub(super) window: f64,
    width: f64,
    /// What stands at the window's upper edge, and where, by what is known so far.
    edge: Option<(u64, f64)>,
}

impl Places {
    /// Says where each line begins. Returns how far what stands at the window's upper edge has moved by that, where it is the same list.
    pub(super) fn lay_out(&mut self, shape: Shape) -> f64 {
        if !std::mem::take(&mut self.is_stale) {
            return 0.0;
        }
        let edge = self.edge.take();
        self.columns = shape.narrowest.map_or(1, |narrowest| (self.width / narrowest) as usize).max(1);
        // What is known of some is not made better by each further one, and would move all the others.
        match self.heights.len() {
            0 => self.usual = shape.height,
            count @ 1..ENOUGH => {
                self.usual = (self.heights.iter().map(|(_, height)| height).sum::<f64>() / count as f64).round();
            }
            _ => {}
        }
        let height = |key: &u64| match self.heights.binary_search_by_key(key, |(key, _)| *key) {
            Ok(place) => self.heights.get(place).map_or(self.usual, |(_, height)| *height),
            Err(_) => self.usual,
        };
        let mut top = 0.0;
        self.tops.clear();
        self.tops.push(top);
        for line in self.keys.chunks(self.columns) {
            top += line.iter().map(height).fold(0.0, |highest, height| if height > highest { height } else { highest });
            self.tops.push(top);
        }
        edge.map_or(0.0, |(key, before)| {
            let line = self.place_of(key).map(|place| place / self.columns);
            line.and_then(|line| self.tops.get(line)).map_or(0.0, |top| self.top + top - before)
        })
    }

    /// Notes how high an item is.
    pub(super) fn learn(&mut self, key: u64, height: f64) {
        let before = match self.heights.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(place) => self.heights.get_mut(place).map_or(height, |known| std::mem::replace(&mut known.1, height)),
            Err(place) => {
                self.heights.insert(place, (key, height));
                self.usual
            }
        };
        self.is_stale |= before != height;
    }

    /// Notes where the list stands, and how wide it is: where that is another width than it was, the heights are others too.
    pub(super) fn stands_at(&mut self, top: f64, width: f64) {
        let is_other = self.width != width;
        if !is_other {
            self.top = top;
        }
        if !self.is_stale {
            let (first, _) = self.near(0.0);
            let key = self.keys.get(first).filter(|_| self.top < 0.0);
            let begins = self.tops.get(first / self.columns.max(1));
            self.edge = key.zip(begins).map(|(key, begins)| (*key, self.top + begins));
        }
        self.top = top;
        if is_other {
            self.width = width;
            self.heights.clear();
            self.is_stale = true;
        }
    }

    /// There are these items.
    pub(super) fn has(&mut self, keys: Vec<u64>) {
        (self.keys, self.is_stale, self.edge) = (keys, true, None);
    }

    /// The first of the items that are in the window, or so many pixels around it, and the first behind them.
    pub(super) fn near(&self, around: f64) -> (usize, usize) {
        let (from, to) = (-self.top - around, self.window - self.top + around);
        let first = self.tops.partition_point(|top| *top <= from).saturating_sub(1);
        let last = self.tops.partition_point(|top| *top < to);
        let item = |line: usize| (line * self.columns).min(self.keys.len());
        (item(first), item(last))
    }

    pub(super) fn place_of(&self, key: u64) -> Option<usize> {
        self.keys.iter().position(|known| *known == key)
    }
}

#[cfg(all(test, not(target_family = "wasm")))]
mod tests {
    use super::*;

    const ROW: Shape = Shape { height: 80.0, narrowest: None };

    fn hundred(shape: Shape) -> Places {
        let mut places = Places { window: 800.0, ..Places::default() };
        places.has((0..100).collect());
        places.stands_at(0.0, 600.0);
        places.lay_out(shape);
        places
    }

    #[test]
    fn what_is_near_the_window_is_found_by_the_heights_that_are_known() {
        let mut places = hundred(ROW);
        assert_eq!((places.near(0.0), places.tops.last()), ((0, 10), Some(&8_000.0)));
        places.top = -4_000.0;
        assert_eq!((places.near(0.0), places.near(500.0)), ((50, 60), (43, 67)));
        // As high as they are taken to be: nothing is laid out anew.
        (0..20).for_each(|key| places.learn(key, 80.0));
        assert!(!places.is_stale);
        places.learn(3, 280.0);
        assert!(places.is_stale);
        places.lay_out(ROW);
        assert_eq!(places.tops.get(4), Some(&520.0));
        // What stands at the window's edge does not move by what is learned of those above it.
        places.stands_at(-4_010.0, 600.0);
        let (first, _) = places.near(0.0);
        places.learn(first as u64 - 1, 100.0);
        let moved = places.lay_out(ROW);
        assert!(moved > 0.0, "{moved}");
        places.stands_at(-4_010.0 - moved, 600.0);
        assert_eq!(places.near(0.0).0, first);
        places.has(Vec::new());
        assert_eq!(places.lay_out(ROW), 0.0);
        assert_eq!((places.near(0.0), places.tops.last()), ((0, 0), Some(&0.0)));
    }

    #[test]
    fn what_stands_at_the_windows_edge_stays_there_when_the_list_becomes_narrower() {
        let shape = Shape { height: 200.0, narrowest: Some(150.0) };
        let mut places = hundred(shape);
        assert_eq!((places.columns, places.tops.last()), (4, Some(&5_000.0)));
        places.top = -2_000.0;
        let (first, _) = places.near(0.0);
        assert_eq!(first, 40);
        places.stands_at(-2_000.0, 310.0);
        // It is in the twentieth line of two now.
        assert_eq!((places.lay_out(shape), places.columns), (2_000.0, 2));
        places.stands_at(-4_000.0, 310.0);
        assert_eq!(places.near(0.0).0, 40);
        assert_eq!(places.lay_out(shape), 0.0);
    }
}
