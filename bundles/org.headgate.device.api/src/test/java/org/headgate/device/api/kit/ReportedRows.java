package org.headgate.device.api.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;

/** Keeps all that a device reports by itself, row by row, and waits for what is to come. Thread-safe. */
public final class ReportedRows implements Reports {
    /** Long enough for a machine that others use. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final List<RecordedReadings> rows = new ArrayList<>();
    private final List<String> offline = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public void report(Consumer<Readings> values) {
        RecordedReadings row = new RecordedReadings();
        values.accept(row);
        note(rows, row);
    }

    @Override
    public void offline(String why) {
        note(offline, why);
    }

    @Override
    public void failed(IOException why) {
        note(failures, String.valueOf(why.getMessage()));
    }

    /** All rows so far. */
    public synchronized List<RecordedReadings> all() {
        return List.copyOf(rows);
    }

    /** One of the rows, from 0. */
    public synchronized RecordedReadings get(int row) {
        return rows.get(row);
    }

    /** How often, and why, the device was said not to be there. */
    public synchronized List<String> offline() {
        return List.copyOf(offline);
    }

    /** How often, and why, the connection was said to be lost. */
    public synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** Why the connection was said to be lost; empty when it was not. */
    public synchronized String failure() {
        return failures.isEmpty() ? "" : failures.get(0);
    }

    /** Waits for so many rows; more of them are an error. */
    public synchronized void awaitCount(int count) {
        await(() -> rows.size() >= count, count + " rows");
        if (rows.size() > count) {
            throw new AssertionError("more than " + count + " rows: " + this);
        }
    }

    /** Waits for a row, whichever it is. */
    public synchronized RecordedReadings await(Predicate<RecordedReadings> wanted) {
        await(() -> rows.stream().anyMatch(wanted), "a row");
        return rows.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for a row in which the first channel has this value. */
    public RecordedReadings awaitFirst(Object value) {
        return await(row -> same(value, row.values.get(0)));
    }

    /** Waits for a row in which the first channel is BAD for this reason. */
    public RecordedReadings awaitBad(String part) {
        return await(row -> row.bad.getOrDefault(0, "").contains(part));
    }

    /** Waits until the device was said not to be there. */
    public synchronized void awaitOffline(String why) {
        await(() -> offline.contains(why), why);
    }

    /** Waits until the connection was said to be lost. */
    public synchronized void awaitFailure() {
        await(() -> !failures.isEmpty(), "a failure");
    }

    @Override
    public synchronized String toString() {
        return rows.stream().map(row -> row.values + " " + row.bad).toList() + ", offline " + offline + ", failures "
                + failures;
    }

    private synchronized <T> void note(List<T> list, T one) {
        list.add(one);
        notifyAll();
    }

    private void await(BooleanSupplier there, String what) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (!there.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError(what + " did not come: " + this);
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, stop);
        }
    }

    private static boolean same(Object wanted, Object value) {
        return wanted instanceof Number number && value instanceof Number other
                ? number.doubleValue() == other.doubleValue()
                : wanted.equals(value);
    }
}
