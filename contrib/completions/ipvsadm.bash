# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Completion of ipvsadm, ipvsadm-save and ipvsadm-restore for bash 4 or newer. Nothing else is needed.

# Options with their long name, their letter and what stands for their value: the kind of value, or - for none.
_ipvsadm_options='
    --add-service A -          --edit-service E -         --delete-service D -      --clear C -
    --list L -                 --list l -                 --zero Z -                --add-server a -
    --edit-server e -          --delete-server d -        --restore R -             --save S -
    --set - -                  --start-daemon - role      --stop-daemon - role      --help h -
    --version v -
    --tcp-service t service    --udp-service u service    --sctp-service - service  --fwmark-service f service
    --ipv6 6 -                 --scheduler s scheduler    --persistent p seconds    --netmask M any
    --ops o -                  --pe - engine              --sched-flags b flags
    --real-server r server     --gatewaying g -           --ipip i -                --masquerading m -
    --weight w any             --u-threshold x any        --l-threshold y any       --tun-type - tunnel
    --tun-port - any           --tun-nocsum - -           --tun-csum - -            --tun-remcsum - -
    --numeric n -              --connection c -           --timeout - -             --daemon - -
    --stats - -                --rate - -                 --thresholds - -          --persistent-conn - -
    --tun-info - -             --sort - -                 --nosort - -              --exact X -
    --json - -
    --mcast-interface - interface                         --syncid - any            --mcast-group - any
    --mcast-port - any         --mcast-ttl - any          --sync-maxlen - any
    --netns - namespace        --explain - -'

_ipvsadm_save_options='
    --numeric n -   --all - -   --output o file   --netns - namespace   --explain - -   --help h -'

_ipvsadm_restore_options='
    --plan - -   --check - -   --numeric n -   --netns - namespace   --explain - -   --help h -'

