"""Serves as systemd would, for trying: replicas and nginx below one folder; what ends is started again.

`deploy/up --try` starts it, SIGTERM or Ctrl+C ends it.
"""

import os
import pwd
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

HERE = Path(__file__).parent
AGAIN_AFTER = 1.0
STOPS_AFTER = 10.0
TICK = 0.1


@dataclass
class Kept:
    """A process that is started again when it ends."""

    name: str
    command: list[str]
    run: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    noted: int | None = None

    def look(self) -> None:
        """Start it if it does not run, not more often than once a second; note it as soon as the disk has room."""
        if (self.process is None or self.process.poll() is not None) and time.monotonic() - self.started > AGAIN_AFTER:
            self.start()
        if self.process and self.process.pid != self.noted:
            with suppress(OSError):
                self.note(self.process.pid)

    def start(self) -> None:
        """Start it in the version of the code that is the current one now."""
        code = (self.run / "current").resolve()
        command = [part.replace("CODE", str(code)) for part in self.command]
        with (self.run / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=code, env=os.environ | self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.started = time.monotonic()

    def note(self, pid: int) -> None:
        """Write down which process it is."""
        written = self.run / f"{self.name}.pid.new"
        written.write_text(f"{pid}\n")
        written.replace(self.run / f"{self.name}.pid")
        self.noted = pid


def replica(run: Path, port: str, https: str) -> Kept:
    """One replica at a port."""
    secret = (run / "secret.env").read_text().strip().partition("=")
    environment = {
        "CLUSTER_LISTEN": "127.0.0.1",
        "CLUSTER_PORT": port,
        "CLUSTER_ADDRESS": f"https://localhost:{https}",
        "CLUSTER_HOSTS": "localhost,127.0.0.1",
        "CLUSTER_DATA": str(run / "pack"),
        secret[0]: secret[2],
    }
    return Kept(port, ["CODE/.venv/bin/python", "serve.py"], run, environment)


def nginx(run: Path, ports: list[str], https: str) -> Kept:
    """The proxy before them; its HTTP is at the port below that of HTTPS."""
    user = ["--user", pwd.getpwuid(0).pw_name] if os.getuid() == 0 else []
    asked = ["--run", str(run), "--cert", str(run / "self-signed.pem"), "--key", str(run / "self-signed.key"), *user]
    asked += ["--https", https, "--http", str(int(https) - 1), "--log", str(run / "access.log")]
    asked += [word for port in ports for word in ("--replica", f"127.0.0.1:{port}")]
    written = subprocess.run([sys.executable, HERE / "proxy.py", *asked], check=True, stdout=subprocess.PIPE)
    (run / "nginx.conf").write_bytes(written.stdout)
    return Kept("proxy", ["nginx", "-e", "stderr", "-c", str(run / "nginx.conf"), "-g", "daemon off;"], run)


def stop(kept: list[Kept]) -> None:
    """End all, firmly what does not go when asked."""
    running = [one.process for one in kept if one.process and one.process.poll() is None]
    for process in running:
        process.terminate()
    end = time.monotonic() + STOPS_AFTER
    for process in running:
        try:
            process.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def asked_to_end(_number: int, _frame: FrameType | None) -> None:
    """As Ctrl+C."""
    raise KeyboardInterrupt


def main(folder: str, https: str, *ports: str) -> None:
    """Keep the replicas and the proxy running until asked to end."""
    run = Path(folder)
    signal.signal(signal.SIGTERM, asked_to_end)
    (run / "ports").write_text(" ".join(ports))
    (run / "supervisor.pid").write_text(f"{os.getpid()}\n")
    kept = [*(replica(run, port, https) for port in ports), nginx(run, list(ports), https)]
    sys.stdout.write(f"The dashboard is at https://localhost:{https}. Ctrl+C stops it. Logs are in {run}\n")
    sys.stdout.flush()
    try:
        while True:
            for one in kept:
                one.look()
            time.sleep(TICK)
    except KeyboardInterrupt:
        stop(kept)
    finally:
        (run / "supervisor.pid").unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
