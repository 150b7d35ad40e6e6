package org.headgate.driver.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;

/** What a device reports, row by row. */
final class Rows implements Reports {
    private final List<RecordedReadings> rows = new CopyOnWriteArrayList<>();
    private final List<String> offline = new CopyOnWriteArrayList<>();
    private volatile String failure = "";

    @Override
    public void report(Consumer<Readings> values) {
        RecordedReadings row = new RecordedReadings();
        values.accept(row);
        rows.add(row);
    }

    @Override
    public void offline(String why) {
        offline.add(why);
    }

    @Override
    public void failed(IOException why) {
        failure = why.getMessage();
    }

    List<RecordedReadings> all() {
        return List.copyOf(rows);
    }

    /** How often, and why, the device was said not to be there. */
    List<String> offline() {
        return List.copyOf(offline);
    }

    /** Waits until the device was said not to be there. */
    void awaitOffline(String why) {
        until(() -> offline.contains(why));
    }

    String failure() {
        return failure;
    }

    /** Waits for a row, whichever it is. */
    RecordedReadings await(Predicate<RecordedReadings> wanted) {
        until(() -> rows.stream().anyMatch(wanted));
        return rows.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits for a row in which the first channel has this value. */
    RecordedReadings awaitFirst(Object value) {
        return await(row -> same(value, row.values.get(0)));
    }

    private static boolean same(Object wanted, Object value) {
        return wanted instanceof Number number && value instanceof Number other
                ? number.doubleValue() == other.doubleValue()
                : wanted.equals(value);
    }

    /** Waits for a row in which the first channel is BAD for this reason. */
    RecordedReadings awaitBad(String part) {
        return await(row -> row.bad.getOrDefault(0, "").contains(part));
    }

    static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(condition);
    }
}
