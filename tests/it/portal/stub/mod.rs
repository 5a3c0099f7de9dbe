//! A portal of ArcGIS Enterprise in the test's own process, on 127.0.0.1, with real TLS. It behaves as Esri's
//! documentation says, and refuses what a portal refuses. Many stubs can run side by side; a stub ends when it is
//! dropped.
//!
//! ```text
//! let portal = Portal::new()
//!     .member(Member::new("joe", "viewerUT"))
//!     .seats("creatorUT", 5)
//!     .tls(Tls::self_signed_ca())
//!     .script(Op::Members, Nth(2), Answer::reset())
//!     .start();
//! // run the program against portal.url() with portal.ca_file()
//! assert_eq!(portal.user_type("joe").as_deref(), Some("creatorUT"));
//! ```
//!
//! | module | content |
//! |---|---|
//! | `portal` | [`Portal`]: the settings of a stub before it starts |
//! | `running` | [`Running`]: a stub that runs, and what happened at it |
//! | `answer`, `reply`, `script` | [`Answer`]: answers other than the usual, and the requests that get them |
//! | `op`, `operations` | [`Op`]: the operations, and what each does |
//! | `world`, `member`, `tokens` | members, seats, accounts, tokens |
//! | `tls`, `certificates` | [`Tls`]: certificates, good and bad |
//! | `recorder`, `secrets` | the requests that came, and the places where no secret may be |
//! | `elsewhere`, `proxy` | another host, and a forward proxy |
//! | `victim` | [`Victim`]: a program that a hook kills |
//! | `listener`, `server`, `stream`, `http`, `forms` | connections, HTTP and its forms |

mod answer;
mod certificates;
mod elsewhere;
mod forms;
mod gzip;
mod http;
mod listener;
mod member;
mod op;
mod operations;
mod portal;
mod proxy;
mod recorder;
mod reply;
mod running;
mod script;
mod secrets;
mod server;
mod stream;
mod tls;
mod tokens;
mod victim;
mod world;

pub(crate) use answer::Answer;
pub(crate) use elsewhere::Elsewhere;
pub(crate) use member::{Member, Moved};
pub(crate) use op::Op;
#[cfg(unix)]
pub(crate) use portal::CLIENT_ID;
pub(crate) use portal::{ADMIN, PASSWORD, Portal};
pub(crate) use proxy::Proxy;
pub(crate) use recorder::Attempt;
pub(crate) use reply::{Envelope, Reply};
pub(crate) use running::Running;
pub(crate) use script::When::{Always, Nth, Since, UpTo};
pub(crate) use secrets::{assert_no_secret_in_folder, assert_secret_nowhere};
pub(crate) use tls::Tls;
pub(crate) use victim::Victim;
