package org.headgate.driver.host;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.headgate.data.api.Type;
import org.headgate.device.api.Channel;

/** What this machine says of itself; the names in lower case are the sources. */
enum Source {
    /** Busy time of all cores since the last read. */
    CPU(Group.CPU, Type.DOUBLE, "%"),
    /** Processes that run or wait for a disk, averaged over one minute. */
    LOAD(Group.LOAD, Type.DOUBLE, ""),
    MEMORY_TOTAL(Group.MEMORY, Type.LONG, "By"),
    /** What programs can still get without swapping. */
    MEMORY_AVAILABLE(Group.MEMORY, Type.LONG, "By"),
    MEMORY_USED(Group.MEMORY, Type.DOUBLE, "%"),
    SWAP_TOTAL(Group.MEMORY, Type.LONG, "By"),
    SWAP_USED(Group.MEMORY, Type.DOUBLE, "%"),
    DISK_TOTAL(Group.DISK, Type.LONG, "By"),
    DISK_FREE(Group.DISK, Type.LONG, "By"),
    DISK_USED(Group.DISK, Type.DOUBLE, "%"),
    /** Written to all disks since the machine started: what wears an SD card. */
    DISK_WRITTEN(Group.WRITTEN, Type.LONG, "By"),
    NET_RX(Group.NETWORK, Type.DOUBLE, "By/s"),
    NET_TX(Group.NETWORK, Type.DOUBLE, "By/s"),
    NET_RX_TOTAL(Group.NETWORK, Type.LONG, "By"),
    NET_TX_TOTAL(Group.NETWORK, Type.LONG, "By"),
    TEMPERATURE(Group.TEMPERATURE, Type.DOUBLE, "Cel"),
    UPTIME(Group.UPTIME, Type.DOUBLE, "s");

    /** Sources that are read together, from one file. */
    enum Group {
        CPU,
        LOAD,
        MEMORY,
        DISK,
        WRITTEN,
        NETWORK,
        TEMPERATURE,
        UPTIME
    }

    private static final Map<String, Source> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Source::label, Function.identity()));

    final Group group;
    final Type type;
    private final String unit;

    Source(Group group, Type type, String unit) {
        this.group = group;
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
