package org.headgate.host;

/** What a {@link Sampler} reads. Percentages are from 0 to 100, sizes in bytes, times in seconds. */
public enum Measure {
    /** Busy time of all cores since the last read, in per cent. */
    CPU(Group.CPU),
    /** Processes that run or wait for a disk, averaged over one minute. */
    LOAD(Group.LOAD),
    /** All memory. */
    MEMORY_TOTAL(Group.MEMORY),
    /** What programs can still get without swapping. */
    MEMORY_AVAILABLE(Group.MEMORY),
    /** In per cent. */
    MEMORY_USED(Group.MEMORY),
    /** Swap space, used or not. */
    SWAP_TOTAL(Group.MEMORY),
    /** In per cent. */
    SWAP_USED(Group.MEMORY),
    /** The size of the watched file system. */
    DISK_TOTAL(Group.DISK),
    /** What we may still write. */
    DISK_FREE(Group.DISK),
    /** In per cent, as df says it. */
    DISK_USED(Group.DISK),
    /** Written to all disks since the machine started: what wears an SD card. */
    DISK_WRITTEN(Group.WRITTEN),
    /** Received since the last read, in bytes a second. */
    NET_RX(Group.NETWORK),
    /** Sent since the last read, in bytes a second. */
    NET_TX(Group.NETWORK),
    /** Received by all interfaces but lo since the machine started. */
    NET_RX_TOTAL(Group.NETWORK),
    /** Sent by all interfaces but lo since the machine started. */
    NET_TX_TOTAL(Group.NETWORK),
    /** In degrees Celsius. */
    TEMPERATURE(Group.TEMPERATURE),
    /** Since the machine started. */
    UPTIME(Group.UPTIME);

    /** Measures that are read together, from one file. */
    public enum Group {
        /** /proc/stat. */
        CPU,
        /** /proc/loadavg. */
        LOAD,
        /** /proc/meminfo. */
        MEMORY,
        /** The watched file system. */
        DISK,
        /** /proc/diskstats. */
        WRITTEN,
        /** /proc/net/dev. */
        NETWORK,
        /** The first sensor. */
        TEMPERATURE,
        /** /proc/uptime. */
        UPTIME
    }

    private final Group group;

    Measure(Group group) {
        this.group = group;
    }

    /** What it is read with. */
    public Group group() {
        return group;
    }
}
