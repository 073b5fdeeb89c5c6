// The floor: a bare broadcaster. It holds streams and writes what is POSTed to it to each of them; nothing else.
// usage: floor <port> <clock>: into the file <clock> go the nanoseconds of CPU spent on writing to streams
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <fcntl.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, LONGEST = 1 << 18 };
static int streams[MOST], count;
static int clock_file;
static uint64_t spent;
static char in[LONGEST], out[LONGEST + 64];

static void answer(int to, const char *words) {
    if (write(to, words, strlen(words)) < 0) close(to);
}

static uint64_t now(void) {
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return at.tv_sec * 1000000000ull + at.tv_nsec;
}

static void broadcast(const char *body, size_t length) {
    int head = sprintf(out, "%zx\r\n", length);
    memcpy(out + head, body, length);
    memcpy(out + head + length, "\r\n", 2);
    uint64_t begun = now();
    for (int i = 0; i < count; i++) {
        if (write(streams[i], out, head + length + 2) < 0 && errno != EAGAIN) {
            close(streams[i]);
            streams[i--] = streams[--count];
        }
    }
    spent += now() - begun;
    if (pwrite(clock_file, &spent, sizeof spent, 0) < 0) perror("clock");
}

static void heard(int from) {
    ssize_t got = read(from, in, LONGEST - 1);
    if (got <= 0) {
        close(from);
        for (int i = 0; i < count; i++)
            if (streams[i] == from) streams[i--] = streams[--count];
        return;
    }
    in[got] = 0;
    if (in[0] == 'G') {
        answer(from, "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
                     "17\r\nevent: beat\ndata: {}\n\n\n\r\n");
        if (count < MOST) streams[count++] = from;
        return;
    }
    char *body = strstr(in, "\r\n\r\n"), *says = strcasestr(in, "content-length:");
    if (!body || !says) return;
    body += 4;
    ssize_t length = atol(says + 15);
    while (got - (body - in) < length) {
        ssize_t more = read(from, in + got, LONGEST - 1 - got);
        if (more > 0) got += more;
        else if (errno != EAGAIN) return;
    }
    answer(from, "HTTP/1.1 204 No Content\r\n\r\n");
    broadcast(body, length);
}

int main(int argc, char **argv) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 0)};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int door = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(door, (struct sockaddr *)&at, sizeof at) || listen(door, 4096)) return perror("floor"), 1;
    clock_file = open(argc > 2 ? argv[2] : "/dev/null", O_WRONLY | O_CREAT, 0600);
    int all = epoll_create1(0);
    struct epoll_event one = {.events = EPOLLIN, .data.fd = door}, some[512];
    epoll_ctl(all, EPOLL_CTL_ADD, door, &one);
    for (;;) {
        int ready = epoll_wait(all, some, 512, -1);
        for (int i = 0; i < ready; i++) {
            if (some[i].data.fd != door) {
                heard(some[i].data.fd);
                continue;
            }
            int new = accept4(door, 0, 0, SOCK_NONBLOCK);
            if (new < 0) continue;
            setsockopt(new, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            one = (struct epoll_event){.events = EPOLLIN, .data.fd = new};
            epoll_ctl(all, EPOLL_CTL_ADD, new, &one);
        }
    }
}
