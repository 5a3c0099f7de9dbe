//! A listening socket with a thread for each connection. When it is dropped, all its connections end.

use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Whether the listener is being dropped. Every thread that waits checks this.
#[derive(Clone, Default)]
pub(crate) struct Stop(Arc<AtomicBool>);

impl Stop {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits this long, or until the listener is dropped.
    pub(crate) fn sleep(&self, duration: Duration) {
        let start = Instant::now();
        while let Some(left) = duration.checked_sub(start.elapsed()).filter(|left| !left.is_zero() && !self.is_set()) {
            std::thread::sleep(left.min(Duration::from_millis(5)));
        }
    }
}

pub(crate) struct Listener {
    address: SocketAddr,
    stop: Stop,
    accepted: Arc<AtomicUsize>,
    streams: Arc<Mutex<Vec<Weak<TcpStream>>>>,
    acceptor: Option<JoinHandle<()>>,
}

impl Listener {
    /// Listens on a free port of 127.0.0.1. Each connection gets a thread, which calls `serve` with the connection and
    /// its number, from 1.
    pub(crate) fn start(serve: impl Fn(Arc<TcpStream>, usize, Stop) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, accepted, streams) = (Stop::default(), Arc::new(AtomicUsize::new(0)), Arc::default());
        let acceptor = {
            let (stop, accepted, streams, serve) =
                (stop.clone(), Arc::clone(&accepted), Arc::clone(&streams), Arc::new(serve));
            std::thread::spawn(move || accept(&listener, &stop, &accepted, &streams, &serve))
        };
        Self { address, stop, accepted, streams, acceptor: Some(acceptor) }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The number of accepted TCP connections.
    pub(crate) fn connections(&self) -> usize {
        self.accepted.load(Ordering::SeqCst)
    }
}

fn accept<F: Fn(Arc<TcpStream>, usize, Stop) + Send + Sync + 'static>(
    listener: &TcpListener,
    stop: &Stop,
    accepted: &AtomicUsize,
    streams: &Mutex<Vec<Weak<TcpStream>>>,
    serve: &Arc<F>,
) {
    let mut threads: Vec<JoinHandle<()>> = Vec::new();
    while let Ok((stream, _)) = listener.accept() {
        let _ = stream.set_nodelay(true);
        let stream = Arc::new(stream);
        let mut streams = streams.lock().unwrap();
        streams.retain(|stream| stream.strong_count() > 0);
        streams.push(Arc::downgrade(&stream));
        drop(streams);
        // This is checked only here, after the connection was registered, so that a thread that stops the listener
        // either finds the connection or is noticed here.
        if stop.is_set() {
            break;
        }
        let number = accepted.fetch_add(1, Ordering::SeqCst) + 1;
        let (serve, stop) = (Arc::clone(serve), stop.clone());
        threads.retain(|thread| !thread.is_finished());
        threads.push(std::thread::spawn(move || serve(stream, number, stop)));
    }
    for thread in threads {
        let _ = thread.join();
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.stop.0.store(true, Ordering::SeqCst);
        for stream in self.streams.lock().unwrap().iter().filter_map(Weak::upgrade) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Connecting wakes the thread that accepts connections.
        drop(TcpStream::connect(self.address));
        let _ = self.acceptor.take().map(JoinHandle::join);
    }
}
