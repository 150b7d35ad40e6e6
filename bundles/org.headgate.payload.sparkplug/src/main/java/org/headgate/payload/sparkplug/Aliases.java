package org.headgate.payload.sparkplug;

/** Numbers that stand for metrics, each for one of all metrics of an edge node and its devices (Sparkplug 3.0, 6.4.6), for one session. */
final class Aliases {
    private long last;

    long next() {
        return ++last;
    }
}
