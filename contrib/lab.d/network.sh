# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Functions that build a small data centre of network namespaces in the lab, to be sourced by scripts and tests:
#
#     client 10.1.0.2        director 10.1.0.1, 10.2.0.1        rs1 10.2.0.11   rs2 10.2.0.12  …
#        │   fd00:1::2          │     fd00:1::1, fd00:2::1       │ fd00:2::11     │ fd00:2::12
#     ───┴──────────────────────┴────────────────────────────────┴────────────────┴──────── one segment
#
# Each host is a namespace with one device, eth0. The virtual address, 10.1.0.100 and fd00:1::100, is the director's.
# A second director is 10.1.0.3 and 10.2.0.3. A program is run on a host with `ip netns exec HOST PROGRAM`.
# A program start takes 20 to 50 ms in the lab, so each function hands `ip` as much as it can at once.

readonly lab_virtual_address4=10.1.0.100 lab_virtual_address6=fd00:1::100

# lab_network SERVERS [DIRECTORS]: builds client, director (and director2), rs1 … rsSERVERS.
lab_network() {
    local servers=$1 directors=${2:-1} number host
    local hosts=(client director)
    if ((directors > 1)); then hosts+=(director2); fi
    for ((number = 1; number <= servers; number++)); do hosts+=("rs$number"); done

    lab_set_defaults_of_namespaces
    {
        echo netns add switch
        for host in "${hosts[@]}"; do
            echo "netns add $host"
            echo "link add eth0 netns $host type veth peer name $host netns switch"
        done
    } | ip -batch -
    {
        echo link add segment type bridge forward_delay 0 mcast_snooping 0
        echo link set segment up
        for host in "${hosts[@]}"; do echo "link set $host master segment up"; done
    } | ip -n switch -batch -
    lab_address_host client 1 2
    lab_address_host director 1 1 2 1
    if ((directors > 1)); then lab_address_host director2 1 3 2 3; fi
    for ((number = 1; number <= servers; number++)); do lab_address_host "rs$number" 2 "$((10 + number))"; done
    lab_add_virtual_address director
    for host in director director2; do
        if [[ -e /run/netns/$host ]]; then
            lab_write_settings "$host" ipv4/ip_forward=1 ipv6/conf/all/forwarding=1
        fi
    done
}

lab_network_down() {
    local namespace
    for namespace in /run/netns/*; do
        if [[ -e $namespace ]]; then echo "netns del ${namespace##*/}"; fi
    done | ip -batch -
    rm -f /run/lab-servers
}

# lab_servers_nat [DIRECTOR]: the servers answer through the director.
lab_servers_nat() {
    local director=${1:-director} number=1 server
    if [[ $director == director2 ]]; then number=3; fi
    lab_reset_servers
    for server in $(lab_servers); do
        printf 'route replace default via %s\n' "10.2.0.$number" "fd00:2::$number" | ip -n "$server" -batch -
    done
    echo nat >/run/lab-servers
}

# lab_servers_direct: the servers hold the virtual address, keep quiet about it, and answer the client themselves.
lab_servers_direct() {
    local server
    lab_reset_servers
    for server in $(lab_servers); do
        lab_hold_virtual_address "$server" lo </dev/null
    done
    echo direct >/run/lab-servers
}

