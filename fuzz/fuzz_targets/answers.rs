//! Any bytes as the answer of a portal on this machine: the first byte chooses the status, and whether all requests get it.
#![no_main]

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;

use libfuzzer_sys::fuzz_target;
use seatline_fuzz::{ask, name};

const SECRET: &str = "tok-5ecret-0123456789";

/// The answer of the portal.
#[derive(Clone, Default)]
struct Said {
    status: u16,
    body: Vec<u8>,
}

struct Portal {
    url: String,
    said: Arc<Mutex<Said>>,
}

fn portal() -> &'static Portal {
    static PORTAL: OnceLock<Portal> = OnceLock::new();
    PORTAL.get_or_init(|| {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port of this machine");
        let url = format!("http://{}/portal", listener.local_addr().expect("its address"));
        let said = Arc::new(Mutex::new(Said::default()));
        let answer = Arc::clone(&said);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let answer = answer.lock().expect("nobody panics").clone();
                // A request that is read to the end of its head is answered; its body is small, and in the same packet.
                let mut request = [0; 16 << 10];
                let _ = stream.read(&mut request);
                let head = format!(
                    "HTTP/1.1 {} X\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    answer.status,
                    answer.body.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&answer.body));
            }
        });
        Portal { url, said }
    })
}

fuzz_target!(|data: &[u8]| {
    let Some((choice, body)) = data.split_first() else { return };
    let status = [200, 200, 200, 400, 401, 403, 404, 500][usize::from(*choice) % 8];
    let portal = portal();
    *portal.said.lock().expect("nobody panics") = Said { status, body: body.to_vec() };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (out, token) = (folder.path().join("out"), folder.path().join("token"));
    std::fs::write(&token, SECRET).expect("a file in it");
    let url = portal.url.as_str();
    let (token, out) = (name(&token), name(&out));
    let said = ask(&["fetch", "--url", url, "--token-file", token, "--out-dir", out, "--timeout", "5", "--retries", "0"], b"");
    let holds = |bytes: &[u8]| bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes());
    assert!(!holds(&said.stdout) && !holds(&said.stderr), "the token is shown");
});
