#!/bin/sh
# Make a virtual environment in folder $1 with the first Python 3.11 to 3.13 that really runs (a
# name on the PATH may be a shim without a Python behind it). PYTHON=… names the one to take.
# On Debian and Ubuntu, root needs nothing prepared: what is missing is installed.
set -eu

fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'

first() { # the first candidate that passes the check $1
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        if "$candidate" -c "$1" >/dev/null 2>&1; then echo "$candidate" && return; fi
    done
    return 1
}

whole="import ensurepip; $fits" # Debian parts ensurepip from Python
if ! python=$(first "$whole"); then
    if [ -z "${PYTHON:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        packages="python3 python3-venv"
        if python=$(first "$fits"); then
            packages=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        fi
        export DEBIAN_FRONTEND=noninteractive
        apt-get update && apt-get install -y --no-install-recommends $packages
    fi
    python=$(first "$whole") || {
        echo "no Python 3.11 to 3.13 with venv and ensurepip runs here; install one, or name it: make PYTHON=…" >&2
        exit 1
    }
fi
echo "making $1 with $("$python" --version)"
"$python" -m venv --clear "$1"
