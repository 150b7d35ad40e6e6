package org.headgate.driver.opcua;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.headgate.device.api.Readings;
import org.headgate.device.api.Reports;
import org.headgate.device.api.kit.RecordedReadings;

/** Keeps every report, in its order. */
final class Heard implements Reports {
    final CompletableFuture<IOException> failure = new CompletableFuture<>();
    private final List<RecordedReadings> all = new ArrayList<>();

    @Override
    public void report(Consumer<Readings> values) {
        RecordedReadings readings = new RecordedReadings();
        values.accept(readings);
        synchronized (all) {
            all.add(readings);
        }
    }

    @Override
    public void failed(IOException why) {
        failure.complete(why);
    }

    List<RecordedReadings> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /** All values of a channel, in their order. */
    List<Object> of(int place) {
        return all().stream()
                .filter(each -> each.values.containsKey(place))
                .map(each -> each.values.get(place))
                .toList();
    }

    /** How many values came, of all channels. */
    int values() {
        return all().stream().mapToInt(each -> each.values.size()).sum();
    }

    /** Whether each of so many channels has reported something. */
    boolean everyOne(int channels) {
        List<RecordedReadings> now = all();
        return IntStream.range(0, channels)
                .allMatch(place ->
                        now.stream().anyMatch(each -> each.values.containsKey(place) || each.bad.containsKey(place)));
    }
}
