#pragma once

// What the Glibc overlay of Swift 6.3 leaves out. The GNU functions are declared here by hand: with _GNU_SOURCE the
// headers that declare them would define types otherwise than the overlay does.
#include <linux/memfd.h>
#include <linux/sched.h>
#include <malloc.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/tcp.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <unistd.h>

extern int unshare(int flags);
extern int setns(int descriptor, int kind);
extern int memfd_create(const char *_Nonnull name, unsigned int flags);
extern int accept4(int descriptor, struct sockaddr *_Nullable address, socklen_t *_Nullable length, int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *_Nonnull actions, int first);
extern int pipe2(int *_Nonnull descriptors, int flags);

// A system call with variable arguments, which Swift cannot make.
static inline int clinux_pidfd_open(pid_t process, unsigned int flags) {
    return (int)syscall(SYS_pidfd_open, process, flags);
}

// The event is packed, and its data a union: both cost conversions in Swift.
static inline int clinux_epoll_control(int epoll, int operation, int descriptor, uint32_t events, uint64_t data) {
    struct epoll_event event = {.events = events, .data = {.u64 = data}};
    return epoll_ctl(epoll, operation, descriptor, &event);
}
static inline uint32_t clinux_epoll_events(const struct epoll_event *_Nonnull events, int index) {
    return events[index].events;
}
static inline uint64_t clinux_epoll_data(const struct epoll_event *_Nonnull events, int index) {
    return events[index].data.u64;
}

// Constants that are an enumeration in one header and a macro in the next.
static const uint32_t CLINUX_EPOLLIN = EPOLLIN;
static const uint32_t CLINUX_EPOLLOUT = EPOLLOUT;
static const uint32_t CLINUX_EPOLLERR = EPOLLERR;
static const uint32_t CLINUX_EPOLLHUP = EPOLLHUP;
static const uint32_t CLINUX_EPOLLRDHUP = EPOLLRDHUP;
static const uint32_t CLINUX_EPOLLET = 1u << 31;

// A variable that any thread may change, which Swift refuses to read.
extern char **environ;
static inline char *_Nullable *_Nonnull clinux_environment(void) { return environ; }

// Of what a raw socket for ICMP receives, lets only replies to echo requests through.
static inline void clinux_pass_echo_replies(int descriptor, int family) {
    if (family == AF_INET) {
        // struct icmp_filter and ICMP_FILTER of linux/icmp.h, which cannot be included beside net/if.h: a bit for each
        // type that is kept away.
        uint32_t filter = ~UINT32_C(1);
        setsockopt(descriptor, SOL_RAW, 1, &filter, sizeof filter);
    } else {
        struct icmp6_filter filter;
        ICMP6_FILTER_SETBLOCKALL(&filter);
        ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &filter);
        setsockopt(descriptor, IPPROTO_ICMPV6, ICMP6_FILTER, &filter, sizeof filter);
    }
}
