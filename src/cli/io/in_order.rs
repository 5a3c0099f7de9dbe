//! Shares work among threads, and gives the results in the order of the work.

use std::cell::Cell;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

/// The most results of a piece of work that wait for those before it.
const WAITING: usize = 8;

/// After this time without a result, `take` learns that there is none at present.
const MOMENT: Duration = Duration::from_millis(20);

/// How many pieces of work are being done, in all calls of [`in_order`].
static BUSY: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// Whether this thread does the work of a call of [`in_order`].
    static IS_WORKER: Cell<bool> = const { Cell::new(false) };
}

/// Calls `make` with every piece of work, and `take` with every result that `make` sends. Pieces come in the order of the work,
/// and the results of one piece in the order in which they were sent. `None` means that the next result is not there yet. `take`
/// runs in this thread, the work is iterated in another, and `make` runs in as many threads as there are processors; within the
/// work of another call, in as many as have nothing to do. At most a few results of as many pieces are held. Where the system
/// gives no more threads, this thread does all of it.
pub(crate) fn in_order<W: Send, R: Send>(
    work: impl Iterator<Item = W> + Send,
    make: impl Fn(W, &mut dyn FnMut(R)) + Sync,
    mut take: impl FnMut(Option<R>),
) {
    let (threads, is_within) = (free_threads(), IS_WORKER.get());
    let (queue, jobs) = sync_channel::<(W, SyncSender<R>)>(threads);
    let (work, jobs, make) = (&Mutex::new(work), &Mutex::new(jobs), &make);
    let is_shared = !(is_within && threads == 1)
        && thread::scope(|scope| {
            let (turns, in_turn) = sync_channel::<Receiver<R>>(threads * 2);
            let worker = || {
                IS_WORKER.set(true);
                loop {
                    let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((piece, results)) = job else { break };
                    BUSY.fetch_add(1, Ordering::Relaxed);
                    make(piece, &mut |result| drop(results.send(result)));
                    BUSY.fetch_sub(1, Ordering::Relaxed);
                }
            };
            let has_worker = (0..threads).filter(|_| Builder::new().spawn_scoped(scope, worker).is_ok()).count() > 0;
            let feeder = move || {
                for piece in &mut *work.lock().unwrap_or_else(PoisonError::into_inner) {
                    let (results, receiver) = sync_channel(WAITING);
                    // Where results are not taken any more, no more work is needed.
                    if turns.send(receiver).is_err() || queue.send((piece, results)).is_err() {
                        break;
                    }
                }
            };
            // What is not started drops its end of the queue, and so ends the workers.
            if !has_worker || Builder::new().spawn_scoped(scope, feeder).is_err() {
                return false;
            }
            while let Some(results) = next(&in_turn, || take(None)) {
                while let Some(result) = next(&results, || take(None)) {
                    take(Some(result));
                }
            }
            true
        });
    if !is_shared {
        for piece in &mut *work.lock().unwrap_or_else(PoisonError::into_inner) {
            make(piece, &mut |result| take(Some(result)));
            take(None);
        }
    }
}

/// The number of threads that may work. This thread waits meanwhile, and is no longer one of those that work.
fn free_threads() -> usize {
    let all = thread::available_parallelism().map_or(1, NonZero::get);
    match IS_WORKER.get() {
        true => (all + 1).saturating_sub(BUSY.load(Ordering::Relaxed)).max(1),
        false => all,
    }
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
    fn work_within_work_takes_no_more_threads_than_have_nothing_to_do() {
        let within = |piece: u64, send: &mut dyn FnMut(u64)| {
            let parts = (0..40).map(move |part| piece * 100 + part);
            in_order(parts, |part, send| send(part), |part| part.into_iter().for_each(&mut *send));
        };
        let mut taken = Vec::new();
        in_order(0..100, within, |part| taken.extend(part));
        let expected: Vec<u64> = (0..100).flat_map(|piece| (0..40).map(move |part| piece * 100 + part)).collect();
        assert_eq!(taken, expected);
        assert_eq!(free_threads(), thread::available_parallelism().map_or(1, NonZero::get));
        IS_WORKER.set(true);
        BUSY.fetch_add(10_000, Ordering::Relaxed);
        assert_eq!(free_threads(), 1);
        BUSY.fetch_sub(10_000, Ordering::Relaxed);
        IS_WORKER.set(false);
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
