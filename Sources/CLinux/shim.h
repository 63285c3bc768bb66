#pragma once

// What the Glibc overlay of Swift 6.3 leaves out. The GNU functions are declared here by hand: with _GNU_SOURCE the
// headers that declare them would define types otherwise than the overlay does.
#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <linux/memfd.h>
#include <linux/sched.h>
#include <malloc.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern int unshare(int flags);
extern int setns(int descriptor, int kind);
extern int memfd_create(const char *_Nonnull name, unsigned int flags);
extern int accept4(int descriptor, struct sockaddr *_Nullable address, socklen_t *_Nullable length, int flags);
extern int pipe2(int *_Nonnull descriptors, int flags);

// A system call with variable arguments, which Swift cannot make.
static inline int clinux_pidfd_open(pid_t process, unsigned int flags) {
    return (int)syscall(SYS_pidfd_open, process, flags);
}

// Functions with variable arguments too.
static inline int clinux_dumps(void) { return prctl(PR_GET_DUMPABLE, 0, 0, 0, 0); }
static inline int clinux_set_name(const char *_Nonnull name) {
    return prctl(PR_SET_NAME, name);
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

// Commands of fcntl that fcntl.h keeps for _GNU_SOURCE.
static const int32_t CLINUX_F_SETSIG = 10;
static const int32_t CLINUX_F_SETLEASE = 1024;

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

// A socket that becomes readable whenever an interface gains or loses an address; -1 with errno where there can be none.
// sockaddr_nl comes with headers of Linux that cannot be included beside net/if.h.
static inline int clinux_follow_addresses(void) {
    struct {
        uint16_t family, padding;
        uint32_t port, groups;
    } address = {.family = AF_NETLINK, .groups = 0x10 | 0x100};
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    if (bind(descriptor, (const struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
}

// A socket that tells of processes that begin and end, by the connector of the kernel; -1 with errno where there is none.
static inline int clinux_follow_processes(void) {
    struct {
        uint16_t family, padding;
        uint32_t port, groups;
    } address = {.family = AF_NETLINK, .groups = 1};
    // The headers of netlink (length, type, flags, number, port) and of the connector (number, value, number, acknowledgement, length,
    // flags), and the word for "listen".
    const struct {
        uint32_t length;
        uint16_t type, flags;
        uint32_t number, port, kind, value, sequence, acknowledgement;
        uint16_t size, options;
        uint32_t word;
    } request = {.length = 40, .type = 3, .kind = 1, .value = 1, .size = 4, .word = 1};
    int descriptor = socket(AF_NETLINK, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 11);
    if (descriptor < 0) return -1;
    if (bind(descriptor, (const struct sockaddr *)&address, sizeof address) == 0
        && send(descriptor, &request, sizeof request, 0) == (ssize_t)sizeof request) return descriptor;
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
}

// Leads a descriptor to a number that a program knows; -1 stands for /dev/null.
static inline int clinux_redirect(int descriptor, int number) {
    if (descriptor < 0) descriptor = open("/dev/null", number == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    if (descriptor < 0) return -1;
    return descriptor == number ? fcntl(number, F_SETFD, 0) : dup2(descriptor, number);
}

// The number of a process that one thread starts, for another to read.
static inline void clinux_store(pid_t *_Nonnull cell, pid_t value) { __atomic_store_n(cell, value, __ATOMIC_SEQ_CST); }
static inline pid_t clinux_load(const pid_t *_Nonnull cell) { return __atomic_load_n(cell, __ATOMIC_SEQ_CST); }

// What execvp does: tries one path after the other, and gives a file that the kernel calls no program to the shell, whose
// words have a place for the path. Gives the number of the error.
static inline int clinux_execute(
    char *_Nullable const *_Nonnull paths, char *_Nullable const *_Nonnull words, char *_Nullable *_Nonnull shellWords,
    char *_Nullable const *_Nonnull variables
) {
    int last = ENOENT, denial = 0;
    for (; *paths; ++paths) {
        execve(*paths, words, variables);
        if (errno == ENOEXEC) {
            shellWords[1] = *paths;
            execve(shellWords[0], shellWords, variables);
        }
        last = errno;
        if (last == EACCES) {
            denial = last;
        } else if (last != ENOENT && last != ENOTDIR && last != ENODEV && last != ESTALE && last != ETIMEDOUT) {
            return last;
        }
    }
    return denial ? denial : last;
}

// Makes this process a user's, in no group but the one that is given. Only the calling thread is changed, as the C library's
// functions do not: whoever calls this shares its memory with a process that stays who it is.
static inline int clinux_become(const uint32_t *_Nonnull user, const uint32_t *_Nonnull group) {
#ifdef SYS_setresuid32
    if (syscall(SYS_setgroups32, 0, NULL) != 0 && errno != EPERM) return -1;
    if (syscall(SYS_setresgid32, *group, *group, *group) != 0) return -1;
    return (int)syscall(SYS_setresuid32, *user, *user, *user);
#else
    if (syscall(SYS_setgroups, 0, NULL) != 0 && errno != EPERM) return -1;
    if (syscall(SYS_setresgid, *group, *group, *group) != 0) return -1;
    return (int)syscall(SYS_setresuid, *user, *user, *user);
#endif
}

// What posix_spawn does, and a limit of descriptors for the program alone, which that cannot set: one set after the start
// comes too late for a program that looks at once, and one set around it holds for all threads meanwhile. Swift has no
// vfork. The child runs in this thread's memory, so it only makes system calls, and no signal reaches it before it has
// no handler any more. This thread alone waits until the program is loaded; the cell has the child's number from before
// that. The account is a user and a group to run as, or none. A detached
// program begins in the root folder with the usual mask for new files. Gives 0, the number of the error of vfork, or that of the
// program, negative.
static inline int clinux_spawn(
    pid_t *_Nonnull cell, char *_Nullable const *_Nonnull paths, char *_Nullable const *_Nonnull words,
    char *_Nullable *_Nonnull shellWords, char *_Nullable const *_Nonnull variables, int input, int output, int errors,
    uint64_t softLimit, uint64_t hardLimit, const uint32_t *_Nullable account, int detached
) {
    // RLIMIT_NOFILE as the kernel knows it: with sys/resource.h here, Swift would miss its names in Glibc.
    const uint64_t limit[2] = {softLimit, hardLimit};
    const int descriptors = 7;
    sigset_t everything, nothing, before;
    struct sigaction usual = {.sa_handler = SIG_DFL};
    volatile int failure = 0;
    sigfillset(&everything);
    sigemptyset(&nothing);
    // The memory is marked as that of a process that changed its user, which this one did not.
    const int dumps = account ? clinux_dumps() : 0;
    pthread_sigmask(SIG_SETMASK, &everything, &before);
    pid_t child = vfork();
    if (child == 0) {
        clinux_store(cell, getpid());
        for (int number = 1; number < _NSIG; ++number) sigaction(number, &usual, NULL);
        if (setpgid(0, 0) == 0 && clinux_redirect(input, STDIN_FILENO) >= 0
            && clinux_redirect(output, STDOUT_FILENO) >= 0 && clinux_redirect(errors, STDERR_FILENO) >= 0) {
            closefrom(STDERR_FILENO + 1);
            syscall(SYS_prlimit64, 0, descriptors, limit, NULL);
            // Neither the folder nor the mask is shared with the caller, though the memory is.
            if (detached) {
                syscall(SYS_umask, 022);
                if (chdir("/") != 0) failure = errno;
            }
            sigprocmask(SIG_SETMASK, &nothing, NULL);
            if (failure == 0) {
                failure = account && clinux_become(&account[0], &account[1]) != 0
                    ? errno : clinux_execute(paths, words, shellWords, variables);
            }
        } else {
            failure = errno;
        }
        _exit(127);
    }
    int number = child < 0 ? errno : -failure;
    if (dumps == 1) prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
    if (child > 0 && number != 0) {
        clinux_store(cell, 0);
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return number;
}

// A signal for programs' own use, counted from the first one, or with a number below 0 back from the last one; the C library keeps
// some of the kernel's for itself.
static inline int clinux_realtime_signal(int number) { return number >= 0 ? SIGRTMIN + number : SIGRTMAX + number; }

// The child that has ended and was not waited for, which stays so; 0 when there is none.
static inline pid_t clinux_ended_child(void) {
    siginfo_t information = {.si_pid = 0};
    return waitid(P_ALL, 0, &information, WEXITED | WNOHANG | WNOWAIT) == 0 ? information.si_pid : 0;
}

// The most pipes that are left.
#define CLINUX_PIPES_LEFT 256

// Makes this process the parent of what its descendants leave behind, as the first process of a container is.
static inline int clinux_become_subreaper(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

// Leaves the reading ends of pipes, in the order of their numbers, to a process of its own, which reads until nobody
// writes into them any more. It is no child of this one: nobody would take note of its end.
static inline void clinux_leave_pipes(const int *_Nonnull descriptors, int count) {
    pid_t child = fork();
    if (child > 0) {
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    }
    if (child != 0) return;
    if (fork() != 0) _exit(0);
    setsid();
    chdir("/");
    // It is no director any more, and may be ended like others.
    prctl(PR_SET_NAME, "pipe-reader", 0, 0, 0);
    sigset_t nothing;
    sigemptyset(&nothing);
    sigprocmask(SIG_SETMASK, &nothing, NULL);
    // Ascending, above the standard streams, without gaps: the rest is nobody's here.
    for (int index = 0; index < count; ++index) {
        if (descriptors[index] != index) dup2(descriptors[index], index);
    }
    closefrom(count);
    char buffer[4096];
    for (int open = count; open > 0;) {
        struct pollfd ends[CLINUX_PIPES_LEFT];
        for (int index = 0; index < open; ++index) ends[index] = (struct pollfd){.fd = index, .events = POLLIN};
        if (poll(ends, (nfds_t)open, -1) < 0 && errno != EINTR) break;
        for (int index = open - 1; index >= 0; --index) {
            if (ends[index].revents == 0) continue;
            ssize_t length = read(index, buffer, sizeof buffer);
            if (length > 0 || (length < 0 && (errno == EAGAIN || errno == EINTR))) continue;
            --open;
            if (index != open) dup2(open, index);
            close(open);
        }
    }
    _exit(0);
}

// A packet as a raw socket has it, with what the kernel says beside: addresses of 4 or 16 bytes, -1 for hops that it does not tell, and
// the moment of arrival by the wall clock, 0 where it does not tell.
struct clinux_packet {
    ssize_t length;
    int hops;
    uint32_t interface;
    int64_t arrival;
    uint8_t source[16], destination[16];
};

// The moment of a packet's arrival by the wall clock in nanoseconds, where this beside a packet tells it (SO_TIMESTAMPNS); 0 elsewhere.
static inline int64_t clinux_arrival(const struct cmsghdr *_Nonnull item) {
    if (item->cmsg_level != SOL_SOCKET || item->cmsg_type != SO_TIMESTAMPNS
        || item->cmsg_len < CMSG_LEN(sizeof(struct timespec))) return 0;
    struct timespec time;
    memcpy(&time, CMSG_DATA(item), sizeof time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Takes the next packet of a raw socket of IPv6, or of IPv4, of which the addresses stand in the packet. A length of -1 leaves the
// reason in errno. The macros for what comes beside a packet are none for Swift.
static inline struct clinux_packet clinux_take_packet(int descriptor, void *_Nonnull buffer, size_t size) {
    struct clinux_packet packet = {.hops = -1};
    struct sockaddr_in6 sender = {0};
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    union {
        struct cmsghdr first;
        char room[256];
    } control;
    struct msghdr message = {
        .msg_name = &sender, .msg_namelen = sizeof sender, .msg_iov = &part, .msg_iovlen = 1,
        .msg_control = control.room, .msg_controllen = sizeof control.room,
    };
    packet.length = recvmsg(descriptor, &message, 0);
    if (packet.length < 0) return packet;
    if (sender.sin6_family == AF_INET6) memcpy(packet.source, &sender.sin6_addr, 16);
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        const size_t length = item->cmsg_len - CMSG_LEN(0);
        const int64_t arrival = clinux_arrival(item);
        if (arrival) {
            packet.arrival = arrival;
        } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_HOPLIMIT && length >= sizeof(int)) {
            memcpy(&packet.hops, CMSG_DATA(item), sizeof(int));
        } else if (item->cmsg_level == IPPROTO_IPV6 && item->cmsg_type == IPV6_PKTINFO && length >= 20) {
            memcpy(packet.destination, CMSG_DATA(item), 16);
            memcpy(&packet.interface, CMSG_DATA(item) + 16, 4);
        }
    }
    return packet;
}

// Sends what stands behind the header of IPv6 from an address by an interface; hops of -1 leave them to the socket.
static inline ssize_t clinux_send_packet6(
    int descriptor, const void *_Nonnull bytes, size_t length, const uint8_t *_Nonnull source,
    const uint8_t *_Nonnull destination, uint32_t interface, int hops, int flags
) {
    struct sockaddr_in6 receiver = {.sin6_family = AF_INET6, .sin6_scope_id = interface};
    memcpy(&receiver.sin6_addr, destination, 16);
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = length};
    union {
        struct cmsghdr first;
        char room[CMSG_SPACE(20) + CMSG_SPACE(sizeof(int))];
    } control;
    memset(&control, 0, sizeof control);
    struct msghdr message = {
        .msg_name = &receiver, .msg_namelen = sizeof receiver, .msg_iov = &part, .msg_iovlen = 1,
        .msg_control = control.room, .msg_controllen = sizeof control.room,
    };
    struct cmsghdr *item = CMSG_FIRSTHDR(&message);
    item->cmsg_level = IPPROTO_IPV6;
    item->cmsg_type = IPV6_PKTINFO;
    item->cmsg_len = CMSG_LEN(20);
    memcpy(CMSG_DATA(item), source, 16);
    memcpy(CMSG_DATA(item) + 16, &interface, 4);
    message.msg_controllen = CMSG_SPACE(20);
    if (hops >= 0) {
        item = (struct cmsghdr *)((char *)item + CMSG_SPACE(20));
        item->cmsg_level = IPPROTO_IPV6;
        item->cmsg_type = IPV6_HOPLIMIT;
        item->cmsg_len = CMSG_LEN(sizeof hops);
        memcpy(CMSG_DATA(item), &hops, sizeof hops);
        message.msg_controllen += CMSG_SPACE(sizeof hops);
    }
    return sendmsg(descriptor, &message, flags);
}

// Binds a raw socket of IPv6 to an address, of an interface where that has to be said.
static inline int clinux_bind6(int descriptor, const uint8_t *_Nonnull bytes, uint32_t interface) {
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_scope_id = interface};
    memcpy(&address.sin6_addr, bytes, 16);
    return bind(descriptor, (const struct sockaddr *)&address, sizeof address);
}

// Joins a group of IPv6 on an interface; its structure holds a union, which Swift cannot hand to a call of any type.
static inline int clinux_join6(int descriptor, const uint8_t *_Nonnull group, uint32_t interface) {
    struct ipv6_mreq request = {.ipv6mr_interface = interface};
    memcpy(&request.ipv6mr_multiaddr, group, 16);
    return setsockopt(descriptor, IPPROTO_IPV6, IPV6_JOIN_GROUP, &request, sizeof request);
}

// Keeps everything from a socket that only sends, or holds its buffer full for nobody.
static inline int clinux_hear_nothing(int descriptor) {
    struct sock_filter refusal = {.code = BPF_RET | BPF_K, .k = 0};
    struct sock_fprog program = {.len = 1, .filter = &refusal};
    return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

// The socket that frames of our making go out by; nothing is received there.
static inline int clinux_open_frames(void) {
    return socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

// A frame that a packet socket has, with the number of its interface, its kind (PACKET_OUTGOING is 4) and the moment of its arrival
// by the wall clock where the socket was asked for it. A length of -1 leaves the reason in errno.
struct clinux_frame {
    ssize_t length;
    int32_t interface, kind;
    int64_t arrival;
};
static inline struct clinux_frame clinux_take_frame(int descriptor, void *_Nonnull buffer, size_t size) {
    struct clinux_frame frame = {0};
    struct sockaddr_ll place = {0};
    struct iovec part = {.iov_base = buffer, .iov_len = size};
    union {
        struct cmsghdr first;
        char room[256];
    } control;
    struct msghdr message = {
        .msg_name = &place, .msg_namelen = sizeof place, .msg_iov = &part, .msg_iovlen = 1,
        .msg_control = control.room, .msg_controllen = sizeof control.room,
    };
    frame.length = recvmsg(descriptor, &message, 0);
    if (frame.length < 0) return frame;
    frame.interface = place.sll_ifindex;
    frame.kind = place.sll_pkttype;
    for (struct cmsghdr *item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
        const int64_t arrival = clinux_arrival(item);
        if (arrival) frame.arrival = arrival;
    }
    return frame;
}

// Binds a packet socket to all that passes by an interface.
static inline int clinux_bind_frames(int descriptor, uint32_t interface) {
    // ETH_P_ALL, in the order of bytes of the network.
    struct sockaddr_ll place = {.sll_family = AF_PACKET, .sll_ifindex = (int)interface};
    const uint8_t all[2] = {0, 3};
    memcpy(&place.sll_protocol, all, 2);
    return bind(descriptor, (const struct sockaddr *)&place, sizeof place);
}

// The most frames that go out in one call.
#define CLINUX_FRAMES 64

// Sends frames that lie one behind the other, of those lengths, each by its interface. Gives the number of those that went out; when
// that is less than `count`, errno says why the next one did not, and -1 stands for none.
static inline int clinux_send_frames(
    int descriptor, const uint8_t *_Nonnull bytes, const uint32_t *_Nonnull lengths, const uint32_t *_Nonnull interfaces, int count
) {
    struct {
        struct msghdr header;
        unsigned int length;
    } messages[CLINUX_FRAMES];
    struct sockaddr_ll places[CLINUX_FRAMES];
    struct iovec parts[CLINUX_FRAMES];
    if (count > CLINUX_FRAMES) count = CLINUX_FRAMES;
    memset(messages, 0, sizeof messages);
    memset(places, 0, sizeof places);
    for (int index = 0; index < count; ++index) {
        places[index].sll_family = AF_PACKET;
        places[index].sll_ifindex = (int)interfaces[index];
        // The type of an Ethernet frame stands behind its two addresses.
        if (lengths[index] >= 14) memcpy(&places[index].sll_protocol, bytes + 12, 2);
        parts[index] = (struct iovec){.iov_base = (void *)bytes, .iov_len = lengths[index]};
        messages[index].header = (struct msghdr){
            .msg_name = &places[index], .msg_namelen = sizeof places[index], .msg_iov = &parts[index], .msg_iovlen = 1,
        };
        bytes += lengths[index];
    }
    return (int)syscall(SYS_sendmmsg, descriptor, messages, count, MSG_NOSIGNAL);
}

// Makes the process the given user's with those capabilities alone, which programs that it runs in its place have too. Nothing that
// it starts gains more. Gives 0, or the number of the error.
static inline int clinux_keep_capabilities(uint32_t user, uint32_t group, uint32_t wanted) {
    for (int number = 0; number < 64; ++number) {
        if (number < 32 && wanted & 1u << number) continue;
        // A kernel that knows no more of them says EINVAL; one without CAP_SETPCAP may be left with its bounds.
        if (prctl(PR_CAPBSET_DROP, number, 0, 0, 0) != 0 && errno == EINVAL) break;
    }
    if (getuid() != user || geteuid() != user) {
        if (prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0) != 0) return errno;
        const uint32_t account[2] = {user, group};
        if (clinux_become(&account[0], &account[1]) != 0) return errno;
    }
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{.effective = wanted, .permitted = wanted, .inheritable = wanted}};
    if (syscall(SYS_capset, &header, data) != 0) return errno;
    for (int number = 0; number < 32; ++number) {
        if (wanted & 1u << number && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, number, 0, 0) != 0) return errno;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
    return 0;
}

// The capabilities that the process may use, of the first 32.
static inline uint32_t clinux_capabilities(void) {
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2] = {{0}};
    return syscall(SYS_capget, &header, data) == 0 ? data[0].effective : 0;
}
static const uint32_t CLINUX_CAP_NET_ADMIN = CAP_NET_ADMIN;
static const uint32_t CLINUX_CAP_NET_RAW = CAP_NET_RAW;
static const uint32_t CLINUX_CAP_SYS_NICE = CAP_SYS_NICE;

// Sets a limit for this process, by its number in the kernel; sys/resource.h here would keep its names from Swift.
static inline int clinux_limit(int resource, uint64_t soft, uint64_t hard) {
    const uint64_t limit[2] = {soft, hard};
    return (int)syscall(SYS_prlimit64, 0, resource, limit, NULL);
}

// Runs this thread by turns of real-time priority, which nothing that it starts does; 0 makes it ordinary again.
static inline int clinux_run_in_real_time(int priority) {
    const struct { int priority; } parameter = {priority};
    const int policy = priority > 0 ? 2 | 0x40000000 : 0x40000000;
    return (int)syscall(SYS_sched_setscheduler, 0, policy, &parameter);
}

// Keeps this thread to the processors whose bits are set in words of 64.
static inline int clinux_keep_to_processors(const uint64_t *_Nonnull words, size_t count) {
    return (int)syscall(SYS_sched_setaffinity, 0, count * sizeof *words, words);
}

// Gives the pages of the program's own code back that the process has in memory; those that it runs again come back from the file,
// and those that only its start needed do not. Fails where memory is held.
static inline int clinux_forget_code(void) {
    extern char __executable_start[], etext[];
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t start = (uintptr_t)__executable_start & ~(page - 1), end = (uintptr_t)etext & ~(page - 1);
    return end > start ? madvise((void *)start, end - start, MADV_DONTNEED) : 0;
}

// Holds all memory of the process in memory.
static inline int clinux_hold_memory(int holds) {
    return holds ? (int)syscall(SYS_mlockall, 1 | 2) : (int)syscall(SYS_munlockall);
}

// Listens to the frames of an interface that have to do with virtual routers: VRRP and AH of IPv4, VRRP and neighbour advertisements of
// IPv6, and messages of ARP by which a sender tells of itself. Gives the socket, or -1 with the reason in errno.
static inline int clinux_tap(unsigned int interface) {
    // Jumps count the instructions that they leave out; 16 takes the frame and 17 does not.
    static const struct sock_filter filter[] = {
        {BPF_LD | BPF_H | BPF_ABS, 0, 0, 12},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 4, 0x0806},
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, 28},
        {BPF_MISC | BPF_TAX, 0, 0, 0},
        {BPF_LD | BPF_W | BPF_ABS, 0, 0, 38},
        {BPF_JMP | BPF_JEQ | BPF_X, 10, 11, 0},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 0x0800},
        {BPF_LD | BPF_B | BPF_ABS, 0, 0, 23},
        {BPF_JMP | BPF_JEQ | BPF_K, 7, 0, 112},
        {BPF_JMP | BPF_JEQ | BPF_K, 6, 7, 51},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 6, 0x86dd},
        {BPF_LD | BPF_B | BPF_ABS, 0, 0, 20},
        {BPF_JMP | BPF_JEQ | BPF_K, 3, 0, 112},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 3, 58},
        {BPF_LD | BPF_B | BPF_ABS, 0, 0, 54},
        {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 136},
        {BPF_RET | BPF_K, 0, 0, 0xffff},
        {BPF_RET | BPF_K, 0, 0, 0},
    };
    const struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = (struct sock_filter *)filter};
    // ETH_P_ALL in network order: nothing comes before the filter is there.
    const uint8_t kinds[2] = {0, 3};
    int descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    struct sockaddr_ll place = {.sll_family = AF_PACKET, .sll_ifindex = (int)interface};
    memcpy(&place.sll_protocol, kinds, sizeof kinds);
    if (setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0
        && bind(descriptor, (const struct sockaddr *)&place, sizeof place) == 0) return descriptor;
    int number = errno;
    close(descriptor);
    errno = number;
    return -1;
}

// Takes the next frame of a tap, and tells whether this machine has sent it.
static inline ssize_t clinux_take_tapped(int descriptor, void *_Nonnull buffer, size_t size, int *_Nonnull isOwn) {
    struct sockaddr_ll sender = {0};
    socklen_t length = sizeof sender;
    ssize_t count = recvfrom(descriptor, buffer, size, 0, (struct sockaddr *)&sender, &length);
    *isOwn = sender.sll_pkttype == PACKET_OUTGOING;
    return count;
}
