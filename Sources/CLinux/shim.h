#pragma once

// What the Glibc overlay of Swift 6.3 leaves out. The GNU functions are declared here by hand: with _GNU_SOURCE the
// headers that declare them would define types otherwise than the overlay does.
#include <linux/memfd.h>
#include <linux/sched.h>
#include <net/if.h>

extern int unshare(int flags);
extern int setns(int descriptor, int kind);
extern int memfd_create(const char *_Nonnull name, unsigned int flags);
