package org.headgate.driver.process;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** What a program says on its standard error: ten lines a second go to the log, of the others only their number. Thread-safe. */
final class ErrorLog implements LineReader.Lines {
    static final int LONGEST = 1024;
    private static final int MOST = 10;
    private static final int SHOWN = 200;
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier monotonicNanos;
    private final Consumer<String> log;
    private String last = "";
    private long lines;
    private long since;
    private int logged;
    private long withheld;

    ErrorLog(LongSupplier monotonicNanos, Consumer<String> log) {
        this.monotonicNanos = monotonicNanos;
        this.log = log;
        this.since = monotonicNanos.getAsLong();
    }

    @Override
    public synchronized void line(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8)
                .strip()
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        last = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        count(text);
    }

    @Override
    public synchronized void tooLong() {
        count("(a line of more than " + LONGEST + " bytes)");
    }

    /** Says how many lines are not in the log, if any. */
    synchronized void flush() {
        if (withheld > 0) {
            log.accept("(" + withheld + " more lines)");
            withheld = 0;
        }
    }

    /** The last line; empty when there was none. */
    synchronized String last() {
        return last;
    }

    synchronized long lines() {
        return lines;
    }

    private void count(String text) {
        lines++;
        long now = monotonicNanos.getAsLong();
        if (now - since >= SECOND) {
            flush();
            since = now;
            logged = 0;
        }
        if (logged < MOST) {
            logged++;
            log.accept(text);
        } else {
            withheld++;
        }
    }
}