# lab_servers_tunnel ipip | gre [checksum] | gue [PORT]: the same, with the requests unpacked by a tunnel device; IPv4 and
# IPv6 requests in IPv4 or IPv6 packets. A gre device takes either packets with a checksum or packets without.
lab_servers_tunnel() {
    local type=$1 port=${2:-6080} server number device checksum=
    if [[ ${2:-} == checksum ]]; then checksum=csum; fi
    lab_reset_servers
    case $type in
    gre) modprobe --all ip_gre ip6_gre ;;
    ipip) modprobe --all ipip sit ip6_tunnel ;;
    gue) modprobe --all ipip sit ip6_tunnel fou fou6 ;;
    *) echo "lab_servers_tunnel: $type: not one of ipip, gre, gue" >&2 && return 2 ;;
    esac
    for server in $(lab_servers); do
        number=$((10 + ${server#rs}))
        {
            if [[ $type == gre ]]; then
                echo "link add tunnel4 type gre local 10.2.0.$number $checksum"
                echo "link add tunnel6 type ip6gre local fd00:2::$number $checksum"
            else
                echo "link add tunnel4 type ipip local 10.2.0.$number"
                echo "link add tunnel64 type sit local 10.2.0.$number"
                echo "link add tunnel6 type ip6tnl mode any local fd00:2::$number"
            fi
            for device in tunnel4 tunnel6 $([[ $type == gre ]] || echo tunnel64); do echo "link set $device up"; done
            if [[ $type == gue ]]; then
                echo "fou add port $port gue"
                echo "fou add port $port gue -6"
            fi
        } | lab_hold_virtual_address "$server" tunnel4
    done
    if [[ $type == gue ]]; then echo "gue $port"; else echo "$type"; fi >/run/lab-servers
}

# lab_move_virtual_address FROM TO: what a failover does, and the client learns of it at once.
lab_move_virtual_address() {
    local from=$1 to=$2
    printf 'addr del %s dev eth0\n' "$lab_virtual_address4/32" "$lab_virtual_address6/128" | ip -n "$from" -batch -
    lab_add_virtual_address "$to"
    ip -n client neigh flush all
}

# The rest serves the functions above.

# New namespaces take over these settings: addresses that can be used at once, no redirects on the one segment, replies
# from wherever they come. Only the lab's own kernel is changed.
lab_set_defaults_of_namespaces() {
    local scope
    echo 1 >/proc/sys/net/core/devconf_inherit_init_net
    for scope in all default; do
        echo 0 >"/proc/sys/net/ipv4/conf/$scope/rp_filter"
        echo 0 >"/proc/sys/net/ipv4/conf/$scope/send_redirects"
        echo 0 >"/proc/sys/net/ipv4/conf/$scope/accept_redirects"
        echo 0 >"/proc/sys/net/ipv6/conf/$scope/accept_redirects"
        echo 0 >"/proc/sys/net/ipv6/conf/$scope/accept_ra"
        echo 0 >"/proc/sys/net/ipv6/conf/$scope/accept_dad"
    done
}

# lab_address_host HOST NETWORK NUMBER [NETWORK NUMBER]...
lab_address_host() {
    local host=$1
    shift
    {
        echo link set lo up
        echo link set eth0 up
        while (($# > 0)); do
            echo "addr add 10.$1.0.$2/24 dev eth0"
            echo "addr add fd00:$1::$2/64 dev eth0 nodad"
            shift 2
        done
    } | ip -n "$host" -batch -
}

lab_add_virtual_address() {
    printf 'addr add %s dev eth0\n' "$lab_virtual_address4/32" "$lab_virtual_address6/128 nodad" | ip -n "$1" -batch -
}

# lab_write_settings HOST PATH=VALUE...: paths below /proc/sys/net.
lab_write_settings() {
    local host=$1
    shift
    # shellcheck disable=SC2016 # expanded by the shell on the host
    ip netns exec "$host" bash -c 'for s; do echo "${s##*=}" >"/proc/sys/net/${s%=*}"; done' settings "$@"
}

# lab_hold_virtual_address SERVER DEVICE, with ip commands to run before on standard input.
lab_hold_virtual_address() {
    local server=$1 device=$2
    # Else the server would answer the client's question who has the virtual address.
    lab_write_settings "$server" ipv4/conf/all/arp_ignore=1 ipv4/conf/all/arp_announce=2
    {
        cat
        echo "addr add $lab_virtual_address4/32 dev $device"
        echo "addr add $lab_virtual_address6/128 dev $device nodad"
        echo route replace 10.1.0.0/24 dev eth0
        echo route replace fd00:1::/64 dev eth0
    } | ip -n "$server" -batch -
}

# Undoes any of the three ways; what is not there to be undone is no error.
lab_reset_servers() {
    local server port
    if [[ ! -e /run/lab-servers ]]; then return 0; fi
    # Of a gue tunnel only: the port on which packets are unpacked does not go with the devices.
    read -r _ port </run/lab-servers
    for server in $(lab_servers); do
        ip -n "$server" -force -batch - 2>/dev/null <<END || true
route del default
route del default via fd00:2::1
route del default via fd00:2::3
route del 10.1.0.0/24
route del fd00:1::/64
addr del $lab_virtual_address4/32 dev lo
addr del $lab_virtual_address6/128 dev lo
link del tunnel4
link del tunnel6
link del tunnel64
${port:+fou del port $port}
${port:+fou del port $port -6}
END
    done
    rm /run/lab-servers
}

lab_servers() {
    local namespace
    for namespace in /run/netns/rs*; do
        if [[ -e $namespace ]]; then echo "${namespace##*/}"; fi
    done
}
