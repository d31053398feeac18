# What up, down, restart and pack share. Sourced, with $here set to the folder of these scripts.

export PATH="$PATH:/usr/sbin:/sbin"
first=8601
etc=/etc/dashboard
base=/opt/dashboard
try=no name='' cert='' key='' proxies='' replicas=2

say() {
    printf '%s\n' "$*"
}

fail() {
    say "$*" >&2
    exit 1
}

# Which installation is meant: the one of this machine, or with --try one below a folder.
at_trial() {
    try=yes
    base=$(mkdir -p "$1" && cd "$1" && pwd -P)
}

is_debian_with_systemd() {
    [ -d /run/systemd/system ] && command -v apt-get >/dev/null 2>&1
}

# What restart, down and pack understand beside a pack; --help shows how they are called.
read_words() {
    run=
    while [ $# -gt 0 ]; do
        case $1 in
            -h | --help) sed -n '2s/^# //p' "$0" && exit ;;
            --try) try=yes ;;
            --run) [ $# -gt 1 ] && run=$2 && shift || fail "--run needs a folder." ;;
            *) fail "$(basename "$0") does not know $1. $(sed -n '2s/^# //p' "$0")" ;;
        esac
        shift
    done
    if [ "$try" = yes ]; then at_trial "${run:-$here/../.run}"; else need_root; fi
}

need_root() {
    [ "$(id -u)" -eq 0 ] || fail "This needs root: sudo $0. To try it as you are: deploy/up --try"
    is_debian_with_systemd || fail "This needs a Debian machine with systemd. To try it without: deploy/up --try"
}

# What was asked of the last deploy/up of this machine.
remember_asked() {
    if [ "$try" = no ] && [ -f "$etc/asked" ]; then
        . "$etc/asked"
    fi
}

ports() {
    seq "$first" $((first + replicas - 1))
}

# Waits for replicas; if one does not come up, shows what it says.
wait_for() {
    for port in "$@"; do
        python "$here/ready.py" "$port" && continue
        if [ "$try" = yes ]; then tail -n 5 "$base/$port.log" >&2; else
            journalctl --no-pager --quiet -o cat -n 5 -u "dashboard@$port.service" >&2
        fi
        exit 1
    done
}

python() {
    "$base/current/.venv/bin/python" "$@"
}

# Lets a name lead to another folder, in one step.
switch() {
    ln -sfn "$2" "$1.new"
    mv -T "$1.new" "$1"
}

# Removes all but the newest three folders of a folder, and never what is in use.
keep_three() {
    in_use=$(readlink -f "$2")
    ls -1t "$1" | tail -n +4 | while IFS= read -r old; do
        [ "$1/$old" = "$in_use" ] || rm -rf "${1:?}/$old"
    done
}

is_tried() {
    [ -f "$base/supervisor.pid" ] && kill -0 "$(cat "$base/supervisor.pid")" 2>/dev/null
}
