//! Capabilities: dates without seats.

use crate::seats::{Doubt, SeatTimeline};
use crate::time::Instant;

/// An entry of a capability, as far as it can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first instant with the capability; `None` where the date cannot be read.
    pub start: Option<Instant>,
    /// The end of the capability.
    pub end: WindowEnd,
}

/// When a capability ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowEnd {
    /// No end is stated.
    Open,
    /// The first instant without the capability.
    At(Instant),
    /// There is an end, but it cannot be read.
    Unreadable,
}

/// The timeline of a capability: 1 while it exists, else 0.
///
/// A window without a readable start never counts as present: until its end the capability is not certain. A window without a
/// readable end makes the capability uncertain from its start on. `strays` are the windows of entries without id: each may belong
/// to this capability. All of these matter only while no window that can be read lasts, which gives the capability in every
/// reading.
#[must_use]
pub fn windows(own: &[Window], strays: &StrayWindows) -> SeatTimeline {
    let sure: Vec<_> = own.iter().filter_map(|window| window.sure()).collect();
    let mut timeline = SeatTimeline::default();
    for (from, to) in union(sure.clone()) {
        timeline.step(from, 1);
        if let Some(to) = to {
            timeline.step(to, 0);
        }
    }
    // Every reading lies between the sure windows and the possible ones, so readings differ exactly where the possible windows
    // add time.
    let mut possible: Vec<_> = own.iter().map(Window::possible).collect();
    possible.extend(strays.spans.iter().copied());
    let mut sure = union(sure).into_iter().peekable();
    for (mut from, to) in union(possible) {
        while let Some((sure_from, sure_to)) = sure.next_if(|(sure_from, _)| to.is_none_or(|to| *sure_from < to)) {
            if from < sure_from {
                timeline.doubt(Doubt { from, to: Some(sure_from) });
            }
            match sure_to {
                Some(sure_to) => from = sure_to,
                None => return timeline,
            }
        }
        if to.is_none_or(|to| from < to) {
            timeline.doubt(Doubt { from, to });
        }
    }
    timeline
}

/// The windows of entries without a readable id. Each may belong to any capability.
#[derive(Clone, Debug, Default)]
pub struct StrayWindows {
    spans: Vec<Span>,
}

impl StrayWindows {
    /// Prepares the windows. If there are more than any license has, the time between them counts as well, so that
    /// memory stays bounded.
    #[must_use]
    pub fn new(windows: &[Window]) -> Self {
        const MANY: usize = 64;
        let mut spans = union(windows.iter().map(Window::possible).collect());
        if let (true, Some((from, _)), Some((_, to))) = (spans.len() > MANY, spans.first(), spans.last()) {
            spans = vec![(*from, *to)];
        }
        Self { spans }
    }
}

/// A period: its first instant, and the first instant after it; `None` where it never ends.
pub(crate) type Span = (Instant, Option<Instant>);

impl Window {
    fn sure(&self) -> Option<Span> {
        match (self.start?, self.end) {
            (start, WindowEnd::Open) => Some((start, None)),
            (start, WindowEnd::At(end)) => Some((start, Some(end))),
            (_, WindowEnd::Unreadable) => None,
        }
    }

    fn possible(&self) -> Span {
        let end = match self.end {
            WindowEnd::At(end) => Some(end),
            WindowEnd::Open | WindowEnd::Unreadable => None,
        };
        (self.start.unwrap_or(Instant::MIN), end)
    }
}

/// Sorts periods, and merges those that touch. Periods that end before they begin are dropped.
fn union(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|(from, to)| to.is_none_or(|to| *from < to));
    spans.sort_unstable();
    let mut union: Vec<Span> = Vec::new();
    for (from, to) in spans {
        match union.last_mut() {
            Some((_, last)) if last.is_none_or(|last| last >= from) => {
                *last = last.zip(to).map(|(last, to)| last.max(to));
            }
            _ => union.push((from, to)),
        }
    }
    union
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seats::Status;
    use proptest::prelude::*;

    fn at(ms: i64) -> Instant {
        Instant::from_epoch_ms(ms)
    }

    fn window(start: i64, end: i64) -> Window {
        Window { start: Some(at(start)), end: WindowEnd::At(at(end)) }
    }

    #[test]
    fn a_window_that_follows_at_once_makes_no_step() {
        let timeline = windows(&[window(20, 30), window(10, 20)], &StrayWindows::default());
        assert_eq!(timeline.steps().len(), 2);
        assert_eq!(timeline.doubts(), [], "no period of no length either");
        assert_eq!(timeline.status_at(at(20)), Status::Active);
        assert_eq!(
            windows(&[window(21, 30), window(10, 20)], &StrayWindows::default()).status_at(at(20)),
            Status::Lapsed
        );
    }

    #[test]
    fn an_unreadable_start_is_in_doubt_until_the_end_and_no_longer() {
        let timeline = windows(&[Window { start: None, end: WindowEnd::At(at(5)) }], &StrayWindows::default());
        assert!(!timeline.is_certain_at(Instant::MIN) && !timeline.is_certain_at(at(4)));
        assert!(timeline.is_certain_at(at(5)), "no reading gives it after its end");
        assert_eq!(timeline.status_at(at(9)), Status::Empty);
        for end in [WindowEnd::Open, WindowEnd::Unreadable] {
            let timeline = windows(&[Window { start: None, end }], &StrayWindows::default());
            assert_eq!(timeline.doubts(), [Doubt { from: Instant::MIN, to: None }]);
        }
    }

    #[test]
    fn an_unreadable_end_is_uncertain_from_the_start_on() {
        let timeline = windows(&[Window { start: Some(at(5)), end: WindowEnd::Unreadable }], &StrayWindows::default());
        assert_eq!(timeline.certain_until(at(0)), Some(at(5)));
        assert_eq!(timeline.seats_at(at(6)), 0);
    }

    fn any_window() -> impl Strategy<Value = Window> {
        let end = prop_oneof![
            Just(WindowEnd::Open),
            Just(WindowEnd::Unreadable),
            (0..12_i64).prop_map(|end| WindowEnd::At(at(end)))
        ];
        (prop::option::weighted(0.8, 0..12_i64), end).prop_map(|(start, end)| Window { start: start.map(at), end })
    }

    proptest! {
        /// At every instant: the capability exists if a sure window covers the instant, and this is certain if no
        /// merely possible window could change it.
        #[test]
        fn windows_agree_with_asking_each_one(
            own in prop::collection::vec(any_window(), 0..5), strays in prop::collection::vec(any_window(), 0..3)
        ) {
            let timeline = windows(&own, &StrayWindows::new(&strays));
            for now in (-1..14).map(at) {
                let begun = |window: &Window, open: bool| window.start.map_or(open, |start| start <= now);
                let holds = |window: &Window, open: bool| match window.end {
                    WindowEnd::Open => begun(window, open),
                    WindowEnd::Unreadable => open && begun(window, open),
                    WindowEnd::At(end) => begun(window, open) && now < end,
                };
                let sure = own.iter().any(|window| holds(window, false));
                let possible = own.iter().chain(&strays).any(|window| holds(window, true));
                prop_assert_eq!(timeline.seats_at(now) == 1, sure);
                prop_assert_eq!(timeline.is_certain_at(now), sure == possible, "{:?} {:?}", now, timeline);
            }
        }
    }
}
