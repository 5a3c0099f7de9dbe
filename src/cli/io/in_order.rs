//! Work shared among threads, and its results in the order of the work.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// How many results of one piece of work wait for those before it.
const WAITING: usize = 8;

/// Gives every piece of work to `make`, and every result that `make` sends to `take`: those of one piece in the order in which
/// they were sent, the pieces in the order of the work. `take` runs in this thread, the work is looked for in another, and
/// `make` runs in as many as there are processors. No more is held than a few results of as many pieces.
pub(crate) fn in_order<W: Send, R: Send>(
    work: impl Iterator<Item = W> + Send,
    make: impl Fn(W, &mut dyn FnMut(R)) + Sync,
    take: impl FnMut(R),
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (queue, jobs) = sync_channel::<(W, SyncSender<R>)>(threads);
    let (jobs, make) = (&Mutex::new(jobs), &make);
    thread::scope(|scope| {
        let (turns, in_turn) = sync_channel::<Receiver<R>>(threads * 2);
        scope.spawn(move || {
            for piece in work {
                let (results, receiver) = sync_channel(WAITING);
                // Where nobody takes results any more, no more work is needed.
                if turns.send(receiver).is_err() || queue.send((piece, results)).is_err() {
                    break;
                }
            }
        });
        for _ in 0..threads {
            scope.spawn(move || {
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((piece, results)) = job else { break };
                    make(piece, &mut |result| drop(results.send(result)));
                }
            });
        }
        in_turn.into_iter().flatten().for_each(take);
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let mut taken = Vec::new();
        let make = |piece: u64, send: &mut dyn FnMut(u64)| {
            // Those that come first take longest.
            thread::sleep(Duration::from_millis(if piece.is_multiple_of(7) { 3 } else { 0 }));
            (0..piece % 30).for_each(|part| send(piece * 100 + part));
        };
        in_order(0..200, make, |result| taken.push(result));
        let expected: Vec<u64> =
            (0..200).flat_map(|piece| (0..piece % 30).map(move |part| piece * 100 + part)).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn a_result_does_not_wait_for_later_work() {
        let (give, work) = sync_channel(0);
        let giver = thread::spawn(move || (0..3).for_each(|piece| give.send(piece).unwrap()));
        let mut taken = Vec::new();
        in_order(work.into_iter(), |piece: usize, send: &mut dyn FnMut(usize)| send(piece), |piece| taken.push(piece));
        giver.join().unwrap();
        assert_eq!(taken, [0, 1, 2]);
    }
}
