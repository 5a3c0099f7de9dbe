//! `seatline moves --apply`: the user type of each member afterwards, whatever goes wrong meanwhile.

mod advice;
mod confirm;
mod done;
mod faults;
mod journals;
mod meanwhile;
mod parking;
mod random;
mod refusals;
mod restart;
mod site;
mod stopping;
mod told;
mod truth;

pub(crate) use parking::swap_of;
pub(crate) use site::Site;
