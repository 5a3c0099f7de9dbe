//! The portal, asked over HTTP: the documented operations, and what may go wrong on the way to an answer.
//!
//! | module | what it knows |
//! |---|---|
//! | `secret` | passwords and tokens, which nothing prints |
//! | `address` | where a portal's operations are |
//! | `operation` | the operations, the kind of document each answers, the file it is saved as |
//! | `identity` | the certificate and key to show to a portal that asks |
//! | `tls`, `pinned` | whom to trust |
//! | `tls_problem`, `tls_words` | what went wrong with TLS, and what helps |
//! | `weak_key` | keys of certificates that are too short |
//! | `proxy`, `tunnel` | which proxy stands in between, and why it lets nobody through |
//! | `request` | what is sent, and where a redirect of it leads |
//! | `challenge`, `retry_after` | what headers say: how to sign in, and when to ask again |
//! | `client`, `limits` | one request: sent, sent again where that is safe, its answer read up to a limit |
//! | `cookies`, `cookie_secrets` | the cookies of a run, and the secrets in them |
//! | `answer` | whether an answer is what was asked for |
//! | `cause`, `error`, `advice` | what went wrong, in words, and what to do |
//! | `way`, `failure_words` | the ways of signing in, and the words of a failure with those that may work |
//! | `problem_kind`, `problem_words` | what sort of problem it is, and its words without what must not be seen |
//! | `session` | asking with a token where the portal wants one |
//! | `sign_in`, `refusal`, `refusal_reason`, `refusal_words` | getting a token, and why there is none |
//! | `oauth` | signing in with a browser, and a code that it shows |
//! | `pasted` | the code or the token in what people paste |
//! | `pages` | lists that come in pages |
//! | `fetch`, `events` | fetches the documents one after the other, and tells how far it is |
//! | `members` | who the members are now, and who is signed in |
//! | `extensions` | which extensions a member has |
//! | `manifest` | what was fetched, as a value |
//!
//! An answer is judged by `crate::source`, as a file would be. The clock, the waiting and the randomness come from outside
//! ([`Machine`]); of the environment only the settings of the system's roots (`SSL_CERT_FILE`, `SSL_CERT_DIR`) are looked
//! at, by the library that reads them.

mod address;
mod advice;
mod answer;
pub mod apply;
mod cause;
mod challenge;
mod client;
mod cookie_secrets;
mod cookies;
mod error;
mod events;
mod extensions;
mod failure_words;
mod fetch;
mod identity;
mod limits;
mod machine;
mod manifest;
mod members;
mod oauth;
mod operation;
mod pages;
mod pasted;
mod pinned;
mod problem_kind;
mod problem_words;
mod proxy;
mod refusal;
mod refusal_reason;
mod refusal_words;
mod request;
mod retry_after;
mod secret;
mod session;
mod sign_in;
mod tls;
mod tls_problem;
mod tls_words;
mod tunnel;
mod way;
mod weak_key;

pub use address::{Address, AddressError, DEFAULT_ORG};
pub use client::Client;
pub use error::{PortalFailure, Problem};
pub use events::{Event, FetchError};
pub use extensions::MemberExtensions;
pub use fetch::{Fetched, LicenseFile, WantedOperation, fetch};
pub use identity::{ClientIdentity, IdentityError};
pub use limits::Limits;
pub use machine::Machine;
pub use manifest::{FetchManifest, FetchedFile, NotFetched};
pub use members::{NamedMembers, members};
pub use oauth::BrowserSignIn;
pub use operation::Operation;
pub use pasted::{pasted_code, pasted_token};
pub use proxy::{Proxy, ProxyError};
pub use refusal::Refusal;
pub use request::Request;
pub use secret::Secret;
pub use session::{Credentials, Session};
pub use tls::{Trust, TrustError};
pub use tls_problem::{TlsProblem, TlsRemedy};
pub use way::Way;
