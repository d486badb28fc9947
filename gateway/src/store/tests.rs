//! What every store does alike, and each after its own kind.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::sleep;

use super::{Memory, Shared, Space, Sqlite, Store};

/// Where a store is, to be opened any number of times.
pub(crate) enum Place {
    Memory(Arc<Store>),
    File(Folder),
    Server(Server),
}

/// A folder that goes with its value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("instant-card-store-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn file(&self) -> PathBuf {
        self.0.join("gateway.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Debian's Redis, which writes each change to the disk.
pub(crate) struct Server {
    process: Child,
    folder: Folder,
}

impl Server {
    async fn start(folder: Folder) -> Self {
        Self::start_with(folder, &[]).await
    }

    async fn start_with(folder: Folder, more: &[&str]) -> Self {
        let program = std::env::var_os("REDIS_SERVER").unwrap_or_else(|| "redis-server".into());
        let process = Command::new(program)
            .args(["--port", "0", "--unixsocket", "socket", "--save", "", "--appendonly", "yes"])
            .args(["--appendfsync", "always", "--dir"])
            .arg(&folder.0)
            .args(more)
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server: `cargo xtask setup --tests` installs it, or set REDIS_SERVER to its path");
        let server = Self { process, folder };
        while Shared::connect(&server.url(), None).await.is_err() {
            sleep(Duration::from_millis(20)).await;
        }
        server
    }

    fn url(&self) -> String {
        format!("unix:{}", self.folder.0.join("socket").display())
    }

    fn kill(mut self) -> Folder {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        std::mem::replace(&mut self.folder, Folder(PathBuf::from("/nowhere")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Place {
    pub(crate) async fn all() -> Vec<Self> {
        let memory = Arc::new(Store::Memory(Memory::default()));
        vec![Self::Memory(memory), Self::File(Folder::new()), Self::Server(Server::start(Folder::new()).await)]
    }

    pub(crate) async fn open(&self) -> Arc<Store> {
        match self {
            Self::Memory(store) => Arc::clone(store),
            Self::File(folder) => Arc::new(Store::Sqlite(Sqlite::open(&folder.file()).unwrap())),
            Self::Server(server) => Arc::new(Store::Shared(Shared::connect(&server.url(), None).await.unwrap())),
        }
    }
}

const DAY: Option<Duration> = Some(Duration::from_secs(24 * 60 * 60));

#[tokio::test]
async fn entries_come_and_go() {
    for place in Place::all().await {
        let store = place.open().await;
        let call = Space::Call;
        assert_eq!(store.get(call, "a").await.unwrap(), None);
        assert!(store.put_new(call, "a", b"1", DAY).await.unwrap());
        assert!(!store.put_new(call, "a", b"2", DAY).await.unwrap());
        assert_eq!(store.get(call, "a").await.unwrap().as_deref(), Some(&b"1"[..]));
        assert_eq!(store.get(Space::Card, "a").await.unwrap(), None);
        assert!(!store.swap(call, "a", b"2", b"3", DAY).await.unwrap());
        assert!(store.swap(call, "a", b"1", b"\0\xff", DAY).await.unwrap());
        assert!(!store.swap(call, "b", b"", b"3", DAY).await.unwrap());
        assert_eq!(store.get(call, "a").await.unwrap().as_deref(), Some(&b"\0\xff"[..]));
        store.put(call, "a", b"", None).await.unwrap();
        assert_eq!(store.get(call, "a").await.unwrap().as_deref(), Some(&b""[..]));
        assert!(store.remove(call, "a").await.unwrap());
        assert!(!store.remove(call, "a").await.unwrap());
        assert_eq!(store.get(call, "a").await.unwrap(), None);
    }
}

#[tokio::test]
async fn numbers_add_up() {
    for place in Place::all().await {
        let store = place.open().await;
        assert_eq!(store.add(Space::Made, "a", 2, DAY).await.unwrap(), 2);
        assert_eq!(store.add(Space::Made, "a", 3, None).await.unwrap(), 5);
        assert_eq!(store.add(Space::Made, "a", -6, None).await.unwrap(), -1);
        assert_eq!(store.get(Space::Made, "a").await.unwrap().as_deref(), Some(&b"-1"[..]));
        assert_eq!(store.add(Space::Made, "b", 1, DAY).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn entries_are_listed_by_the_beginning_of_their_keys() {
    for place in Place::all().await {
        let store = place.open().await;
        for key in ["a/2", "a/1", "a*/3", "b/1", "a", "aa/1", "[a]/1", "[a]/2", "\u{e4}/1"] {
            store.put(Space::Card, key, key.as_bytes(), DAY).await.unwrap();
        }
        store.put(Space::Device, "a/9", b"", DAY).await.unwrap();
        for (prefix, expected) in [
            ("a/", &["a/1", "a/2"][..]),
            ("a*", &["a*/3"]),
            ("[a]/", &["[a]/1", "[a]/2"]),
            ("\u{e4}", &["\u{e4}/1"]),
            ("c", &[]),
        ] {
            let listed = store.list(Space::Card, prefix).await.unwrap();
            assert!(listed.iter().all(|(key, value)| key.as_bytes() == value));
            assert_eq!(listed.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>(), expected, "{prefix} {store:?}");
        }
        assert_eq!(store.list(Space::Card, "").await.unwrap().len(), 9);
        let many: Vec<_> = (0..1200).map(|number| format!("many/{number}")).collect();
        let put = many.iter().map(|key| store.put(Space::Bucket, key, b"1", DAY));
        assert!(futures_util::future::join_all(put).await.iter().all(Result::is_ok));
        assert_eq!(store.list(Space::Bucket, "many/").await.unwrap().len(), 1200);
    }
}

#[tokio::test]
async fn entries_end() {
    for place in Place::all().await {
        let store = place.open().await;
        let soon = Some(Duration::from_millis(60));
        store.put(Space::Lease, "a", b"1", soon).await.unwrap();
        assert!(store.put_new(Space::Lease, "b", b"1", soon).await.unwrap());
        store.put(Space::Lease, "c", b"1", soon).await.unwrap();
        assert!(store.swap(Space::Lease, "c", b"1", b"2", DAY).await.unwrap());
        assert_eq!(store.add(Space::Lease, "d", 5, soon).await.unwrap(), 5);
        sleep(Duration::from_millis(20)).await;
        // Its end stays that of the first addition.
        assert_eq!(store.add(Space::Lease, "d", 5, DAY).await.unwrap(), 10);
        sleep(Duration::from_millis(80)).await;
        assert_eq!(store.get(Space::Lease, "a").await.unwrap(), None);
        assert!(!store.swap(Space::Lease, "a", b"1", b"2", DAY).await.unwrap());
        assert!(!store.remove(Space::Lease, "a").await.unwrap());
        assert!(store.put_new(Space::Lease, "b", b"1", DAY).await.unwrap());
        assert_eq!(store.add(Space::Lease, "d", 1, DAY).await.unwrap(), 1);
        let keys: Vec<_> = store.list(Space::Lease, "").await.unwrap().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["b", "c", "d"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_at_once_one_is_first() {
    for place in Place::all().await {
        // Each instance with its own connections.
        let stores = [place.open().await, place.open().await, place.open().await];
        for round in 0..20 {
            let key = format!("round {round}");
            let asks = (0..24).map(|who| {
                let (store, key) = (Arc::clone(&stores[who % 3]), key.clone());
                tokio::spawn(async move {
                    let own = who.to_string();
                    let is_first = store.put_new(Space::Call, &key, own.as_bytes(), DAY).await.unwrap();
                    store.add(Space::Made, &key, 1, DAY).await.unwrap();
                    (own, is_first)
                })
            });
            let heard = futures_util::future::join_all(asks).await;
            let first: Vec<_> = heard.into_iter().map(Result::unwrap).filter(|(_, is_first)| *is_first).collect();
            assert_eq!(first.len(), 1, "{:?}", stores[0]);
            assert_eq!(stores[1].get(Space::Call, &key).await.unwrap().unwrap(), first[0].0.as_bytes());
            assert_eq!(stores[2].get(Space::Made, &key).await.unwrap().unwrap(), b"24");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_swap_is_of_what_was_there() {
    for place in Place::all().await {
        let stores = [place.open().await, place.open().await];
        stores[0].put(Space::Call, "count", b"0", DAY).await.unwrap();
        let counts = (0..8).map(|who| {
            let store = Arc::clone(&stores[who % 2]);
            tokio::spawn(async move {
                let mut done = 0;
                while done < 10 {
                    let old = store.get(Space::Call, "count").await.unwrap().unwrap();
                    let new = (super::change::number(&old) + 1).to_string();
                    done += usize::from(store.swap(Space::Call, "count", &old, new.as_bytes(), DAY).await.unwrap());
                }
            })
        });
        for counted in futures_util::future::join_all(counts).await {
            counted.unwrap();
        }
        assert_eq!(stores[1].get(Space::Call, "count").await.unwrap().unwrap(), b"80", "{:?}", stores[0]);
    }
}

#[tokio::test]
async fn what_was_told_is_there_after_a_restart() {
    let folder = Folder::new();
    let store = Store::Sqlite(Sqlite::open(&folder.file()).unwrap());
    store.put(Space::Call, "a", b"1", DAY).await.unwrap();
    drop(store);
    let store = Store::Sqlite(Sqlite::open(&folder.file()).unwrap());
    assert_eq!(store.get(Space::Call, "a").await.unwrap().as_deref(), Some(&b"1"[..]));

    let server = Server::start(Folder::new()).await;
    let store = Store::Shared(Shared::connect(&server.url(), None).await.unwrap());
    store.put(Space::Call, "a", b"1", DAY).await.unwrap();
    let folder = server.kill();
    assert!(store.put_new(Space::Call, "b", b"1", DAY).await.is_err());
    let _server = Server::start(folder).await;
    // The same instance goes on by itself.
    assert_eq!(store.get(Space::Call, "a").await.unwrap().as_deref(), Some(&b"1"[..]));
    assert!(!store.put_new(Space::Call, "a", b"2", DAY).await.unwrap());
}

#[tokio::test]
async fn the_file_is_for_its_owner_and_of_a_known_layout() {
    let folder = Folder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::write(folder.file(), "").unwrap();
        std::fs::set_permissions(folder.file(), std::fs::Permissions::from_mode(0o644)).unwrap();
        let store = Store::Sqlite(Sqlite::open(&folder.file()).unwrap());
        store.put(Space::Call, "a", b"1", DAY).await.unwrap();
        for entry in std::fs::read_dir(&folder.0).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{entry:?}");
        }
    }
    let other = folder.0.join("other");
    let connection = rusqlite::Connection::open(&other).unwrap();
    connection.execute_batch("PRAGMA user_version = 7").unwrap();
    assert!(Sqlite::open(&other).unwrap_err().0.contains("no store of the gateway's"));
    let newer = rusqlite::Connection::open(folder.file()).unwrap();
    newer.execute_batch("PRAGMA application_id = 1229145943; PRAGMA user_version = 2").unwrap();
    assert!(Sqlite::open(&folder.file()).unwrap_err().0.contains("newer version"));
    std::fs::write(folder.0.join("text"), "this is a text, and long enough to be none of SQLite's files").unwrap();
    assert!(Sqlite::open(&folder.0.join("text")).is_err());
    assert!(Sqlite::open(&folder.0.join("none/there")).is_err());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_without_its_password() {
    for url in ["redis://user:secret@127.0.0.1:1/", "https://user:secret@example.org", "secret"] {
        let error = Shared::connect(url, None).await.unwrap_err().to_string();
        assert!(!error.contains("secret"), "{error}");
    }
}

/// A certificate that `openssl` makes in a folder, `name.pem` and `name.key`, signed as `signed` says.
fn certificate(folder: &Folder, name: &str, signed: &[&str]) {
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", &format!("/CN={name}"), "-keyout", &format!("{name}.key"), "-out", &format!("{name}.pem")])
        .args(signed)
        .current_dir(&folder.0)
        .output()
        .expect("openssl: `cargo xtask setup --tests` installs it");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
}

#[tokio::test]
async fn over_tls_a_server_is_whom_the_sites_own_authority_vouches_for() {
    let folder = Folder::new();
    certificate(&folder, "ours", &[]);
    certificate(&folder, "others", &[]);
    let alternative = "subjectAltName=DNS:localhost";
    let signed =
        ["-CA", "ours.pem", "-CAkey", "ours.key", "-addext", alternative, "-addext", "basicConstraints=CA:FALSE"];
    certificate(&folder, "server", &signed);
    let [ours, others] = ["ours.pem", "others.pem"].map(|name| folder.0.join(name));
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let tls = ["--tls-port", &port.to_string(), "--tls-cert-file", "server.pem", "--tls-key-file", "server.key"];
    let _server = Server::start_with(folder, &[&tls[..], &["--tls-auth-clients", "no"]].concat()).await;

    let url = format!("rediss://localhost:{port}/");
    let store = Store::Shared(Shared::connect(&url, Some(&ours)).await.unwrap());
    assert!(store.put_new(Space::Call, "a", b"1", DAY).await.unwrap());
    assert_eq!(store.get(Space::Call, "a").await.unwrap().as_deref(), Some(&b"1"[..]));
    let nowhere = std::path::Path::new("/nowhere/ca.pem");
    let none = [
        (url.clone(), None),
        (url.clone(), Some(others.as_path())),
        // The certificate is another host's; and looking away is no way.
        (format!("rediss://127.0.0.1:{port}/"), Some(ours.as_path())),
        (format!("rediss://localhost:{port}/#insecure"), Some(ours.as_path())),
        (url.replace("rediss", "redis"), None),
        (url.replace("rediss", "redis"), Some(ours.as_path())),
        (url, Some(nowhere)),
    ];
    let tried = none.iter().map(|(url, authority)| Shared::connect(url, *authority));
    for (way, connected) in none.iter().zip(futures_util::future::join_all(tried).await) {
        assert!(connected.is_err(), "{way:?}");
    }
}
