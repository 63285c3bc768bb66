# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of directrix, ldirectord, keepalived and genhash for bash 4 or newer. Nothing else is needed.

# Puts the words that begin with what is typed into COMPREPLY.
_directrix_offer() {
    local current=$1 word
    shift
    for word in "$@"; do
        if [[ $word == "$current"* ]]; then COMPREPLY+=("$word"); fi
    done
}

_directrix_offer_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_directrix() {
    local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-} subcommand='' word options=()
    local subcommands=(check show convert rules plan run vrrp help)
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then
            subcommand=$word
            break
        fi
    done
    case $previous in
    --kernel)
        _directrix_offer "$current" netlink simulated
        return
        ;;
    --language | --to)
        _directrix_offer "$current" ldirectord keepalived
        return
        ;;
    --pidfile)
        _directrix_offer_files "$current"
        return
        ;;
    esac
    case $subcommand in
    '')
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --help --version
        else
            _directrix_offer "$current" "${subcommands[@]}"
        fi
        return
        ;;
    help)
        _directrix_offer "$current" check show convert rules plan run vrrp
        return
        ;;
    check) options=(--json --strict --lenient --language --strict-compat --config-id --all-config --help) ;;
    show) options=(--json --hide-secrets --lenient --language --strict-compat --config-id --all-config --help) ;;
    convert) options=(--to --lenient --language --strict-compat --config-id --all-config --help) ;;
    rules) options=(--lenient --language --strict-compat --config-id --all-config --help) ;;
    plan) options=(--kernel --lenient --language --strict-compat --config-id --all-config --help) ;;
    run) options=(--foreground --kernel --pidfile --runtime-directory --log-to-stderr --single --lenient --language --strict-compat --config-id --all-config --help) ;;
    esac
    if [[ $subcommand == vrrp ]]; then
        _directrix_vrrp
    elif [[ $current == -* ]]; then
        _directrix_offer "$current" "${options[@]}"
    else
        _directrix_offer_files "$current"
    fi
}

_directrix_vrrp() {
    local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-} command='' word
    local commands=(status watch yield take hold release restart) isBehind=0
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if ((isBehind)) && [[ $word != -* ]]; then
            command=$word
            break
        fi
        if [[ $word == vrrp ]]; then isBehind=1; fi
    done
    case $previous in
    --file | -f | --socket)
        _directrix_offer_files "$current"
        return
        ;;
    esac
    case $command in
    '')
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --json --socket --help
        else
            _directrix_offer "$current" "${commands[@]}"
        fi
        ;;
    status) _directrix_offer "$current" --json --socket --help ;;
    watch)
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --json --passwords --count --file --help
        elif [[ -d /sys/class/net ]]; then
            mapfile -t COMPREPLY < <(cd /sys/class/net && compgen -f -- "$current")
        fi
        ;;
    restart) _directrix_offer "$current" --keep --socket --help ;;
    *) if [[ $current == -* ]]; then _directrix_offer "$current" --socket --help; fi ;;
    esac
}

_ldirectord() {
    local current=${COMP_WORDS[COMP_CWORD]-} words=() word path folder
    local verbs=(start stop restart try-restart reload force-reload status)
    COMPREPLY=()
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        if [[ $word != -* ]]; then words+=("$word"); fi
    done
    case ${#words[@]} in
    0)
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --debug --help --version
            return
        elif [[ $current == */* ]]; then
            _directrix_offer_files "$current"
            return
        fi
        _directrix_offer "$current" "${verbs[@]}"
        for folder in "${_ldirectord_folders[@]}"; do
            for path in "$folder"/*.cf; do
                if [[ -f $path ]]; then _directrix_offer "$current" "${path##*/}"; fi
            done
        done
        ;;
    1)
        for word in "${verbs[@]}"; do
            if [[ ${words[0]} == "$word" ]]; then return; fi
        done
        _directrix_offer "$current" "${verbs[@]}"
        ;;
    esac
}

# Where ldirectord looks for configurations.
_ldirectord_folders=(/etc/ha.d /etc/ha.d/conf)

_keepalived() {
    local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-}
    COMPREPLY=()
    case $previous in
    -f | --use-file | -p | --pid | -c | --checkers_pid | -r | --vrrp_pid | -b | --bfd_pid | -A | --snmp-agent-socket)
        _directrix_offer_files "$current"
        ;;
    -S | --log-facility) _directrix_offer "$current" local0 local1 local2 local3 local4 local5 local6 local7 user daemon ;;
    -s | --namespace)
        local folder=/run/netns path
        for path in "$folder"/*; do
            if [[ -e $path ]]; then _directrix_offer "$current" "${path##*/}"; fi
        done
        ;;
    --signum) _directrix_offer "$current" STOP RELOAD DATA STATS STATS_CLEAR JSON ;;
    -u | --umask | -i | --config-id) ;;
    *)
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --use-file --config-id --all-config --config-test --dump-conf --check \
                --dont-release-ipvs --namespace --dont-fork --pid --checkers_pid --umask --core-dump --core-dump-pattern \
                --log-console --no-syslog --log-facility --log-file --log-detail --signum --genhash --version --help
        fi
        ;;
    esac
}

_genhash() {
    local current=${COMP_WORDS[COMP_CWORD]-} previous=${COMP_WORDS[COMP_CWORD - 1]-}
    COMPREPLY=()
    case $previous in
    -P | --protocol) _directrix_offer "$current" 1.0 1.0c 1.1 ;;
    -s | --server | -p | --port | -u | --url | -V | --use-virtualhost | -m | --fwmark | -t | --timeout) ;;
    *)
        if [[ $current == -* ]]; then
            _directrix_offer "$current" --server --port --url --use-virtualhost --use-ssl --use-sni --protocol \
                --timeout --fwmark --require-2xx --json --verbose --help
        fi
        ;;
    esac
}

complete -F _directrix directrix
complete -F _ldirectord ldirectord
complete -F _keepalived keepalived
complete -F _genhash genhash
