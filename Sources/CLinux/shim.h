#define _GNU_SOURCE 1
#pragma once

// What the Glibc overlay of Swift 6.3 leaves out.
#include <sched.h>
