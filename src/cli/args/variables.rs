//! The variables of the environment that no option shows.

/// The secrets for signing in, each with what it holds.
pub(crate) const SECRETS: [(&str, &str); 3] = [
    ("SEATLINE_PASSWORD", "The password of the user who signs in."),
    ("SEATLINE_TOKEN", "A token, with which nobody needs to sign in."),
    ("SEATLINE_KEY_PASSWORD", "The password of the key of the client certificate."),
];
