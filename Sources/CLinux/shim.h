#pragma once

// What the Glibc overlay of Swift 6.3 leaves out. The GNU functions are declared here by hand: with _GNU_SOURCE the
// headers that declare them would define types otherwise than the overlay does.
#include <linux/filter.h>
#include <linux/memfd.h>
#include <linux/sched.h>
#include <malloc.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/types.h>
#include <sys/vfs.h>
#include <sys/wait.h>
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
