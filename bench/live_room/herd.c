// A herd of browsers: each keeps one stream, and comes back after the pause that the server named when it ended.
// usage: herd <port> <requests: one a line, \r\n written as |>   commands on standard input: any ends it
// says ten times a second: seconds, open, refused, tries, ended, frames heard, the newest sequence heard
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, BUFFER = 1 << 17, PATIENCE = 120 };
enum { WAITING, CONNECTING, ASKED, OPEN, REFUSED };
static struct phone { int socket, state; double due, since; int pause; char *request; } phones[MOST];
static int count, open_now, refused, tries, ended, sequence_heard, all;
static long heard;
static char in[BUFFER + 1];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void lose(struct phone *it, double at, double pause) {
    if (it->state == OPEN) { open_now--; ended++; }
    if (it->socket >= 0) close(it->socket);
    it->socket = -1;
    it->state = WAITING;
    it->due = at + pause;
}

static void come(struct phone *it, double at, struct sockaddr_in *to) {
    struct sockaddr_in from = {.sin_family = AF_INET};
    // Several addresses, so that the numbers of a single one do not run out.
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (it - phones) % 16);
    it->socket = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    int yes = 1;
    setsockopt(it->socket, SOL_IP, 24 /* IP_BIND_ADDRESS_NO_PORT */, &yes, sizeof yes);
    if (it->socket < 0 || bind(it->socket, (void *)&from, sizeof from)) { perror("socket"); exit(1); }
    tries++;
    it->since = at;
    if (connect(it->socket, (void *)to, sizeof *to) && errno != EINPROGRESS) { lose(it, at, 2); return; }
    it->state = CONNECTING;
    struct epoll_event one = {.events = EPOLLIN | EPOLLOUT, .data.u32 = it - phones};
    epoll_ctl(all, EPOLL_CTL_ADD, it->socket, &one);
}

static void take(struct phone *it, size_t got) {
    in[got] = 0;
    for (char *at = in; (at = strstr(at, "retry: ")); at += 7) it->pause = atoi(at + 7);
    for (char *at = in; (at = strstr(at, "\"sequence\": ")); at += 12) {
        int sequence = atoi(at + 12);
        if (sequence > sequence_heard) sequence_heard = sequence;
        heard++;
    }
}

int main(int argc, char **argv) {
    if (argc != 3) return 2;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    FILE *requests = fopen(argv[2], "r");
    char line[8192], request[8192];
    all = epoll_create1(0);
    while (count < MOST && fgets(line, sizeof line, requests)) {
        size_t length = 0;
        for (char *from = line; *from && *from != '\n'; from++) {
            if (*from == '|') { request[length++] = '\r'; request[length++] = '\n'; }
            else request[length++] = *from;
        }
        request[length] = 0;
        // The first time they arrive as people do, over some seconds.
        phones[count] = (struct phone){-1, WAITING, now() + count / 1000.0, 0, 3000, strdup(request)};
        count++;
    }
    struct epoll_event some[1024], one = {.events = EPOLLIN, .data.u32 = UINT32_MAX};
    epoll_ctl(all, EPOLL_CTL_ADD, 0, &one);
    double begun = now(), said = begun;
    for (;;) {
        int ready = epoll_wait(all, some, 1024, 5);
        double at = now();
        for (int i = 0; i < ready; i++) {
            if (some[i].data.u32 == UINT32_MAX) return 0;
            struct phone *it = &phones[some[i].data.u32];
            if (it->socket < 0) continue;
            if (it->state == CONNECTING && some[i].events & EPOLLOUT) {
                int fault = 0;
                socklen_t size = sizeof fault;
                getsockopt(it->socket, SOL_SOCKET, SO_ERROR, &fault, &size);
                ssize_t length = strlen(it->request);
                if (fault || write(it->socket, it->request, length) != length) { lose(it, at, it->pause / 1000.0); continue; }
                it->state = ASKED;
                one = (struct epoll_event){.events = EPOLLIN, .data.u32 = some[i].data.u32};
                epoll_ctl(all, EPOLL_CTL_MOD, it->socket, &one);
                continue;
            }
            ssize_t got = read(it->socket, in, BUFFER);
            if (got < 0 && errno == EAGAIN) continue;
            if (got <= 0) { lose(it, at, it->pause / 1000.0); continue; }
            take(it, got);
            if (it->state == ASKED) {
                if (strncmp(in, "HTTP/1.1 200", 12)) {
                    // Full: a browser gives up, and its page asks for what changed instead.
                    lose(it, at, 0);
                    it->state = REFUSED;
                    refused++;
                } else {
                    it->state = OPEN;
                    open_now++;
                }
            }
        }
        for (int i = 0; i < count; i++) {
            struct phone *it = &phones[i];
            if (it->state == WAITING && it->due <= at) come(it, at, &to);
            else if ((it->state == CONNECTING || it->state == ASKED) && at - it->since > PATIENCE) lose(it, at, 1);
        }
        if (at - said > 0.1) {
            printf("%.2f %d %d %d %d %ld %d\n", at - begun, open_now, refused, tries, ended, heard, sequence_heard);
            fflush(stdout);
            said = at;
        }
    }
}
