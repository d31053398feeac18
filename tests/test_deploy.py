"""What deploy/ gives to other programs is what they understand: nginx, systemd, the shell, Kubernetes, containers."""

import ast
import os
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import kubernetes_validate
import pytest
import yaml

from cluster_data.serving.settings import Settings, settings_of

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SBIN = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])
SCRIPTS = [file for file in sorted(DEPLOY.iterdir()) if file.is_file() and file.read_text().startswith("#!/bin/sh")]
MANIFESTS = [file for file in sorted((DEPLOY / "kubernetes").glob("*.yaml")) if file.stem != "kustomization"]
UNITS = sorted((DEPLOY / "systemd").iterdir())
NOT_OURS = {"FORWARDED_ALLOW_IPS", "STREAMLIT_SERVER_COOKIE_SECRET", "CLUSTER_DATA"}


def needs(name):
    """Skips where a program is missing."""
    found = shutil.which(name, path=SBIN)
    return pytest.mark.skipif(not found, reason=f"{name} is not on this machine")


def known(names):
    """Those of some variables that no setting reads."""
    ours = {one.metadata["variable"] for one in fields(Settings)}
    return {name for name in names if name.startswith(("CLUSTER_", "FORWARDED", "STREAMLIT"))} - ours - NOT_OURS


# ---- nginx ----------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path):
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-subj", "/CN=test", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    subprocess.run(command, check=True, capture_output=True)
    return ["--cert", tmp_path / "cert.pem", "--key", tmp_path / "key.pem", "--run", tmp_path]


def render(*words):
    return subprocess.run([sys.executable, DEPLOY / "proxy.py", *words], capture_output=True, text=True)


@needs("nginx")
@needs("openssl")
@pytest.mark.parametrize(
    "more", [[], ["--proxy", "10.0.0.0/8", "--proxy", "fd00::1"], ["--https", "8443", "--http", "8080"]]
)
def test_nginx_takes_the_configuration(certificate, tmp_path, more):
    replicas = ["--replica", "127.0.0.1:8601", "--replica", "127.0.0.1:8602"]
    written = tmp_path / "nginx.conf"
    written.write_text(render(*certificate, *replicas, *more, "--log", tmp_path / "access.log").stdout)
    nginx = [shutil.which("nginx", path=SBIN), "-t", "-e", "stderr", "-c", written]
    tried = subprocess.run(nginx, capture_output=True, text=True)
    # Where the test is no root, a port below 1024 is refused by the system, after all has been understood.
    assert "syntax is ok" in tried.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--replica", "127.0.0.1:8601; }"],
        ["--replica", "127.0.0.1"],
        ["--replica", "one:1", "--proxy", "everybody"],
        ["--replica", "one:1", "--cert", "/a b"],
        [],
    ],
)
def test_what_would_break_the_configuration_is_refused_in_words(words):
    refused = render("--run", "/r", "--cert", "/c", "--key", "/k", *words)
    assert refused.returncode == 2 and not refused.stdout
    assert "Traceback" not in refused.stderr


def test_the_log_of_the_proxy_names_no_visitor():
    formats = re.findall(r"log_format[^;]+;", (DEPLOY / "nginx.conf").read_text())
    assert formats
    told = set(re.findall(r"\$\w+", "".join(formats)))
    assert not told & {"$remote_addr", "$binary_remote_addr", "$http_x_forwarded_for", "$request", "$request_uri"}
    assert not told & {"$args", "$http_cookie", "$http_user_agent", "$http_referer", "$remote_user"}


# ---- systemd and the shell ------------------------------------------------


@needs("systemd-analyze")
def test_systemd_understands_the_units(tmp_path):
    for unit in UNITS:
        shutil.copy(unit, tmp_path / unit.name.replace("@.", "@8601."))
    units = [str(unit) for unit in sorted(tmp_path.iterdir())]
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    ours = [line for line in told.stderr.splitlines() if "dashboard" in line and "is not executable" not in line]
    assert not ours


