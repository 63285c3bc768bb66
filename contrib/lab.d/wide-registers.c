// SPDX-License-Identifier: GPL-2.0-or-later
//
// Loaded into User Mode Linux where the processor has more registers than that knows (AMX): it writes back no more of a
// process's registers than its own buffer of 2,696 bytes holds, which kernels refuse that want the whole of them. Here the
// rest goes along as it is.
#include <elf.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static _Alignas(64) unsigned char registers[1 << 16];

long ptrace(enum __ptrace_request request, ...) {
    va_list rest;
    va_start(rest, request);
    pid_t process = va_arg(rest, pid_t);
    void *address = va_arg(rest, void *);
    void *data = va_arg(rest, void *);
    va_end(rest);
    // The system call stores a word that is peeked at; the function of the C library gives it.
    long word = 0;
    if (request == PTRACE_PEEKTEXT || request == PTRACE_PEEKDATA || request == PTRACE_PEEKUSER) {
        if (syscall(SYS_ptrace, request, process, address, &word) < 0) return -1;
        errno = 0;
        return word;
    }
    if (request == PTRACE_SETREGSET && (uintptr_t)address == NT_X86_XSTATE) {
        const struct iovec *given = data;
        struct iovec whole = {.iov_base = registers, .iov_len = sizeof registers};
        if (syscall(SYS_ptrace, PTRACE_GETREGSET, process, address, &whole) == 0 && whole.iov_len > given->iov_len) {
            memcpy(registers, given->iov_base, given->iov_len);
            return syscall(SYS_ptrace, request, process, address, &whole);
        }
    }
    return syscall(SYS_ptrace, request, process, address, data);
}
