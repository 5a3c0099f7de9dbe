//! A program that a hook kills, like `kill -9`.

use std::process::{Child, Command, ExitStatus};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

use super::http::Request;

/// The hook may run before it knows the program, and then waits.
#[derive(Clone, Default)]
pub(crate) struct Victim(Arc<(Mutex<Option<Child>>, Condvar)>);

impl Victim {
    /// A hook that kills the program, and returns when the program is dead.
    pub(crate) fn killer(&self) -> impl Fn(&Request) + Send + Sync + 'static {
        let Self(shared) = self.clone();
        move |_| {
            let (child, known) = &*shared;
            let mut child = known.wait_while(child.lock().unwrap(), |child| child.is_none()).unwrap();
            let child = child.as_mut().unwrap();
            child.kill().unwrap();
            child.wait().unwrap();
        }
    }

    /// Runs the program until it ends or is killed.
    pub(crate) fn run(&self, command: &mut Command) -> ExitStatus {
        let (child, known) = &*self.0;
        *child.lock().unwrap() = Some(command.spawn().unwrap());
        known.notify_all();
        loop {
            // The lock is not held while waiting, since the hook needs it.
            if let Some(status) = child.lock().unwrap().as_mut().unwrap().try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
    }
}
