//! Starting at a port, and getting rid of the server again.

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use jwt_workbench::lab::Minter;

use super::client::log_in;
use super::*;

/// Long enough for a loaded machine, far shorter than what would be waited for if stopping did not work.
const SOON: Duration = Duration::from_secs(4);

#[test]
fn a_port_in_use_is_named() {
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = other.local_addr().unwrap().port();
    let problem = lab::start(inputs(CLAIMS), &Plan::default(), port).unwrap_err();
    assert_eq!(problem.code, "lab-port-in-use");
    assert!(problem.message.contains(&format!("Port {port} is in use")), "{}", problem.message);
    assert!(problem.help.contains("port 0"), "{}", problem.help);
}

#[test]
fn it_listens_on_loopback_only() {
    let server = start(&Plan::default());
    assert_eq!(server.handle().address().ip(), Ipv4Addr::LOCALHOST);
    // The whole of 127.0.0.0/8 is loopback on Linux: were it bound to every address, this one would answer too.
    let elsewhere = SocketAddr::from(([127, 0, 0, 2], server.handle().address().port()));
    assert!(TcpStream::connect_timeout(&elsewhere, Duration::from_millis(500)).is_err());
}

#[test]
fn a_public_key_is_refused_before_anything_listens() {
    let key = Key::generate(Algorithm::ES256.key_kind(), None).unwrap();
    let inputs = LoginInputs { algorithm: Algorithm::ES256, key: Arc::new(key.public().unwrap()), ..inputs(CLAIMS) };
    assert_eq!(lab::start(inputs, &Plan::default(), 0).unwrap_err().code, "key-public");
}

/// A server whose logins take 200 ms, with connections open and logins running on the loop and off it.
#[test]
fn stopping_frees_the_port_at_once_whatever_is_going_on() {
    for loop_threads in [1, 3] {
        let plan = Plan { loop_threads, ..Plan::default() };
        let slow = |minter: &Minter, payload| {
            thread::sleep(Duration::from_millis(200));
            minter.mint(payload)
        };
        let server = Server::with_work(inputs(CLAIMS), &plan, 0, slow).unwrap();
        let address = server.handle().address();
        let mut idle = TcpStream::connect(address).unwrap();
        write!(idle, "GET /ping HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        assert!(idle.read(&mut [0; 1_024]).unwrap() > 0);
        let login = |minting: &str| {
            let mut busy = TcpStream::connect(address).unwrap();
            write!(busy, "POST /login?minting={minting} HTTP/1.1\r\nHost: {address}\r\nContent-Length: 0\r\n\r\n")
                .unwrap();
            busy
        };
        // A hundred of them would take 20 s.
        let _busy: Vec<TcpStream> = (0..50).flat_map(|_| [login("off-loop"), login("on-loop")]).collect();
        thread::sleep(Duration::from_millis(50));
        let began = Instant::now();
        let handle = server.handle().clone();
        drop(server);
        assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
        let again = lab::start(inputs(CLAIMS), &plan, address.port()).expect("the port is free");
        assert_eq!(log_in(again.handle().address(), "/login").status, 200);
        assert_eq!(idle.read(&mut [0; 1_024]).ok().unwrap_or(0), 0, "the open connection was closed");
        drop(again);
        let wait = Instant::now();
        while handle.is_serving() && wait.elapsed() < SOON {
            thread::sleep(Duration::from_millis(5));
        }
        assert!(!handle.is_serving());
        assert_eq!(lab::measure(&handle, &endless(), &mut |_, _| true).unwrap_err().code, "lab-unreachable");
    }
}

/// Minutes, if it is not ended.
fn endless() -> Measurement {
    Measurement { plan: Plan { seconds: 600, ..Plan::default() }, others: Vec::new() }
}

#[test]
fn a_measurement_ends_when_the_server_does_and_counts_the_errors() {
    let server = start(&Plan::default());
    let handle = server.handle().clone();
    let (sender, receiver) = mpsc::channel::<()>();
    let measuring = thread::Builder::new().name("measuring".to_owned()).spawn(move || {
        let mut told = Some(sender);
        lab::measure(&handle, &endless(), &mut |measured, _share| {
            if measured().report.rows.first().is_some_and(|row| row.answered > 5) {
                told.take();
            }
            true
        })
    });
    assert!(receiver.recv().is_err(), "some logins were answered");
    let began = Instant::now();
    drop(server);
    let measured = measuring.unwrap().join().unwrap().unwrap();
    assert!(began.elapsed() < SOON, "{:?}", began.elapsed());
    let row = &measured.report.rows[0];
    assert!(row.answered > 5 && row.errors > 0, "{row:?}");
    assert!(measured.trace.exchanges.iter().any(|exchange| exchange.failure.is_some()));
    assert_eq!(measured.report.rows.len(), 1, "what follows is not measured");
}

#[test]
fn calling_off_returns_soon_with_what_there_is() {
    let server = start(&Plan::default());
    let began = Instant::now();
    let mut last = 0.0;
    let measured = lab::measure(server.handle(), &endless(), &mut |measured, share| {
        assert!((last..=1.0).contains(&share), "{last} {share}");
        last = share;
        measured().report.rows.first().is_none_or(|row| row.answered < 10)
    });
    let measured = measured.unwrap();
    assert!(began.elapsed() < 2 * SOON, "{:?}", began.elapsed());
    let row = &measured.report.rows[0];
    assert!(row.answered >= 10 && row.errors == 0, "{row:?}");
    assert!(row.ruling.is_none(), "no verdict on half a measurement");
    assert!(measured.report.idle.is_some());
    assert_eq!(log_in(server.handle().address(), "/login").status, 200, "the server goes on");
}

#[test]
fn another_server_has_to_be_on_this_machine() {
    let server = start(&Plan::default());
    let others = vec![lab::OtherServer { name: "x".to_owned(), address: SocketAddr::from(([192, 0, 2, 1], 80)) }];
    let measurement = Measurement { plan: Plan::default(), others };
    let problem = lab::measure(server.handle(), &measurement, &mut |_, _| true).unwrap_err();
    assert_eq!(problem.code, "lab-not-loopback");
}