def test_the_units_set_what_the_dashboard_reads():
    text = "\n".join(unit.read_text() for unit in UNITS)
    assert not known(re.findall(r"\b[A-Z_]{6,}(?==)", text))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_a_script_is_understood_by_a_plain_shell(script):
    assert os.access(script, os.X_OK) or script.suffix == ".sh"
    subprocess.run(["sh", "-n", script], check=True)


@pytest.mark.parametrize(
    "words", [["--name", "a b"], ["--name", "x;reboot"], ["--replicas", "none"], ["--cert"], ["--what"]]
)
def test_deploy_up_refuses_what_it_does_not_understand(words):
    refused = subprocess.run([DEPLOY / "up", *words], capture_output=True, text=True)
    assert refused.returncode in (1, 2) and refused.stderr


@pytest.mark.parametrize("script", ["down", "restart", "pack"])
def test_asking_how_a_script_is_called_does_nothing_else(script):
    for words, code in ((["--help"], 0), (["--what"], 1), (["--run"], 1)):
        told = subprocess.run([DEPLOY / script, *words], capture_output=True, text=True)
        assert told.returncode == code and "FOLDER" in (told.stdout + told.stderr).upper(), told


@pytest.mark.parametrize("words", [[], [""], ["/nowhere"]])
def test_a_pack_that_is_not_named_is_not_taken_for_shown(words):
    told = subprocess.run([DEPLOY / "pack", *words], capture_output=True, text=True)
    assert told.returncode == 1 and "deploy/pack FOLDER" in told.stderr


# ---- containers and Kubernetes --------------------------------------------


def documents(file):
    return [one for one in yaml.safe_load_all(file.read_text()) if one]


@pytest.mark.parametrize("file", MANIFESTS, ids=lambda file: file.stem)
@pytest.mark.parametrize("version", ["1.29", "1.34"])
def test_a_manifest_is_what_kubernetes_takes(file, version):
    for one in documents(file):
        kubernetes_validate.validate(one, version, strict=True)


def test_the_manifests_fit_each_other():
    found = {one["kind"]: one for file in MANIFESTS for one in documents(file)}
    listed = yaml.safe_load((DEPLOY / "kubernetes" / "kustomization.yaml").read_text())["resources"]
    assert sorted(listed) == sorted(file.name for file in MANIFESTS)
    pod = found["Deployment"]["spec"]["template"]
    labels = pod["metadata"]["labels"]
    assert found["Deployment"]["spec"]["selector"]["matchLabels"] == labels
    assert found["Service"]["spec"]["selector"] == labels
    assert found["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"] == labels
    settings_of(found["ConfigMap"]["data"])
    assert not known(found["ConfigMap"]["data"])
    container = pod["spec"]["containers"][0]
    assert {container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe")} == {"/healthz"}
    assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_the_container_holds_all_that_the_app_imports_and_is_not_root():
    text = (DEPLOY / "container" / "Containerfile").read_text()
    copied = {word for line in re.findall(r"^COPY (.+)$", text, re.M) for word in line.split()[:-1]}
    assert all((ROOT / name).exists() for name in copied)
    code = [file for name in copied for file in [ROOT / name, *(ROOT / name).rglob("*.py")] if file.suffix == ".py"]
    imported = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for file in code
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    own = {path.stem for path in ROOT.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert imported & own <= {Path(name).stem for name in copied}
    assert re.search(r"^USER [1-9]\d*", text, re.M)
    assert not known(re.findall(r"\b[A-Z_]{6,}(?==)", text))


def test_compose_gives_each_replica_an_address_that_the_proxy_and_the_app_agree_on():
    services = yaml.safe_load((DEPLOY / "container" / "compose.yaml").read_text())["services"]
    proxy = services["proxy"]["networks"]["inside"]["ipv4_address"]
    replicas = [one for name, one in services.items() if name != "proxy"]
    assert len(replicas) == 2 and all(one["read_only"] for one in services.values())
    assert all(one["environment"]["FORWARDED_ALLOW_IPS"] == proxy for one in replicas)
    assert not known(name for one in replicas for name in one["environment"])
