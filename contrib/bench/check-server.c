// SPDX-License-Identifier: GPL-2.0-or-later
//
// Many web servers in one: answers on every address of 127.0.0.0/8, and keeps account of when each address was asked.
//
//     check-server INTERVAL-MS WARMUP-SECONDS
//
// Prints its port, and at SIGTERM how far the times between two requests to one address were from the interval, by how much the
// latest request came after it, in milliseconds, and how many requests there were a second, those of the first seconds left out,
// as a line of JSON. New checks are asked sooner for a while, until they have their places; that makes none late.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
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

enum { addresses = 1 << 17, bins = 200000 };
static int64_t last_asked[addresses];
static uint32_t deviations[bins];  // of 10 us each

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

static double quantile(uint64_t count, double share) {
    uint64_t seen = 0;
    for (int bin = 0; bin < bins; bin++) {
        seen += deviations[bin];
        if (seen && seen >= share * count) return (bin + 1) / 100.0;
    }
    return 0;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    int64_t interval = atoll(words[1]) * 1000000, warmup = atoll(words[2]) * 1000000000;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    struct sigaction action = {.sa_handler = end};
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN);

    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof address;
    if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 65535)) {
        perror("check-server");
        return 1;
    }
    getsockname(listener, (struct sockaddr *)&address, &length);
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);

    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    static const char answer[] =
        "HTTP/1.1 200 OK\r\nServer: check-server\r\nContent-Type: text/html\r\nContent-Length: 58\r\n"
        "Connection: close\r\n\r\n<html><body><h1>It works</h1><p>Server is OK</body></html>";
    int64_t first = 0, latest = 0, late = 0;
    uint64_t periods = 0;
    while (!is_over) {
        int ready = epoll_wait(epoll, events, 256, -1);
        for (int index = 0; index < ready; index++) {
            int descriptor = events[index].data.fd;
            if (descriptor != listener) {
                char buffer[4096];
                ssize_t received = recv(descriptor, buffer, sizeof buffer, 0);
                if (received < 0 && errno == EAGAIN) continue;
                if (received > 0) send(descriptor, answer, sizeof answer - 1, 0);
                close(descriptor);
                continue;
            }
            for (;;) {
                int accepted = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (accepted < 0) break;
                length = sizeof address;
                getsockname(accepted, (struct sockaddr *)&address, &length);
                int64_t moment = now();
                int64_t *last = &last_asked[ntohl(address.sin_addr.s_addr) % addresses];
                if (!first) first = moment;
                if (*last && moment - first > warmup) {
                    int64_t delay = moment - *last - interval;
                    if (delay > late) late = delay;
                    int64_t deviation = llabs(delay) / 10000;
                    deviations[deviation < bins ? deviation : bins - 1]++;
                    periods++;
                }
                *last = latest = moment;
                struct epoll_event event = {.events = EPOLLIN, .data.fd = accepted};
                epoll_ctl(epoll, EPOLL_CTL_ADD, accepted, &event);
            }
        }
    }
    int64_t counted = latest - first - warmup;
    double rate = counted > 0 ? periods / (counted / 1e9) : 0;
    printf("{\"periods\": %llu, \"rate\": %.1f, \"median\": %.2f, \"p99\": %.2f, \"max\": %.2f, \"late\": %.2f}\n",
           (unsigned long long)periods, rate, quantile(periods, 0.5), quantile(periods, 0.99), quantile(periods, 1), late / 1e6);
    return 0;
}
