#!/usr/bin/env bash
# Sees to it that what Python cannot install is there. Each argument is KIND:NAME=PACKAGE:
#
#   lib:libpango-1.0.so.0=libpango-1.0-0   a shared library
#   cmd:pdftotext=poppler-utils            a program on the PATH
#   module:ensurepip=python3-venv          a module that comes with Python
#
# PACKAGE is its name in Debian. What is missing is installed with apt-get, as root or by a sudo
# that asks nothing; elsewhere the command to type is printed, and the exit status is 1.
set -euo pipefail

PYTHON=${PYTHON:-python3}
PATH=$PATH:/usr/sbin:/sbin

has_library() {
    ldconfig -p 2>/dev/null | grep -F "$1 " >/dev/null && return
    local name=${1#lib}
    "$PYTHON" -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library(sys.argv[1]))' \
        "${name%%.so*}"
}

is_there() {
    case $1 in
        lib) has_library "$2" ;;
        cmd) command -v "$2" >/dev/null ;;
        module) "$PYTHON" -c "import $2" 2>/dev/null ;;
        *) echo "$0: unknown kind: $1" >&2; exit 2 ;;
    esac
}

# Sets `names` and `packages` to what is missing among the arguments.
look_for() {
    names=() packages=()
    local need kind name
    for need in "$@"; do
        kind=${need%%:*} name=${need#*:} name=${name%%=*}
        if ! is_there "$kind" "$name"; then
            names+=("$name")
            packages+=("${need##*=}")
        fi
    done
}

homebrew_name() {
    case $1 in
        default-jre-headless) echo openjdk ;;
        faketime) echo libfaketime ;;
        libfontconfig1) echo fontconfig ;;
        libharfbuzz-subset0) echo harfbuzz ;;
        libpango*) echo pango ;;
        nodejs | npm) echo node ;;
        poppler-utils) echo poppler ;;
        python3-venv) echo python ;;
        ruby-asciidoctor-pdf) echo asciidoctor ;;
        *) echo "$1" ;;
    esac
}

say_what_to_type() {
    echo "Missing: ${names[*]}. To install:" >&2
    if command -v brew >/dev/null; then
        echo "    brew install $(for p in "${packages[@]}"; do homebrew_name "$p"; done | sort -u | xargs)" >&2
    elif command -v apt-get >/dev/null; then
        echo "    sudo apt-get install --yes --no-install-recommends ${packages[*]}" >&2
    else
        echo "    the packages that Debian calls ${packages[*]}" >&2
    fi
}

apt() {
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq -o DPkg::Lock::Timeout=120 "$@" >/dev/null
}

# The lists of a fresh machine may be empty or out of date: they are fetched when that shows.
install_packages() {
    echo "Installing ${packages[*]} (for ${names[*]})"
    apt install --yes --no-install-recommends "${packages[@]}" 2>/dev/null && return
    apt update && apt install --yes --no-install-recommends "${packages[@]}"
}

may_install() {
    command -v apt-get >/dev/null || return 1
    as_root=()
    [ "$(id -u)" -eq 0 ] && return
    as_root=(sudo -n)
    command -v sudo >/dev/null && sudo -n true 2>/dev/null
}

look_for "$@"
[ ${#packages[@]} -eq 0 ] && exit
if may_install; then
    install_packages || true
    look_for "$@"
    [ ${#packages[@]} -eq 0 ] && exit
fi
say_what_to_type
exit 1
