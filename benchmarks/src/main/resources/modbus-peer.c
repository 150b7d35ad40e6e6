/* The peer that the gateway's Modbus polls are measured beside: libmodbus, one thread, one connection a slave, nothing done with the values.
   modbus-peer PORT SLAVES REGISTERS INTERVAL_MS SECONDS; prints polls, processor time in seconds, the resident set in KiB, and polls that came late. */
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static double cpu(void) {
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

int main(int argc, char **argv) {
    if (argc < 6) {
        return 2;
    }
    int port = atoi(argv[1]), slaves = atoi(argv[2]), registers = atoi(argv[3]), seconds = atoi(argv[5]);
    long long interval = atoll(argv[4]) * 1000000LL;
    modbus_t **all = calloc(slaves, sizeof *all);
    for (int i = 0; i < slaves; i++) {
        char address[24];
        snprintf(address, sizeof address, "127.1.%d.%d", i / 250, i % 250 + 1);
        all[i] = modbus_new_tcp(address, port);
        if (all[i] == NULL || modbus_connect(all[i]) != 0) {
            fprintf(stderr, "%s: %s\n", address, modbus_strerror(errno));
            return 1;
        }
    }
    uint16_t values[125];
    unsigned sum = 0;
    long polls = 0, late = 0;
    double before = cpu();
    long long start = now(), end = start + seconds * 1000000000LL;
    /* Spread over the interval, as a gateway's polls are. */
    for (long n = 0;; n++) {
        long long due = start + n * interval / slaves;
        if (due >= end) {
            break;
        }
        long long t = now();
        if (t < due) {
            struct timespec until = {due / 1000000000LL, due % 1000000000LL};
            clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
        } else {
            late += t - due > interval;
        }
        if (modbus_read_registers(all[n % slaves], 0, registers, values) != registers) {
            fprintf(stderr, "%s\n", modbus_strerror(errno));
            return 1;
        }
        sum += values[0];
        polls++;
    }
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    printf("%ld %f %ld %ld %u\n", polls, cpu() - before, u.ru_maxrss, late, sum);
    return 0;
}
