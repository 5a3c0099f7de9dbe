//! Shares work among threads, and gives the results in the order of the work.

use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The most results of a piece of work that wait for those before it.
const WAITING: usize = 8;

/// After this time without a result, `take` learns that there is none at present.
const MOMENT: Duration = Duration::from_millis(20);

/// Calls `make` with every piece of work, and `take` with every result that `make` sends. Pieces come in the order of the work,
/// and the results of one piece in the order in which they were sent. `None` means that the next result is not there yet. `take`
/// runs in this thread, the work is iterated in another, and `make` runs in as many threads as there are processors. At most a
/// few results of as many pieces are held.
pub(crate) fn in_order<W: Send, R: Send>(
    work: impl Iterator<Item = W> + Send,
    make: impl Fn(W, &mut dyn FnMut(R)) + Sync,
    mut take: impl FnMut(Option<R>),
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let (queue, jobs) = sync_channel::<(W, SyncSender<R>)>(threads);
    let (jobs, make) = (&Mutex::new(jobs), &make);
    thread::scope(|scope| {
        let (turns, in_turn) = sync_channel::<Receiver<R>>(threads * 2);
        scope.spawn(move || {
            for piece in work {
                let (results, receiver) = sync_channel(WAITING);
                // Where results are not taken any more, no more work is needed.
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
        while let Some(results) = next(&in_turn, || take(None)) {
            while let Some(result) = next(&results, || take(None)) {
                take(Some(result));
            }
        }
    });
}

/// Receives the next result. `wait` is called once before a longer wait.
fn next<T>(from: &Receiver<T>, wait: impl FnOnce()) -> Option<T> {
    match from.recv_timeout(MOMENT) {
        Err(RecvTimeoutError::Timeout) => {
            wait();
            from.recv().ok()
        }
        received => received.ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let mut taken = Vec::new();
        let make = |piece: u64, send: &mut dyn FnMut(u64)| {
            // The first of each group takes longest.
            thread::sleep(Duration::from_millis(if piece.is_multiple_of(7) { 3 } else { 0 }));
            (0..piece % 30).for_each(|part| send(piece * 100 + part));
        };
        in_order(0..200, make, |result| taken.extend(result));
        let expected: Vec<u64> =
            (0..200).flat_map(|piece| (0..piece % 30).map(move |part| piece * 100 + part)).collect();
        assert_eq!(taken, expected);
    }

    #[test]
    fn a_result_does_not_wait_for_later_work() {
        let (give, work) = sync_channel(0);
        let giver = thread::spawn(move || (0..3).for_each(|piece| give.send(piece).unwrap()));
        let mut taken = Vec::new();
        let make = |piece: usize, send: &mut dyn FnMut(usize)| send(piece);
        in_order(work.into_iter(), make, |piece| taken.extend(piece));
        giver.join().unwrap();
        assert_eq!(taken, [0, 1, 2]);
    }

    #[test]
    fn who_waits_is_told() {
        let (give, work) = sync_channel(1);
        give.send(0).unwrap();
        let mut give = Some(give);
        let mut taken = Vec::new();
        let make = |piece: usize, send: &mut dyn FnMut(usize)| send(piece);
        in_order(work.into_iter(), make, |piece| {
            taken.push(piece);
            // The second piece comes only after the first was taken.
            match piece {
                None if taken.contains(&Some(0)) => give.take().into_iter().for_each(|give| give.send(1).unwrap()),
                _ => {}
            }
        });
        taken.retain(Option::is_some);
        assert_eq!(taken, [Some(0), Some(1)]);
    }
}
