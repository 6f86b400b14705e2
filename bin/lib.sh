# What the commands in bin/ share: finding Python and Node, the environment, one line of progress per step.
# Sourced; `bash bin/lib.sh FUNCTION ...` runs one of its functions.
# Everything it makes stays inside the project: .venv, node_modules, app/static/{vendor,built}, var.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
VENV=$ROOT/.venv
PYTHON=$VENV/bin/python
export PATH="$VENV/bin:$PATH" PIP_DISABLE_PIP_VERSION_CHECK=1 NO_UPDATE_NOTIFIER=1
# Compiled modules stay in __pycache__: without them each process would take seconds longer to start.
unset PYTHONDONTWRITEBYTECODE
cd "$ROOT"
mkdir -p var

stop() { printf '%s\n' "$@" >&2; exit 1; }

# Run a command out of sight and print one line with the seconds it took; its output only where it failed.
step() {
    local what=$1 log began=$EPOCHREALTIME
    shift
    log=$(mktemp)
    if ! "$@" >"$log" 2>&1 </dev/null; then
        printf '  %-46s failed:\n' "$what" >&2
        tail -n 40 "$log" >&2
        rm -f "$log"
        return 1
    fi
    rm -f "$log"
    LC_ALL=C awk -v what="$what" -v a="${began/,/.}" -v b="${EPOCHREALTIME/,/.}" \
        'BEGIN { printf "  %-46s %6.1f s\n", what, b - a }'
}

# -- what the system has to have ---------------------------------------------------------------------------

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

# Install Debian's packages where we may, else say the exact command.
apt_install() {
    if ! may_install; then
        command -v apt-get >/dev/null || stop "Missing here: $*. Please install it, then run this again."
        stop "Missing here: $*. Please run this, then try again:" "  sudo apt-get install $*"
    fi
    export DEBIAN_FRONTEND=noninteractive
    step "System packages: look up" apt-get update -q
    step "System packages: $*" apt-get install -y -q --no-install-recommends "$@"
}

# The system's packages that the tests use, each by a command that tells whether it is there.
need_system_packages() {
    local without_browser=$1 missing=()
    if [ -z "$without_browser" ]; then
        command -v chromium >/dev/null || missing+=(chromium)
        command -v firefox-esr >/dev/null || missing+=(firefox-esr)
        [ -n "$(fc-list 2>/dev/null | grep -i -m1 -E 'noto|dejavu|roboto')" ] || missing+=(fontconfig fonts-noto-core fonts-dejavu-core)
        # what the receipts of the blind exam are set in
        [ -n "$(fc-list 2>/dev/null | grep -i -m1 rufscript)" ] || missing+=(fonts-b612 fonts-breip fonts-clear-sans
            fonts-courier-prime fonts-dkg-handwriting fonts-freefont-ttf fonts-inconsolata fonts-3270 fonts-liberation
            fonts-rufscript fonts-sjfonts)
    fi
    find_postgres || missing+=(postgresql)
    [ ${#missing[@]} -eq 0 ] || apt_install "${missing[@]}"
}

find_postgres() { command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; }

python_is_new() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null && python_is_new "$name"; then command -v "$name"; return; fi
    done
}

need_python() {
    if [ -x "$PYTHON" ] && python_is_new "$PYTHON"; then return; fi
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        apt_install python3 python3-venv
        python=$(find_python)
        [ -n "$python" ] || stop "This system's Python is too old. Inhand needs Python 3.11 or newer."
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        apt_install "$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    fi
    step "Python environment" "$python" -m venv --clear "$VENV"
}

node_is_new() {
    command -v node >/dev/null && command -v npm >/dev/null &&
        node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# Debian 12 and Ubuntu 24.04 carry a Node that is too old; the locked one comes as a Python package.
need_node() { node_is_new || install_block node "Node"; }

# -- the locked packages -----------------------------------------------------------------------------------

# One block of requirements.lock.
lock_block() { awk -v want="$1" '/^# == / { on = ($3 == want) } on' requirements.lock; }

# Whether a stamp says that this content was already put in place.
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# One set-up at a time in one tree; the lock ends with the process that holds it.
one_at_a_time() {
    if ! command -v flock >/dev/null; then "$@"; return; fi
    (flock 9; "$@") 9>"$VENV/.lock"
}

install_block() { one_at_a_time install_block_now "$@"; }

# Install one block of the lock, unless its stamp says that it is there.
install_block_now() {
    local block=$1 what=$2 pins hash
    pins=$(lock_block "$block")
    hash=$(printf '%s' "$pins" | sha256sum | cut -c1-32)
    stamped "$VENV/.block-$block" "$hash" && return
    printf '%s\n' "$pins" >"$VENV/block-$block.txt"
    step "$what" "$PYTHON" -m pip install --quiet --require-hashes --no-deps -r "$VENV/block-$block.txt"
    echo "$hash" >"$VENV/.block-$block"
}

# The Node packages: `run` takes what the phone gets, `test` also what checks it.
install_node() { one_at_a_time install_node_now "$@"; }

install_node_now() {
    local kind=$1 hash stamp=node_modules/.inhand omit=()
    hash=$(sha256sum package-lock.json | cut -c1-32)
    if stamped "$stamp" "$hash test" || stamped "$stamp" "$hash $kind"; then return; fi
    [ "$kind" = test ] || omit=(--omit=dev)
    step "Node packages" npm ci --ignore-scripts --no-audit --no-fund "${omit[@]}"
    echo "$hash $kind" >"$stamp"
}

check_types() {
    node node_modules/typescript/bin/tsc --project jsconfig.json || return 1
    [ ! -f app/static/sw.js ] || node node_modules/typescript/bin/tsc --project tests/house/worker.jsconfig.json
}

inhand() { "$PYTHON" -m app.commands "$@"; }

build_assets() { step "Files for the phone" "$PYTHON" -m app.core.assets_build; }

# What photos and files are sealed with here, made once and kept in var/. In production it is the host's to set and keep.
have_files_key() {
    if [ -n "${INHAND_FILES_KEYS:-}" ] || [ -n "${INHAND_PRODUCTION:-}" ]; then return; fi
    [ -s var/files.key ] || (umask 077 && "$PYTHON" -c 'import secrets; print(secrets.token_urlsafe(32))' >var/files.key)
    INHAND_FILES_KEYS=$(cat var/files.key)
    export INHAND_FILES_KEYS
}

set_up_run() {
    need_python
    install_block run "Python packages"
    need_node
    install_node run
    build_assets
    have_files_key
}

set_up_test() {
    need_python
    install_block run "Python packages"
    install_block read "Python packages: reading"
    install_block test "Python packages: tests"
    need_node
    install_node test
    build_assets
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then "$@"; fi
