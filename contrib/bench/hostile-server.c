// SPDX-License-Identifier: GPL-2.0-or-later
//
// Servers that answer a check without end, at full speed, in what costs a client most: a port for each way.
//
//     hostile-server CERTIFICATE KEY
//
// Prints its ports in one line, those of TLS first, in the order of `ways`.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct way {
    const char *name, *begin, *again;
    size_t again_length;
    int in_tls, one_byte, updates;
};
#define TEXT(text) text, sizeof text - 1
static const struct way ways[] = {
    {"https-updates", NULL, NULL, 0, 1, 0, 1},
    {"https-bytes", "HTTP/1.1 200 OK\r\n\r\n", TEXT("x"), 1, 1, 0},
    {"https-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", TEXT("1\r\nx\r\n"), 1, 0, 0},
    {"http-chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", TEXT("1\r\nx\r\n"), 0, 0, 0},
    {"http-interim", "", TEXT("HTTP/1.1 100 x\r\n\r\n"), 0, 0, 0},
    {"http-fields", "HTTP/1.1 200 OK\r\n", TEXT("a:\r\n"), 0, 0, 0},
    {"ftp", "220 x\r\n331 x\r\n", TEXT("150 x\r\n"), 0, 0, 0},
    {"smtp", "", TEXT("220-x\r\n"), 0, 0, 0},
    {"imap", "* OK x\r\n", TEXT("* x\r\n"), 0, 0, 0},
    {"pgsql", "", TEXT("N\0\0\0\5\0"), 0, 0, 0},
};
enum { way_count = sizeof ways / sizeof *ways };
static SSL_CTX *context;
struct listener {
    const struct way *way;
    int descriptor;
};
struct connection {
    const struct way *way;
    int descriptor;
};

static void *serve(void *argument) {
    struct connection connection = *(struct connection *)argument;
    const struct way *way = connection.way;
    free(argument);
    char block[1 << 14];
    size_t filled = 0;
    while (way->again && !way->one_byte && filled + way->again_length <= sizeof block) {
        memcpy(block + filled, way->again, way->again_length);
        filled += way->again_length;
    }
    if (way->in_tls) {
        SSL *session = SSL_new(context);
        SSL_set_fd(session, connection.descriptor);
        int alive = SSL_accept(session) == 1;
        if (alive && way->begin) alive = SSL_write(session, way->begin, strlen(way->begin)) > 0;
        while (alive) {
            if (way->updates) {
                alive = SSL_key_update(session, SSL_KEY_UPDATE_NOT_REQUESTED) == 1 && SSL_do_handshake(session) == 1;
            } else if (way->one_byte) {
                alive = SSL_write(session, "x", 1) > 0;
            } else {
                alive = SSL_write(session, block, filled) > 0;
            }
        }
        SSL_free(session);
    } else {
        int alive = send(connection.descriptor, way->begin, strlen(way->begin), MSG_NOSIGNAL) >= 0;
        while (alive) alive = send(connection.descriptor, block, filled, MSG_NOSIGNAL) > 0;
    }
    close(connection.descriptor);
    return NULL;
}

static void *listen_for(void *argument) {
    struct listener *listener = argument;
    for (;;) {
        struct connection *connection = malloc(sizeof *connection);
        connection->way = listener->way;
        connection->descriptor = accept4(listener->descriptor, NULL, NULL, SOCK_CLOEXEC);
        pthread_t thread;
        if (connection->descriptor < 0 || pthread_create(&thread, NULL, serve, connection) != 0) {
            free(connection);
            continue;
        }
        pthread_detach(thread);
    }
    return NULL;
}

int main(int count, char **words) {
    if (count != 3) return 2;
    signal(SIGPIPE, SIG_IGN);
    context = SSL_CTX_new(TLS_server_method());
    if (SSL_CTX_use_certificate_chain_file(context, words[1]) != 1
        || SSL_CTX_use_PrivateKey_file(context, words[2], SSL_FILETYPE_PEM) != 1) {
        fprintf(stderr, "hostile-server: no certificate or key\n");
        return 1;
    }
    static struct listener listeners[way_count];
    for (int index = 0; index < way_count; index++) {
        struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};
        socklen_t length = sizeof address;
        int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3);
        if (bind(descriptor, (struct sockaddr *)&address, length) || listen(descriptor, 1000)) {
            perror("hostile-server");
            return 1;
        }
        getsockname(descriptor, (struct sockaddr *)&address, &length);
        printf("%s=%d ", ways[index].name, ntohs(address.sin_port));
        listeners[index] = (struct listener){&ways[index], descriptor};
        pthread_t thread;
        pthread_create(&thread, NULL, listen_for, &listeners[index]);
    }
    printf("\n");
    fflush(stdout);
    for (;;) pause();
}
