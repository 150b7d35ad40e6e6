package org.headgate.lab;

import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;

/** Keeps all reports. */
final class Seen implements Reports {
    final Queue<RecordedReadings> rows = new ConcurrentLinkedQueue<>();
    final Queue<String> failures = new ConcurrentLinkedQueue<>();

    @Override
    public void report(Consumer<Readings> values) {
        RecordedReadings readings = new RecordedReadings();
        values.accept(readings);
        rows.add(readings);
    }

    @Override
    public void failed(IOException why) {
        failures.add(String.valueOf(why.getMessage()));
    }

    List<Object> values() {
        return rows.stream().map(row -> row.values.get(0)).toList();
    }
}
