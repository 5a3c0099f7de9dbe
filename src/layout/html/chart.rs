//! Steps over time as a small SVG picture. It is drawn by attributes alone, so that it shows without any style.

use std::fmt::Write;

use maud::{Markup, html};

/// The span of time and the size that all pictures of a page share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// The first millisecond that is shown.
    pub from: i64,
    /// The last millisecond that is shown.
    pub to: i64,
    /// The width in pixels.
    pub width: u16,
    /// The millisecond of the vertical mark.
    pub mark: i64,
}

/// A number that changes over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    /// The class in the style sheet.
    pub class: &'static str,
    /// The number from each millisecond on; 0 before the first.
    pub steps: Vec<(i64, u64)>,
    /// The first millisecond at which the number is known, where it is not known from the beginning.
    pub begins: Option<i64>,
    /// Whether the curve is a dashed line; otherwise it is an area.
    pub dashed: bool,
    /// The spans of time in which the number is not certain; an open span has no end.
    pub doubts: Vec<(i64, Option<i64>)>,
}

const HEIGHT: u16 = 28;

impl Chart {
    /// The horizontal pixel of a millisecond; a time beyond the picture lies on its edge.
    #[must_use]
    pub fn x(&self, at: i64) -> u16 {
        let span = i128::from(self.to) - i128::from(self.from);
        let offset = i128::from(at.clamp(self.from, self.to)) - i128::from(self.from);
        let x = (offset * i128::from(self.width)).checked_div(span).unwrap_or(0);
        u16::try_from(x).unwrap_or(self.width)
    }

    /// Draws the curves. Screen readers skip the picture, since its content stands beside it in words.
    #[must_use]
    pub fn draw(&self, curves: &[Curve]) -> Markup {
        let most =
            curves.iter().flat_map(|curve| curve.steps.iter().map(|(_, count)| *count)).max().unwrap_or(0).max(1);
        let mark = self.x(self.mark);
        html! {
            svg class="chart" width=(self.width) height=(HEIGHT) viewBox=(format!("0 0 {} {HEIGHT}", self.width))
                aria-hidden="true" focusable="false" {
                @for curve in curves {
                    @let path = self.path(curve, most);
                    @if curve.dashed {
                        path class=(curve.class) d=(path) fill="none" stroke="currentColor" stroke-width="2"
                            stroke-dasharray="3 2" {}
                    } @else {
                        path class=(curve.class) d=(format!("{path}V{HEIGHT}H0Z")) fill="currentColor"
                            fill-opacity="0.35" stroke="none" {}
                    }
                    @for (from, to) in &curve.doubts {
                        @let (from, to) = (self.x(*from), to.map_or(self.width, |to| self.x(to)));
                        rect class="doubt" x=(from) y="0" width=(to.saturating_sub(from).max(1)) height=(HEIGHT)
                            fill="currentColor" fill-opacity="0.15" {}
                    }
                }
                path class="day" d=(format!("M{mark} 0V{HEIGHT}")) fill="none" stroke="currentColor" stroke-width="1" {}
            }
        }
    }

    /// The line of a curve from the left edge to the right. Each pixel shows the smallest number of its time, so that
    /// a gap shows however short it is.
    fn path(&self, curve: &Curve, most: u64) -> String {
        let y = |count: u64| {
            let room = u128::from(HEIGHT - 2);
            let height = (u128::from(count) * room).div_ceil(u128::from(most));
            HEIGHT.saturating_sub(u16::try_from(height).unwrap_or(HEIGHT))
        };
        let from = curve.begins.map_or(self.from, |begins| begins.max(self.from));
        let mut now = curve.steps.iter().take_while(|(at, _)| *at <= from).last().map_or(0, |(_, count)| *count);
        let mut path = format!("M{} {}", self.x(from), y(now));
        let mut steps = curve.steps.iter().filter(|(at, _)| from < *at && *at <= self.to).peekable();
        while let Some((at, count)) = steps.next() {
            let x = self.x(*at);
            let (mut least, mut last) = (*count, *count);
            while let Some((_, next)) = steps.next_if(|(next, _)| self.x(*next) == x) {
                (least, last) = (least.min(*next), *next);
            }
            // Writing to a string cannot fail.
            if y(least) != y(now) {
                let _ = write!(path, "H{x}V{}", y(least));
            }
            if y(last) != y(least) {
                let _ = write!(path, "H{}V{}", x + 1, y(last));
            }
            now = last;
        }
        let _ = write!(path, "H{}", self.width);
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_gap_is_too_short_to_be_seen() {
        let chart = Chart { from: 0, to: 1000, width: 100, mark: 0 };
        let curve = |steps: &[(i64, u64)]| Curve {
            class: "",
            steps: steps.to_vec(),
            begins: None,
            dashed: false,
            doubts: Vec::new(),
        };
        assert_eq!(chart.path(&curve(&[(-5, 10), (500, 0), (501, 10)]), 10), "M0 2H50V28H51V2H100");
        assert_eq!(chart.path(&curve(&[(500, 5), (900, 0)]), 10), "M0 28H50V15H90V28H100");
        assert_eq!(chart.path(&curve(&[]), 1), "M0 28H100");
        assert_eq!((chart.x(i64::MIN), chart.x(500), chart.x(i64::MAX)), (0, 50, 100));
    }
}
