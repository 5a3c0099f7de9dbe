//! The options of every command that asks a portal.

use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};

use crate::cli::exit::Stop;
use crate::portal::DEFAULT_ORG;

/// The value of an argument that is refused; it is not kept in memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unread;

#[allow(clippy::unnecessary_wraps, reason = "clap wants to hear of errors")]
fn unread(_: &str) -> Result<Unread, std::convert::Infallible> {
    Ok(Unread)
}

/// How the portal is reached.
#[derive(Debug, Args)]
#[command(next_help_heading = "Portal")]
pub(crate) struct ConnectArgs {
    /// The portal: https://HOST/CONTEXT
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, env = "SEATLINE_URL", hide_env_values = true)]
    pub(crate) url: Option<String>,
    /// The user to sign in as; the password comes from SEATLINE_PASSWORD, --password-file or a prompt
    #[arg(long, value_name = "NAME", conflicts_with = "token_file", env = "SEATLINE_USERNAME", hide_env_values = true)]
    pub(crate) user: Option<String>,
    /// A file with the password, or - for standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "token_file")]
    pub(crate) password_file: Option<PathBuf>,
    /// A file with a token, or - for standard input; without it SEATLINE_TOKEN is used
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) token_file: Option<PathBuf>,
    /// Sign in with a browser (SAML, a second factor): open the page of the portal, and paste the code that it shows.
    /// ID is the id of an app that is registered at the portal with the redirect URL urn:ietf:wg:oauth:2.0:oob
    #[arg(long, value_name = "ID", conflicts_with_all = ["user", "password_file", "token_file", "insecure"])]
    pub(crate) oauth: Option<String>,
    /// Refused: whoever lists the processes reads it
    #[arg(long, hide = true, value_name = "PASSWORD", num_args = 0..=1, default_missing_value = "", value_parser = unread)]
    password: Option<Unread>,
    /// Refused, as a password is
    #[arg(long, hide = true, value_name = "PASSWORD", num_args = 0..=1, default_missing_value = "", value_parser = unread)]
    key_password: Option<Unread>,
    /// Refused, as a password is
    #[arg(long, hide = true, value_name = "TOKEN", num_args = 0..=1, default_missing_value = "", value_parser = unread)]
    token: Option<Unread>,
    /// The referer that the token was made for, if it was made elsewhere [default: the URL of the portal]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) referer: Option<String>,
    /// A certificate to trust besides the usual ones: of a CA, or the portal's own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) ca_cert: Option<PathBuf>,
    /// The certificate to show to a portal that wants one: PEM, or a .pfx or .p12 that holds its key too
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) client_cert: Option<PathBuf>,
    /// The key of the client certificate (PEM), if it is in another file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "client_cert")]
    pub(crate) client_key: Option<PathBuf>,
    /// A file with the password of the client certificate's key, or - for standard input; without it
    /// SEATLINE_KEY_PASSWORD is used
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "client_cert")]
    pub(crate) key_password_file: Option<PathBuf>,
    /// Accept any certificate. seatline then does not sign in, and no answer can be relied on
    #[arg(long, conflicts_with_all = ["password_file", "token_file", "client_cert"])]
    pub(crate) insecure: bool,
    /// Allow a URL with http, over which everything is sent unencrypted
    #[arg(long)]
    pub(crate) allow_http: bool,
    /// The longest time that one request may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) timeout: u64,
    /// How often to send a request again after a failed connection or HTTP 429, 502, 503 or 504; a request that changes
    /// the portal is never sent again
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(0..=100))]
    pub(crate) retries: u32,
    /// The largest answer that is read, decompressed: bytes, or 64KiB, 256MiB, 2GiB
    #[arg(long, value_name = "SIZE", default_value = "256MiB", value_parser = size)]
    pub(crate) max_answer: u64,
    /// The most members that are read
    #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) max_members: u64,
    /// The longest time that reading all pages of members may take, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3600, value_parser = clap::value_parser!(u64).range(1..=604_800))]
    pub(crate) max_time: u64,
    /// The portal is ArcGIS Enterprise on Kubernetes
    #[arg(long)]
    pub(crate) kubernetes: bool,
    /// The id of the organization on Kubernetes
    #[arg(long, value_name = "ID", requires = "kubernetes", default_value = DEFAULT_ORG)]
    pub(crate) org: String,
}

impl ConnectArgs {
    /// Refuses secrets in arguments, which every user of the machine can read.
    ///
    /// # Errors
    /// A [`Stop`] where an argument holds a secret.
    pub(crate) fn refuse_secrets(&self) -> Result<(), Stop> {
        let why =
            "is no argument: whoever lists the processes of this machine would read it, and the shell keeps it. Set";
        if let Some(Unread) = self.key_password {
            return Err(Stop::usage(format!(
                "a password {why} SEATLINE_KEY_PASSWORD, or let it be asked for, or put it in a file that only you can \
                 read, and name that with --key-password-file"
            )));
        }
        match (self.password, self.token) {
            (None, None) => Ok(()),
            (Some(Unread), _) => Err(Stop::usage(format!(
                "a password {why} SEATLINE_PASSWORD, or let it be asked for, or put it in a file that only you can read, and \
                 name that with --password-file"
            ))),
            (None, Some(Unread)) => Err(Stop::usage(format!(
                "a token {why} SEATLINE_TOKEN, or put it in a file that only you can read, and name that with --token-file"
            ))),
        }
    }

    /// The files that these options name, which no output may replace.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = &Path> {
        let secrets = [&self.password_file, &self.token_file, &self.key_password_file];
        let certificates = [&self.ca_cert, &self.client_cert, &self.client_key];
        secrets.into_iter().chain(certificates).flatten().map(PathBuf::as_path)
    }
}

/// Reads a size: `268435456`, `64KiB`, `256 MiB`, `2GB`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = text.strip_prefix(digits).unwrap_or_default().trim().to_ascii_lowercase();
    let factor: u64 = match unit.as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err("a size is a number of bytes, or one with KiB, MiB or GiB".to_owned()),
    };
    let size = digits.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    size.filter(|size| *size > 0).ok_or_else(|| "a size is a whole number above 0".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_bytes_or_with_a_unit() {
        for (text, expected) in [
            ("1", Some(1)),
            ("64KiB", Some(65_536)),
            ("256 MiB", Some(268_435_456)),
            ("2GB", Some(2_000_000_000)),
            ("0", None),
            ("-1", None),
            ("1.5MiB", None),
            ("MiB", None),
            ("99999999999GiB", None),
        ] {
            assert_eq!(size(text).ok(), expected, "{text}");
        }
    }
}
