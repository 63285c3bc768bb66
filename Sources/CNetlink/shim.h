#pragma once
#include <netlink/errno.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <netlink/netlink.h>
#include <linux/genetlink.h>
#include <linux/fib_rules.h>
#include <linux/ip_vs.h>
#include <linux/netconf.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <errno.h>
#include <sys/socket.h>

// Datagrams that were received: how many, or the negative errno; the length of each, which may be more than there was
// room for; and who sent it.
typedef struct cnetlink_datagrams {
    int count;
    size_t lengths[2];
    unsigned int senders[2];
} cnetlink_datagrams;

// Declared here because the headers do so for _GNU_SOURCE only, with which they would disagree with Swift's Glibc.
struct cnetlink_mmsghdr {
    struct msghdr header;
    unsigned int length;
};
extern int recvmmsg(int, struct cnetlink_mmsghdr *, unsigned int, int, struct timespec *);

// Waits for one datagram and takes a second one if it is there.
static inline cnetlink_datagrams cnetlink_receive_two(
    int descriptor, void *_Nullable first, void *_Nullable second, size_t capacity
) {
    struct sockaddr_nl senders[2] = {0};
    struct iovec parts[2] = {{first, capacity}, {second, capacity}};
    struct cnetlink_mmsghdr messages[2] = {0};
    for (int i = 0; i < 2; i++) {
        messages[i].header.msg_name = &senders[i];
        messages[i].header.msg_namelen = sizeof senders[i];
        messages[i].header.msg_iov = &parts[i];
        messages[i].header.msg_iovlen = 1;
    }
    cnetlink_datagrams received = {0};
    received.count = recvmmsg(descriptor, messages, 2, MSG_TRUNC | 0x10000 /* MSG_WAITFORONE */, NULL);
    if (received.count < 0) received.count = -errno;
    for (int i = 0; i < received.count; i++) {
        received.lengths[i] = messages[i].length;
        received.senders[i] = senders[i].nl_pid;
    }
    return received;
}