# Puts the words up to the cursor into `words` as the program will see them, for bash has also parted them at : and =.
_ipvsadm_read_words() {
    local index word rest=${COMP_LINE-} start=0 blanks
    words=("${COMP_WORDS[@]:0:COMP_CWORD+1}")
    if [[ ! $rest ]]; then return; fi
    words=()
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word=${COMP_WORDS[index]-}
        blanks=${rest%%[![:space:]]*}
        rest=${rest:${#blanks}}
        ((start += ${#blanks}))
        if [[ $rest == "$word"* ]]; then rest=${rest:${#word}}; fi
        if ((index == COMP_CWORD && COMP_POINT >= start)); then word=${word:0:COMP_POINT-start}; fi
        ((start += ${#word}))
        if ((index == 0 || ${#blanks} > 0)); then words+=("$word"); else words[-1]+=$word; fi
    done
}

# Notes that an option was given, with the value that stands in the same word if there is one.
_ipvsadm_take() {
    local name=$1
    given[$name]=${2-}
    if [[ ${kinds[$name]} != - && $# -lt 2 ]]; then awaiting=$name; fi
    if [[ ! $command && $name =~ ^--(add|edit|delete)-(service|server)$ ]] ||
        [[ ! $command && $name =~ ^--(clear|list|zero|restore|save|set|start-daemon|stop-daemon|help|version)$ ]]; then
        command=$name
    fi
}

# Goes over the words before the one to complete: which command, what is given, and what awaits its value.
_ipvsadm_scan() {
    local word name letters
    for word in "${words[@]:1:${#words[@]}-2}"; do
        if [[ $awaiting && ! ($awaiting == --persistent && $word == -*) ]]; then
            given[$awaiting]=$word
            awaiting=
            continue
        fi
        awaiting=
        case $word in
        --*=*)
            name=${word%%=*}
            if [[ ${kinds[$name]-} ]]; then _ipvsadm_take "$name" "${word#*=}"; fi
            ;;
        --*) if [[ ${kinds[$word]-} ]]; then _ipvsadm_take "$word"; fi ;;
        -?*)
            letters=${word#-}
            while [[ $letters ]]; do
                name=${names[${letters:0:1}]-}
                letters=${letters:1}
                if [[ ! $name ]]; then break; fi
                if [[ ${kinds[$name]} == - || ! $letters ]]; then
                    _ipvsadm_take "$name"
                else
                    _ipvsadm_take "$name" "${letters#=}"
                    break
                fi
            done
            ;;
        esac
    done
}

# Prints the options that can be added to what is given.
_ipvsadm_offer_options() {
    local offered=() name
    local address=(--tcp-service --udp-service --sctp-service --fwmark-service)
    if [[ ! $command ]]; then
        offered=(--add-service --edit-service --delete-service --clear --list --zero --add-server --edit-server
            --delete-server --restore --save --set --start-daemon --stop-daemon --help --version)
    fi
    case $command in
    --add-service | --edit-service)
        offered=("${address[@]}" --scheduler --persistent --netmask --pe --ops --sched-flags)
        ;;
    --delete-service | --zero) offered=("${address[@]}") ;;
    --add-server | --edit-server)
        offered=("${address[@]}" --real-server --gatewaying --ipip --masquerading --weight --u-threshold --l-threshold)
        if [[ -v given[--ipip] ]]; then offered+=(--tun-type); fi
        case ${given[--tun-type]-} in
        gue) offered+=(--tun-port --tun-nocsum --tun-csum --tun-remcsum) ;;
        gre) offered+=(--tun-nocsum --tun-csum) ;;
        esac
        ;;
    --delete-server) offered=("${address[@]}" --real-server) ;;
    --list)
        offered=("${address[@]}" --connection --timeout --daemon --numeric --stats --rate --exact --thresholds
            --persistent-conn --tun-info --nosort --json)
        ;;
    --save) offered=(--numeric) ;;
    --start-daemon)
        offered=(--mcast-interface --syncid --sync-maxlen --mcast-group --mcast-port --mcast-ttl)
        ;;
    esac
    if [[ -v given[--fwmark-service] ]]; then offered+=(--ipv6); fi
    if [[ $command != --help && $command != --version ]]; then offered+=(--netns --explain); fi
    for name in "${offered[@]}"; do
        if ! _ipvsadm_is_excluded "$name"; then echo "$name"; fi
    done
}

# Whether an option goes together with what is given no more.
_ipvsadm_is_excluded() {
    local group other
    if [[ -v given[$1] ]]; then return 0; fi
    for group in \
        ' --tcp-service --udp-service --sctp-service --fwmark-service ' \
        ' --gatewaying --ipip --masquerading ' \
        ' --tun-nocsum --tun-csum --tun-remcsum '; do
        if [[ $group != *" $1 "* ]]; then continue; fi
        for other in $group; do
            if [[ -v given[$other] ]]; then return 0; fi
        done
    done
    if [[ $command != --list ]]; then return 1; fi
    case $1 in
    --tcp-service | --udp-service | --sctp-service | --fwmark-service)
        [[ -v given[--connection] || -v given[--timeout] || -v given[--daemon] ]]
        ;;
    --connection | --timeout | --daemon)
        for other in --connection --timeout --daemon --tcp-service --udp-service --sctp-service --fwmark-service \
            --stats --rate --thresholds; do
            if [[ -v given[$other] ]]; then return 0; fi
        done
        [[ $1 != --connection && -v given[--persistent-conn] ]]
        ;;
    --stats | --rate | --thresholds | --persistent-conn)
        if [[ $1 != --persistent-conn && -v given[--connection] ]]; then return 0; fi
        [[ -v given[--timeout] || -v given[--daemon] ]]
        ;;
    *) return 1 ;;
    esac
}

# Prints the rules of the present table, or nothing where that is not possible.
_ipvsadm_rules() {
    local namespace=()
    # Else the question would load the kernel module.
    if [[ ! -e /proc/net/ip_vs ]]; then return; fi
    if [[ ${given[--netns]-} ]]; then namespace=(--netns "${given[--netns]}"); fi
    "${words[0]}" "${namespace[@]}" -Sn 2>/dev/null </dev/null
}

# Prints the existing services of the kind that the option asks for.
_ipvsadm_offer_services() {
    local letter line_command key service rest
    case $1 in
    --tcp-service) letter=-t ;;
    --udp-service) letter=-u ;;
    --fwmark-service) letter=-f ;;
    *) letter=$1 ;;
    esac
    while read -r line_command key service rest; do
        if [[ $line_command == -A && $key == "$letter" ]]; then echo "$service"; fi
    done < <(_ipvsadm_rules)
}

