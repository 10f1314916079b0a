//! PostgreSQL servers of a test's own: Debian's programs, a temporary folder, a Unix socket in it. They
//! stop with whoever started them, however that ends.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// Where the server's programs are, by the version that Debian and others give out.
const PROGRAMS: [&str; 5] = [
    "/usr/lib/postgresql/17/bin",
    "/usr/lib/postgresql/16/bin",
    "/usr/lib/postgresql/15/bin",
    "/usr/lib/postgresql/14/bin",
    "/usr/pgsql/bin",
];

/// Runs a server until its input ends or says how to stop, and takes its folder away. `kill`: as a
/// power cut would.
const KEEPER: &str = r#"
"$@" -w -t 120 start >start.out 2>&1 || { cat start.out log >&2; exit 1; }
pid=$(head -n 1 data/postmaster.pid)
echo ready
read -r how
if [ "$how" = kill ]; then
  all="$pid $(cat /proc/"$pid"/task/*/children)"
  kill -KILL $all
else
  "$@" -m immediate stop >stop.out 2>&1
fi
while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
cd / && rm -rf -- "$FOLDER"
echo over
"#;

/// A running server.
pub(crate) struct Cluster {
    programs: PathBuf,
    folder: tempfile::TempDir,
    keeper: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    databases: AtomicU32,
}

impl Cluster {
    /// A new server with these settings; none, said, where PostgreSQL isn't installed.
    pub(crate) fn start(settings: &[&str]) -> Option<Self> {
        let found = PROGRAMS
            .iter()
            .map(Path::new)
            .find(|path| path.join("initdb").exists());
        let Some(programs) = found else {
            println!("skipped: PostgreSQL is not installed on this machine");
            assert!(
                std::env::var_os("CI").is_none(),
                "a build server must have it"
            );
            return None;
        };
        let folder = folder();
        let mut make = as_server(&programs.join("initdb"));
        make.current_dir(folder.path());
        make.args([
            "-D",
            "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]);
        make.arg("--locale=C");
        run(&mut make);
        Some(Self::over(programs.to_owned(), folder, settings))
    }

    /// Starts a server over what lies in the folder.
    fn over(programs: PathBuf, folder: tempfile::TempDir, settings: &[&str]) -> Self {
        let mut more = format!("\n{}\nlisten_addresses = ''\n", settings.join("\n"));
        more.push_str("max_connections = 200\nunix_socket_directories = '");
        more.push_str(&folder.path().display().to_string());
        more.push_str("'\n");
        let path = folder.path().join("data/postgresql.conf");
        let mut conf = std::fs::OpenOptions::new().append(true).open(path).unwrap();
        conf.write_all(more.as_bytes()).unwrap();
        let ctl = as_server(&programs.join("pg_ctl"));
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(ctl.get_program())
            .args(ctl.get_args());
        keeper
            .args(["-D", "data", "-l", "log"])
            .current_dir(folder.path());
        keeper.env("FOLDER", folder.path());
        keeper.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut keeper = keeper.spawn().unwrap();
        let mut cluster = Self {
            input: keeper.stdin.take(),
            output: BufReader::new(keeper.stdout.take().unwrap()),
            programs,
            folder,
            keeper,
            databases: AtomicU32::new(0),
        };
        cluster.wait_for("ready");
        cluster
    }

    fn wait_for(&mut self, word: &str) {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), word, "the server's keeper");
    }

    /// The folder of the socket, as it stands in an address.
    fn host(&self) -> String {
        self.folder.path().display().to_string().replace('/', "%2F")
    }

    /// The address of a database.
    pub(crate) fn address(&self, database: &str) -> String {
        format!("postgres://postgres@{}/{database}", self.host())
    }

    /// The address of a database that is on one of two servers.
    pub(crate) fn address_of_both(&self, other: &Self, database: &str) -> String {
        format!(
            "postgres://postgres@{},{}/{database}",
            self.host(),
            other.host()
        )
    }

