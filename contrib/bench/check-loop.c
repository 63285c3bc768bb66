// SPDX-License-Identifier: GPL-2.0-or-later
//
// The least that checks can cost: servers 127.0.0.1 and on, each checked at its interval by one bare epoll loop. It has
// no deadlines, no configuration and no parser: a status of 200 and the words of the body are looked for, that is all.
//
//     check-loop tcp|http SERVERS PORT INTERVAL-MS
//
// At SIGTERM prints what it did and used, as a line of JSON.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000LL + time.tv_nsec;
}

static volatile sig_atomic_t is_over;
static void end(int signal) {
    (void)signal;
    is_over = 1;
}

static uint64_t passed, failed;
static void finish(int descriptor, int is_up) {
    close(descriptor);
    if (is_up) passed++; else failed++;
}

int main(int count, char **words) {
    if (count != 5) return 2;
    int is_http = !strcmp(words[1], "http"), servers = atoi(words[2]), port = atoi(words[3]);
    int64_t interval = atoll(words[4]) * 1000000;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);

    int epoll = epoll_create1(EPOLL_CLOEXEC);
    static struct epoll_event events[256];
    static char buffer[65536];
    static char *requests;
    requests = calloc(servers, 128);
    int64_t start = now(), worst = 0, all_known = 0;
    uint64_t next = 0;
    while (!is_over) {
        int64_t moment = now(), due;
        while ((due = start + (int64_t)(next * interval / servers)) <= moment) {
            int server = next++ % servers;
            if (moment - due > worst) worst = moment - due;
            struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
            address.sin_addr.s_addr = htonl(0x7f000001 + server);
            int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            if (descriptor < 0 ||
                (connect(descriptor, (struct sockaddr *)&address, sizeof address) && errno != EINPROGRESS)) {
                finish(descriptor, 0);
                continue;
            }
            struct epoll_event event = {.data.u64 = (uint64_t)server << 32 | descriptor};
            event.events = is_http ? EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET : EPOLLOUT | EPOLLET;
            epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
            char *request = requests + server * 128L;
            if (is_http && !*request) {
                char host[INET_ADDRSTRLEN];
                inet_ntop(AF_INET, &address.sin_addr, host, sizeof host);
                snprintf(request, 128, "GET /check HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", host);
            }
        }
        int64_t wait = (due - now() + 999999) / 1000000;
        int ready = epoll_wait(epoll, events, 256, wait > 0 ? wait : 0);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.u64 & 0xffffffff, server = events[index].data.u64 >> 32;
            uint32_t what = events[index].events;
            if (what & (EPOLLERR | EPOLLHUP) && !(what & EPOLLIN)) {
                finish(descriptor, 0);
            } else if (!is_http) {
                finish(descriptor, 1);
            } else if (what & EPOLLIN) {
                ssize_t received = recv(descriptor, buffer, sizeof buffer, 0);
                if (received < 0 && errno == EAGAIN) continue;
                finish(descriptor, received > 12 && !memcmp(buffer + 8, " 200", 4) &&
                                       memmem(buffer, received, "Server is OK", 12));
            } else {
                char *request = requests + server * 128L;
                send(descriptor, request, strlen(request), MSG_NOSIGNAL);
            }
        }
        if (!all_known && passed + failed >= (uint64_t)servers) all_known = now();
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double user = used.ru_utime.tv_sec + used.ru_utime.tv_usec / 1e6;
    double system = used.ru_stime.tv_sec + used.ru_stime.tv_usec / 1e6;
    printf("{\"passed\": %llu, \"failed\": %llu, \"user\": %.4f, \"system\": %.4f, \"memory\": %ld, \"known\": %.3f, "
           "\"late\": %.2f}\n",
           (unsigned long long)passed, (unsigned long long)failed, user, system, used.ru_maxrss,
           (all_known - start) / 1e9, worst / 1e6);
    return 0;
}