# Prints the existing servers of the service that is given.
_ipvsadm_offer_servers() {
    local wanted='' line
    if [[ -v given[--tcp-service] ]]; then
        wanted="-a -t ${given[--tcp-service]} "
    elif [[ -v given[--udp-service] ]]; then
        wanted="-a -u ${given[--udp-service]} "
    elif [[ -v given[--sctp-service] ]]; then
        wanted="-a --sctp-service ${given[--sctp-service]} "
    elif [[ -v given[--fwmark-service] ]]; then
        wanted="-a -f ${given[--fwmark-service]} "
        if [[ -v given[--ipv6] ]]; then wanted+='-6 '; fi
    else
        return
    fi
    while read -r line; do
        if [[ $line != "$wanted-r "* ]]; then continue; fi
        line=${line#"$wanted-r "}
        echo "${line%% *}"
    done < <(_ipvsadm_rules)
}

# Prints the flags that can be added to a list, each with the list before it.
_ipvsadm_offer_flags() {
    local list=$1 scheduler=${given[--scheduler]-} before='' flags flag
    flags='flag-1 flag-2 flag-3'
    if [[ $scheduler == [sm]h ]]; then flags="$scheduler-fallback $scheduler-port"; fi
    if [[ ! $scheduler ]]; then flags+=' sh-fallback sh-port mh-fallback mh-port'; fi
    if [[ $list == *,* ]]; then before=${list%,*},; fi
    for flag in $flags; do
        if [[ ,$before != *,$flag,* ]]; then echo "$before$flag"; fi
    done
}

# Prints the values that an option can have, or that are known.
_ipvsadm_offer_values() {
    local name=$1 path
    case ${kinds[$name]} in
    role) printf '%s\n' master backup ;;
    scheduler) printf '%s\n' rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos ;;
    engine) echo sip ;;
    flags) _ipvsadm_offer_flags "$2" ;;
    tunnel) printf '%s\n' ipip gue gre ;;
    interface | namespace)
        local directory=/sys/class/net
        if [[ ${kinds[$name]} == namespace ]]; then directory=/run/netns; fi
        for path in "$directory"/*; do
            if [[ -e $path ]]; then echo "${path##*/}"; fi
        done
        ;;
    service) if [[ $command != --add-service ]]; then _ipvsadm_offer_services "$name"; fi ;;
    server) if [[ $command != --add-server ]]; then _ipvsadm_offer_servers; fi ;;
    esac
}

_ipvsadm() {
    local words=() command='' awaiting='' current prefix='' table name letter kind offered=()
    local -A kinds=() names=() given=()
    _ipvsadm_read_words
    case ${words[0]##*/} in
    ipvsadm-save) table=$_ipvsadm_save_options command=save ;;
    ipvsadm-restore) table=$_ipvsadm_restore_options command=restore ;;
    *) table=$_ipvsadm_options ;;
    esac
    # shellcheck disable=SC2086 # words are what is wanted
    set -- $table
    while (($# >= 3)); do
        name=$1 letter=$2 kind=$3
        kinds[$name]=$kind
        if [[ $letter != - ]]; then names[$letter]=$name; fi
        shift 3
    done
    _ipvsadm_scan
    current=${words[-1]}
    if [[ ! $awaiting && $current == --*=* && ${kinds[${current%%=*}]--} != - ]]; then
        awaiting=${current%%=*}
        prefix=$awaiting=
        current=${current#*=}
    fi
    COMPREPLY=()
    # The value of -p may be left out.
    if [[ $awaiting == --persistent && ($current == -* || ! $current) && ! $prefix ]]; then awaiting=; fi
    if [[ $awaiting && ${kinds[$awaiting]} == file ]]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
        return
    elif [[ $awaiting ]]; then
        mapfile -t offered < <(_ipvsadm_offer_values "$awaiting" "$current")
    elif [[ $command == save || $command == restore ]]; then
        for name in "${!kinds[@]}"; do
            if [[ ! -v given[$name] ]]; then offered+=("$name"); fi
        done
        if [[ -v given[--plan] || -v given[--check] ]]; then
            offered=("${offered[@]/#--plan/}")
            offered=("${offered[@]/#--check/}")
        fi
    else
        mapfile -t offered < <(_ipvsadm_offer_options)
    fi
    for name in "${offered[@]}"; do
        if [[ $name && $prefix$name == "$prefix$current"* ]]; then COMPREPLY+=("$prefix$name"); fi
    done
    _ipvsadm_cut_replies "$prefix$current"
}

# Takes from the replies what stands before the last : or = of the word, for bash puts them behind it.
_ipvsadm_cut_replies() {
    local word=$1 character index
    for character in : =; do
        if [[ $COMP_WORDBREAKS != *"$character"* ]]; then word=${word//"$character"/.}; fi
    done
    if [[ $word != *[:=]* ]]; then return; fi
    word=${word%"${word##*[:=]}"}
    for index in "${!COMPREPLY[@]}"; do COMPREPLY[index]=${COMPREPLY[index]:${#word}}; done
}

complete -F _ipvsadm ipvsadm ipvsadm-save ipvsadm-restore