    /// Makes another database; its name.
    pub(crate) fn make_database(&self) -> String {
        let name = format!("hub{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        name
    }

    /// Takes a database away, whoever uses it.
    pub(crate) fn drop_database(&self, name: &str) {
        self.sql("postgres", &format!("DROP DATABASE {name} WITH (FORCE)"));
    }

    /// Writes a database into a file, as it stands at this moment.
    pub(crate) fn dump(&self, database: &str, file: &Path) {
        let mut dump = self.client("pg_dump");
        dump.args(["-d", database, "-F", "custom", "-f"]).arg(file);
        run(&mut dump);
    }

    /// Makes a database again as it stood when it was written into a file.
    pub(crate) fn bring_back(&self, database: &str, file: &Path) {
        self.sql("postgres", &format!("CREATE DATABASE {database}"));
        let mut restore = self.client("pg_restore");
        restore.args(["-d", database, "--exit-on-error"]).arg(file);
        run(&mut restore);
    }

    /// What a statement answers, as plain text.
    pub(crate) fn sql(&self, database: &str, statement: &str) -> String {
        let mut psql = self.client("psql");
        psql.args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]);
        psql.args(["-d", database, "-c", statement]);
        run(&mut psql)
    }

    /// A program that speaks to the server.
    fn client(&self, program: &str) -> Command {
        let mut client = Command::new(self.programs.join(program));
        client
            .args(["-U", "postgres", "-h"])
            .arg(self.folder.path());
        client
    }

    /// A standby of this server that it waits for at each commit.
    pub(crate) fn synchronous_standby(&self) -> Self {
        let folder = folder();
        let mut copy = as_server(&self.programs.join("pg_basebackup"));
        copy.current_dir(folder.path());
        copy.arg("-h").arg(self.folder.path());
        copy.args([
            "-U",
            "postgres",
            "-D",
            "data",
            "-X",
            "stream",
            "-R",
            "--no-sync",
        ]);
        copy.arg("--checkpoint=fast");
        run(&mut copy);
        let named = folder.path().join("data/postgresql.auto.conf");
        let mut conf = std::fs::OpenOptions::new()
            .append(true)
            .open(named)
            .unwrap();
        let host = self.folder.path().display();
        let from =
            format!("primary_conninfo = 'host={host} user=postgres application_name=standby'\n");
        conf.write_all(from.as_bytes()).unwrap();
        let standby = Self::over(self.programs.clone(), folder, &[]);
        self.sql(
            "postgres",
            "ALTER SYSTEM SET synchronous_standby_names = 'standby'",
        );
        self.sql("postgres", "SELECT pg_reload_conf()");
        let in_step = "DO $$ BEGIN FOR n IN 1..1200 LOOP
            PERFORM 1 FROM pg_stat_replication WHERE sync_state = 'sync';
            IF FOUND THEN RETURN; END IF;
            PERFORM pg_sleep(0.05); PERFORM pg_stat_clear_snapshot();
            END LOOP; RAISE EXCEPTION 'the standby is not in step'; END $$";
        self.sql("postgres", in_step);
        standby
    }

    /// Makes a standby the primary.
    pub(crate) fn promote(&self) {
        self.sql("postgres", "SELECT pg_promote(true, 60)");
    }

    /// Stops the server as a power cut would.
    pub(crate) fn kill(&mut self) {
        let mut input = self.input.take().unwrap();
        input.write_all(b"kill\n").unwrap();
        drop(input);
        self.wait_for("over");
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.input.take());
        let _over = self.keeper.wait();
    }
}

/// A folder that the server may use.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::Builder::new().prefix("pg").tempdir().unwrap();
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(folder.path()));
    }
    folder
}

/// One of the server's programs: they refuse to run as root.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args([
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            "--",
        ])
        .arg(program);
    command
}

fn is_root() -> bool {
    let said = Command::new("id").arg("-u").output().unwrap();
    said.stdout.trim_ascii() == b"0"
}

fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
