# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Functions that give the lab's kernel its IPVS, and take it away.

# Loads IPVS, with the schedulers whose modules the kernel must not load by itself: it would do so while it holds the
# lock of all tables, and wait for ever if a network namespace was being taken down at that moment.
lab_load_ipvs() {
    modprobe --all ip_vs ip_vs_lblc ip_vs_lblcr
}

# Unloads IPVS with all its schedulers, and keeps the kernel from loading them again, until lab_restore_ipvs.
# Namespaces that were removed may still be on their way out, with services that need a scheduler.
lab_unload_ipvs() {
    local namespace attempt modules
    if [[ ! -e /run/lab-module-loader ]]; then cat /proc/sys/kernel/modprobe >/run/lab-module-loader; fi
    echo /nonexistent >/proc/sys/kernel/modprobe
    for namespace in /run/netns/*; do
        if [[ -e $namespace ]]; then ip netns exec "${namespace##*/}" ipvsadm -C; fi
    done
    for ((attempt = 0; attempt < 100; attempt++)); do
        ipvsadm -C
        mapfile -t modules < <(sed -n 's/^\(ip_vs_[a-z_]*\) .*/\1/p' /proc/modules)
        rmmod "${modules[@]}" ip_vs 2>/dev/null
        if [[ ! -e /sys/module/ip_vs ]]; then return 0; fi
        sleep 0.1
    done
    grep ip_vs /proc/modules >&2
    return 1
}

# Undoes lab_unload_ipvs.
lab_restore_ipvs() {
    if [[ -e /run/lab-module-loader ]]; then
        cat /run/lab-module-loader >/proc/sys/kernel/modprobe
        rm /run/lab-module-loader
    fi
    lab_load_ipvs
}
