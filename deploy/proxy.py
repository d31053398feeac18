"""Writes the configuration of nginx for this machine: `python3 deploy/proxy.py --help`."""

import argparse
import re
import sys
from ipaddress import ip_network
from pathlib import Path

TEMPLATE = Path(__file__).with_name("nginx.conf")
IPV6 = Path("/proc/net/if_inet6")
JOURNAL = "syslog:server=unix:/run/systemd/journal/dev-log,nohostname,tag=dashboard"


def path(text: str) -> str:
    """A path that needs no quotes in a configuration."""
    if not re.fullmatch(r"/[\w./@:+~-]*", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no full path of letters, digits and ./@:+~-_ alone")
    return text


def replica(text: str) -> str:
    """Where a replica listens."""
    if not re.fullmatch(r"[\w.-]+:\d{1,5}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no host with a port, such as 127.0.0.1:8601")
    return text


def network(text: str) -> str:
    """The address of a proxy or a network of them."""
    try:
        return str(ip_network(text))
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong


def listen(port: int, ipv6: bool) -> str:
    """How to listen at a port, whatever the machine speaks."""
    return f"[::]:{port} ipv6only=off" if ipv6 else str(port)


def trusted(proxies: list[str]) -> str:
    """Whose word is taken on the address of a visitor."""
    if not proxies:
        return ""
    lines = [*(f"set_real_ip_from {one};" for one in proxies), "real_ip_header X-Forwarded-For;"]
    return "\n".join(f"    {line}" for line in [*lines, "real_ip_recursive on;"])


def rendered(asked: argparse.Namespace) -> str:
    """The template with what was asked for."""
    ipv6 = IPV6.is_file() and bool(IPV6.read_text())
    # A replica that does not answer is passed over at once and asked again with the next request.
    servers = "\n".join(f"        server {one} max_fails=0;" for one in asked.replica)
    filled = {
        "user": f"user {asked.user};" if asked.user else "",
        "run": asked.run,
        "log": asked.log,
        "cert": asked.cert,
        "key": asked.key,
        "http": listen(asked.http, ipv6),
        "https": listen(asked.https, ipv6),
        "port": "" if asked.https == 443 else f":{asked.https}",
        "servers": servers,
        "trusted": trusted(asked.proxy),
    }
    return re.sub(r"@(\w+)@", lambda name: filled[name[1]], TEMPLATE.read_text("utf-8"))


def asked_for(words: list[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=path, required=True, help="folder for what nginx keeps while it runs")
    parser.add_argument("--cert", type=path, required=True, help="certificate with its chain")
    parser.add_argument("--key", type=path, required=True, help="its private key")
    parser.add_argument("--replica", type=replica, action="append", required=True, help="host:port, once for each")
    parser.add_argument("--proxy", type=network, action="append", default=[], help="a proxy in front of this one")
    parser.add_argument("--http", type=int, default=80, help="port of HTTP, which leads to HTTPS")
    parser.add_argument("--https", type=int, default=443, help="port of HTTPS")
    parser.add_argument("--user", default="", help="who nginx is while it serves")
    parser.add_argument("--log", type=str, default=JOURNAL, help="where requests are noted")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.stdout.write(rendered(asked_for(sys.argv[1:])))
