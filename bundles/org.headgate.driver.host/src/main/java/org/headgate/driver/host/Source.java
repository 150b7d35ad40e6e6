package org.headgate.driver.host;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;
import org.headgate.host.Measure;

/** What this machine says of itself, as channels; the names in lower case are the sources. */
enum Source {
    CPU(Measure.CPU, Type.DOUBLE, "%"),
    LOAD(Measure.LOAD, Type.DOUBLE, ""),
    MEMORY_TOTAL(Measure.MEMORY_TOTAL, Type.LONG, "By"),
    MEMORY_AVAILABLE(Measure.MEMORY_AVAILABLE, Type.LONG, "By"),
    MEMORY_USED(Measure.MEMORY_USED, Type.DOUBLE, "%"),
    SWAP_TOTAL(Measure.SWAP_TOTAL, Type.LONG, "By"),
    SWAP_USED(Measure.SWAP_USED, Type.DOUBLE, "%"),
    DISK_TOTAL(Measure.DISK_TOTAL, Type.LONG, "By"),
    DISK_FREE(Measure.DISK_FREE, Type.LONG, "By"),
    DISK_USED(Measure.DISK_USED, Type.DOUBLE, "%"),
    DISK_WRITTEN(Measure.DISK_WRITTEN, Type.LONG, "By"),
    NET_RX(Measure.NET_RX, Type.DOUBLE, "By/s"),
    NET_TX(Measure.NET_TX, Type.DOUBLE, "By/s"),
    NET_RX_TOTAL(Measure.NET_RX_TOTAL, Type.LONG, "By"),
    NET_TX_TOTAL(Measure.NET_TX_TOTAL, Type.LONG, "By"),
    TEMPERATURE(Measure.TEMPERATURE, Type.DOUBLE, "Cel"),
    UPTIME(Measure.UPTIME, Type.DOUBLE, "s");

    private static final Map<String, Source> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Source::label, Function.identity()));

    final Measure measure;
    final Type type;
    private final String unit;

    Source(Measure measure, Type type, String unit) {
        this.measure = measure;
        this.type = type;
        this.unit = unit;
    }

    /** The source of a name; {@code null} where there is none, since this is asked for each value. */
    static Source of(String name) {
        return BY_NAME.get(name);
    }

    /** All names, in order. */
    static List<String> names() {
        return Arrays.stream(values()).map(Source::label).toList();
    }

    /** The name as it stands in configuration. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    Channel channel() {
        return Channel.readable(label(), label(), type, unit);
    }
}
