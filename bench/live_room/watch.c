// Many watchers in one process: sends each request, then notes when which sequence reached which watcher.
// usage: watch <port> <requests: one a line, \r\n written as |> <notes>   commands on standard input: note · end
#include <arpa/inet.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, LINE = 8192, BUFFER = 1 << 18 };
struct note { uint32_t watcher, sequence; double at; };
static struct note *notes;
static size_t noted, room = 1 << 20;
static int sockets[MOST], is_open[MOST];
static char buffer[BUFFER + 1], line[LINE];
static const char MARK[] = "\"sequence\": ";

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void take(uint32_t watcher, const char *text, size_t length, double at) {
    const char *end = text + length, *found = text, *last = 0;
    while ((found = memmem(found, end - found, MARK, sizeof MARK - 1))) last = found += sizeof MARK - 1;
    if (!last) return;
    if (noted == room) notes = realloc(notes, (room *= 2) * sizeof *notes);
    notes[noted++] = (struct note){watcher, strtoul(last, 0, 10), at};
}

int main(int argc, char **argv) {
    if (argc != 4) return 2;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    FILE *requests = fopen(argv[2], "r");
    notes = malloc(room * sizeof *notes);
    int all = epoll_create1(0), watchers = 0, opened = 0, refused = 0, notes_now = 0, asked = 0, cut = 0;
    struct epoll_event one = {.events = EPOLLIN, .data.u32 = UINT32_MAX}, some[1024];
    epoll_ctl(all, EPOLL_CTL_ADD, 0, &one);
    for (;;) {
        // At most 64 are being opened at a time: the herd is another bench.
        while (requests && asked - opened - refused < 64) {
            if (!fgets(line, LINE, requests)) { fclose(requests); requests = 0; break; }
            size_t length = 0;
            for (char *from = line; *from && *from != '\n'; from++) {
                if (*from == '|') { buffer[length++] = '\r'; buffer[length++] = '\n'; }
                else buffer[length++] = *from;
            }
            int new = socket(AF_INET, SOCK_STREAM, 0);
            if (new < 0 || connect(new, (struct sockaddr *)&to, sizeof to)) return perror("connect"), 1;
            if (write(new, buffer, length) != (ssize_t)length) return perror("write"), 1;
            fcntl(new, F_SETFL, O_NONBLOCK);
            sockets[watchers] = new;
            one = (struct epoll_event){.events = EPOLLIN, .data.u32 = watchers++};
            epoll_ctl(all, EPOLL_CTL_ADD, new, &one);
            asked++;
        }
        int ready = epoll_wait(all, some, 1024, -1);
        double at = now();
        for (int i = 0; i < ready; i++) {
            uint32_t who = some[i].data.u32;
            if (who == UINT32_MAX) {
                char said[8] = {0};
                if (read(0, said, 7) <= 0 || said[0] == 'e') {
                    FILE *to_file = fopen(argv[3], "w");
                    fwrite(notes, sizeof *notes, noted, to_file);
                    fclose(to_file);
                    return printf("noted %zu\n", noted), 0;
                }
                noted = 0;
                notes_now = 1;
                continue;
            }
            ssize_t got = read(sockets[who], buffer, BUFFER);
            if (got <= 0) {
                close(sockets[who]);
                if (is_open[who] && !cut++) fprintf(stderr, "watchers are being cut off\n");
                continue;
            }
            if (notes_now) take(who, buffer, got, notes_now ? now() : at);
            if (!is_open[who]) {
                is_open[who] = 1;
                buffer[got] = 0;
                if (strncmp(buffer, "HTTP/1.1 200", 12) && strncmp(buffer, "HTTP/1.1 101", 12)) refused++;
                else opened++;
            }
        }
        if (!requests && watchers && opened + refused == asked) {
            printf("open %d refused %d\n", opened, refused);
            fflush(stdout);
            watchers = 0;
        }
    }
}
