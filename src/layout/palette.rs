//! The colours of everything that seatline shows on a terminal. No other file names a colour.

use anstyle::{AnsiColor, Style};

/// How a text looks on a terminal with colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// In the colour of the terminal.
    #[default]
    Plain,
    /// Seats, or an answer of yes.
    Good,
    /// No seats, an error, or an answer of no.
    Bad,
    /// Not certain, not yet, or a warning.
    Doubt,
    /// A remark that is neither good nor bad.
    Note,
    /// A header or an aside.
    Faint,
}

impl Tone {
    /// The colour of the text; `None` for the colour of the terminal.
    pub(super) const fn color(self) -> Option<AnsiColor> {
        match self {
            Self::Plain => None,
            Self::Good => Some(AnsiColor::Green),
            Self::Bad => Some(AnsiColor::Red),
            Self::Doubt => Some(AnsiColor::Yellow),
            Self::Note => Some(AnsiColor::Cyan),
            Self::Faint => Some(AnsiColor::BrightBlack),
        }
    }

    /// The style of a text in a table or an excerpt.
    pub(super) fn style(self) -> Style {
        self.color().map_or_else(Style::new, AnsiColor::on_default)
    }

    /// The style of a word that begins a message, such as "error".
    #[must_use]
    pub fn label(self) -> Style {
        self.style().bold()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_tones_look_alike() {
        let tones = [Tone::Plain, Tone::Good, Tone::Bad, Tone::Doubt, Tone::Note, Tone::Faint];
        for (index, tone) in tones.iter().enumerate() {
            assert!(tones.iter().skip(index + 1).all(|other| other.style() != tone.style()), "{tone:?}");
        }
    }
}
